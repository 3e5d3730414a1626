"""Which claims must wait until others say the same before they turn what is known."""

from collections.abc import Callable
from datetime import timedelta

from bot.domain.event import Modality
from bot.domain.story import Value
from bot.track.candidate import FIRMNESS, Candidate
from bot.track.ladders import ladder
from bot.track.standing import Standing
from bot.track.times import days

#: A claim waits so long for another origin that says the same.
WAITS = timedelta(hours=24)
#: So long a head that was replaced is not replaced again on another outlet's word alone.
SETTLES = timedelta(hours=6)
#: A value that so many outlets give is not disputed by a lone voice of the same day.
SETTLED = 2
#: So many further origins a hasty word needs; one is enough for any other.
MANY = 2

# What a session under way comes to by itself: a word that says so needs no second one.
NEXT = frozenset({("under-way", "recess"), ("under-way", "ended"), ("recess", "under-way")})
NOT_YET = frozenset({"proposed", "scheduled", "postponed"})


class Patience:
    """Keeps the claims on one slot that wait, in the order in which they came."""

    def __init__(self, slot: str) -> None:
        self.key = slot
        self.waiting: list[Candidate] = []

    def holds(self, leader: Standing, new: Candidate, same: Callable[[Value, Value], bool], *, excludes: bool) -> bool:
        """Return whether a claim has to wait, and remember it if so.

        Args:
            leader: What is known.
            new: A claim of another value.
            same: Whether two values of the slot say the same.
            excludes: Both cannot be true.
        """
        hasty = self._is_hasty(leader, new)
        stray = self._is_stray(leader, new)
        is_next = self.key == "talks/status" and (leader.value, new.value) in NEXT
        # Nor does the session that was set for today, once somebody says that it has begun.
        is_next = is_next or (new.event.stage == "begun" and leader.day == new.at.date())
        weak = new.weak and leader.firmness > FIRMNESS[Modality.CONDITIONAL] and not is_next
        if not (hasty or weak or stray or self._is_second(leader, new) or (excludes and self._is_lone(leader, new))):
            return False
        others = {
            other.source.origin
            for other in self.waiting
            if same(other.value, new.value) and new.at - other.at < WAITS and other.source.outlet != new.source.outlet
        }
        if len(others - {new.source.origin}) >= (MANY if hasty else 1):
            return False
        self.waiting.append(new)
        return True

    def _is_lone(self, leader: Standing, new: Candidate) -> bool:
        """Return whether one voice stands against several of the same day, and does not say that things changed."""
        day = days(leader.value) if self.key == "talks/date" and isinstance(leader.value, str) else None
        if day is not None and day[0] <= new.at.date():
            return False  # the day has come, so another one is news
        settled = len(leader.outlets) >= SETTLED and ladder(self.key) is None and self.key != "ceasefire/terms"
        recent = new.at - (leader.last or leader.since) < WAITS
        # A table once placed stays there until somebody says that it moves.
        return settled and not new.turns and (recent or self.key.endswith("/venue"))

    def _is_stray(self, leader: Standing, new: Candidate) -> bool:
        """Return whether one outlet alone, on nobody's word, keeps somebody away who was just named to a team."""
        named = self.key.startswith("attendance/") and leader.kind.startswith("delegation-")
        lone = new.event.attribution is None and new.source.outlet not in leader.outlets
        return named and lone and new.value == "declined" and new.at - leader.since < WAITS

    def _is_second(self, leader: Standing, new: Candidate) -> bool:
        """Return whether another outlet names another head in the hours in which one was just put in the place."""
        changed = leader.kind == "delegation-changed" or bool(leader.replaced)
        fresh = changed and new.at - leader.since < SETTLES
        nobodys = new.event.attribution is None or new.event.modality is Modality.ALLEGED
        other = new.source.outlet not in leader.outlets and nobodys
        return self.key.endswith("/head") and fresh and other

    def _is_hasty(self, leader: Standing, new: Candidate) -> bool:
        """Return whether talks are called set when one side has just proposed them, or under way before their day."""
        if self.key != "talks/status":
            return False
        if (leader.value, new.value) == ("proposed", "scheduled"):
            alone = bool(new.side) and new.side == leader.side and "+" not in new.side
            word = new.event.attribution
            own = word is None or (bool(leader.side) and leader.side in word)
            return (alone or own) and new.at - leader.since < WAITS
        early = leader.day is not None and leader.day > new.at.date() and new.event.stage != "begun"
        return leader.value in NOT_YET and new.value == "under-way" and early
