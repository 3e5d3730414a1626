"""The contest for one slot: which of the claims on it holds, and what stands against it.

The claims come in the order of the world. The rules are the same for every
party: a firmer word beats a weaker one of the same hours; a ladder of statuses
allows only its own steps; what was just replaced does not come back unless
somebody says openly that it does; two sides that tell the same thing
differently at the same time are in dispute until one comes round or a later
firm word settles it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import Enum, auto

from bot.domain.event import Modality
from bot.domain.story import Slot, Value
from bot.kinds.ceasefire import is_one_sided
from bot.track.alike import NO_CITIES, agree, better, says_same
from bot.track.candidate import FIRMNESS, OFFERS, Candidate
from bot.track.ladders import clash, ladder
from bot.track.patience import Patience
from bot.track.standing import Standing
from bot.track.times import days

#: Claims within this span are about the same time, so the firmer one holds.
SAME_TIME = timedelta(hours=6)
#: Two sides that differ within this span contradict each other.
TWO_SIDES = timedelta(hours=12)
#: Two outlets that differ within this span contradict each other; later it is news.
TWO_ORIGINS = timedelta(hours=2)
#: A value that was replaced or denied does not come back by itself before this.
GONE = timedelta(hours=72)
GONE_STATUS = timedelta(hours=12)
#: So long a postponement is still being told after its new day was set.
SLIP = timedelta(hours=24)

#: More or less of the same: somebody comes.
COMING = frozenset({"expected", "confirmed", "present"})

ALLEGED = FIRMNESS[Modality.ALLEGED]
CONDITIONAL = FIRMNESS[Modality.CONDITIONAL]


class Verdict(Enum):
    """What a claim does to its slot."""

    JOINS = auto()
    TAKES = auto()
    DISPUTES = auto()
    NOTHING = auto()


class Contest:
    """Hears the claims on one slot, in the order of the world."""

    def __init__(self, slot: str, cities: Mapping[str, str] = NO_CITIES) -> None:
        self.key = slot
        self.cities = cities
        self.ladder = ladder(slot)
        self.leader: Standing | None = None
        self.rivals: list[Standing] = []
        self.past: list[Standing] = []
        self.patience = Patience(slot)
        self.denied: Value | None = None
        self.denials: list[tuple[Value, datetime]] = []
        self.last_day: date | None = None

    def hear(self, new: Candidate) -> None:
        """Let one more claim compete; none may be earlier than the last."""
        if new.denial:
            self._deny(new)
        elif new.event.stage == "withdrawn" and self.key.endswith("/head"):
            self._vacate(new)
        else:
            match self._verdict(new):
                case Verdict.JOINS:
                    self._join(new)
                case Verdict.TAKES:
                    self._take(new)
                case Verdict.DISPUTES:
                    self._dispute(new)
                case Verdict.NOTHING:
                    pass
        span = days(new.event.when)
        if span and (self.last_day is None or span[1] > self.last_day):
            self.last_day = span[1]

    def slot(self) -> Slot | None:
        """Return the slot as it stands, or ``None`` if nothing is known."""
        return self.leader.slot(self.rivals, self.denied) if self.leader else None

    def told(self) -> tuple[Standing, ...]:
        """Return the values that led so far, the present one last."""
        return (*self.past, self.leader) if self.leader else tuple(self.past)

    def _verdict(self, new: Candidate) -> Verdict:
        leader = self.leader
        if self._was_denied(new):
            return Verdict.NOTHING
        if leader is None or not leader.value:
            return Verdict.TAKES
        if self._same(leader.value, new.value) or self._is_told_already(leader, new):
            return Verdict.JOINS
        hesitates = new.firmness == CONDITIONAL and leader.firmness > CONDITIONAL
        if hesitates or not self._may_follow(leader, new) or self._comes_back(new):
            return Verdict.NOTHING
        excludes = self._excludes(leader, new)
        if self.patience.holds(leader, new, self._same, excludes=excludes):
            return Verdict.NOTHING
        return self._against(leader, new) if excludes else Verdict.TAKES

    def _is_told_already(self, leader: Standing, new: Candidate) -> bool:
        """Return whether it is one slip told from both ends: put off to a day, or set for the day it was put off to."""
        if self.key != "talks/status":
            return False
        span = days(new.event.when)
        day = span[0] if span else None
        if (leader.value, new.value) == ("postponed", "scheduled"):
            return day is not None and day == leader.day
        slipped = any(old.value == "postponed" and new.at - old.since < SLIP for old in self.past[-1:])
        return (leader.value, new.value) == ("scheduled", "postponed") and slipped and day in {None, leader.day}

    def _against(self, leader: Standing, new: Candidate) -> Verdict:
        """Judge a claim that cannot be true beside the leading one."""
        gap = new.at - leader.since
        if new.firmness < leader.firmness:
            if new.firmness <= ALLEGED:
                # A side's own officials who say later that it is off tell news of it, however quietly.
                own = new.turns and bool(new.side) and new.side == leader.side and gap >= TWO_SIDES
                return Verdict.TAKES if own else Verdict.DISPUTES
            if gap < SAME_TIME and not new.turns:
                return Verdict.NOTHING
        if new.turns or new.firmness > leader.firmness <= CONDITIONAL:
            return Verdict.TAKES
        if new.source.ref in leader.refs and gap < SAME_TIME:
            return Verdict.NOTHING  # an article that says both has no quarrel with itself
        sides = bool(new.side and leader.side and new.side != leader.side)
        elsewhere = new.source.origin not in leader.origins and not self.key.endswith("/venue")
        if (sides and gap < TWO_SIDES) or (elsewhere and gap < TWO_ORIGINS and self.ladder is None):
            return Verdict.DISPUTES
        return Verdict.TAKES

    def _same(self, known: Value, new: Value) -> bool:
        return says_same(known, new, self.key, self.cities)

    def _denies(self, denied: Value, known: Value) -> bool:
        """Return whether a denial is aimed at a value: who denies that somebody comes, denies that he is expected."""
        coming = self.key.startswith("attendance/") and {denied, known} <= COMING
        return coming or self._same(known, denied)

    def _may_follow(self, leader: Standing, new: Candidate) -> bool:
        if self.ladder is None:
            return True
        step = self.ladder.get(str(leader.value), {}).get(str(new.value))
        if step is None:
            return False
        rested = step.wait is not None and (new.turns or new.at - leader.since >= step.wait)
        return rested or (step.dated and self._is_later(leader, new))

    def _is_later(self, leader: Standing, new: Candidate) -> bool:
        """Return whether a claim is about a later day than all that was known."""
        span = days(new.event.when)
        if span is None:
            return new.event.stage == "resuming"
        if leader.value == "postponed" and leader.day is not None:
            return span[0] >= leader.day
        happened = leader.since.date()
        return span[0] > max(happened, self.last_day or happened)

    def _excludes(self, leader: Standing, new: Candidate) -> bool:
        if self.ladder is not None:
            return clash(str(leader.value), str(new.value))
        if self.key == "talks/date" and new.event.kind == "talks-postponed":
            return False  # the day goes with the word that the old one is off
        if self.key in {"talks/date", "talks/venue"} and self._is_next_day(leader, new):
            return False
        return not agree(leader.value, new.value)

    def _is_next_day(self, leader: Standing, new: Candidate) -> bool:
        """Return whether a claim is of a day that follows one gone by: the next round, and no quarrel about the last."""
        coming = days(new.event.when)
        return leader.day is not None and coming is not None and leader.day < new.at.date() <= coming[0]

    def _comes_back(self, new: Candidate) -> bool:
        """Return whether a claim only repeats what has just been replaced."""
        # Whoever says that talks are off often names the day that they were to be on.
        turns = new.turns and self.key != "talks/date"
        if turns or (self.ladder is not None and self.leader is not None and self._is_later(self.leader, new)):
            return False
        rest = GONE_STATUS if self.ladder is not None else GONE
        since = self.leader.since if self.leader else new.at
        return any(self._same(old.value, new.value) and new.at - since < rest for old in self.past[-3:])

    def _was_denied(self, new: Candidate) -> bool:
        """Return whether a claim repeats what was denied, and is no firmer than a rumour."""
        own = new.firmness > CONDITIONAL and new.event.attribution is not None
        return not own and any(new.at - at < GONE and self._denies(value, new.value) for value, at in self.denials)

    def _join(self, new: Candidate) -> None:
        leader = self.leader
        if leader is None:
            return
        leader.value = better(leader.value, new.value, self.cities)
        leader.join(new)
        settled = [
            rival
            for rival in self.rivals
            if rival.side == new.side or (new.firmness >= rival.firmness and new.at - rival.since >= SAME_TIME)
        ]
        self.rivals = [rival for rival in self.rivals if rival not in settled]

    def _take(self, new: Candidate) -> None:
        standing = Standing.of(new)
        if self.leader is not None:
            self.past.append(self.leader)
            standing.replaced = self.leader.value or None
            if not self._is_settled_anew(self.leader, new) and (
                agree(self.leader.value, new.value) or self.key.endswith("/terms")
            ):
                standing.value = {**_terms(self.leader.value), **_terms(new.value)}
        backers = next((rival for rival in self.rivals if self._same(rival.value, new.value)), None)
        if backers is not None:
            standing.inherit(backers)
        self.leader, self.rivals = standing, []

    def _is_settled_anew(self, leader: Standing, new: Candidate) -> bool:
        """Return whether terms are agreed on: what was only called for before holds no longer beside them."""
        return self.key == "ceasefire/terms" and leader.kind in OFFERS and new.event.kind not in OFFERS

    def _dispute(self, new: Candidate) -> None:
        """Set a rival beside the leader, or let it lead if it is one side that comes round."""
        for rival in self.rivals:
            if not self._same(rival.value, new.value):
                continue
            if self.leader is not None and _comes_round(new.side, self.leader.side):
                self._take(new)
            else:
                rival.join(new)
            return
        self.rivals.append(Standing.of(new))

    def _vacate(self, new: Candidate) -> None:
        """Leave the place empty if the one who goes holds it."""
        if self.leader is not None and self.leader.value and self._same(self.leader.value, new.value):
            self.past.append(self.leader)
            self.leader = replace(Standing.of(new), value="", replaced=self.leader.value)

    def _deny(self, new: Candidate) -> None:
        """Take a denied value back, or set the denial against it."""
        self.denials.append((new.value, new.at))
        self.rivals = [rival for rival in self.rivals if not self._denies(new.value, rival.value)]
        leader = self.leader
        if leader is None or not leader.value or not self._denies(new.value, leader.value):
            return
        if leader.firmness > CONDITIONAL and leader.attribution and leader.side != new.side:
            self.rivals.append(replace(Standing.of(new), value=""))
            return
        self.denied = leader.value
        before = self.past.pop() if self.past else None
        if before is None or not before.value:
            self.leader = replace(Standing.of(new), value="", replaced=leader.value)
        else:
            before.reports[new.id] = None
            self.leader = before


def _comes_round(new: str, leading: str) -> bool:
    """Return whether those who give a value are, or are among others, those who gave the leading one."""
    return bool(leading) and set(leading.split("+")) <= set(new.split("+"))


def _terms(value: Value) -> dict[str, str | int | float | bool]:
    return dict(value) if not isinstance(value, str | tuple) else {}


class Truce(Contest):
    """The contest for the status of a ceasefire: one side's yes waits for the other's."""

    def __init__(self, slot: str, cities: Mapping[str, str] = NO_CITIES) -> None:
        super().__init__(slot, cities)
        self.accepted: set[str] = set()

    def hear(self, new: Candidate) -> None:
        """Count who accepts; the claim competes once two have, or one declared it before."""
        if new.event.kind == "ceasefire-rejected":
            self.accepted.discard(new.side)
        elif new.event.kind == "ceasefire-agreed" and not new.denial:
            self.accepted.add(new.side)
            alone = len(self.accepted) == 1 and is_one_sided(new.event) and "+" not in new.side
            if alone and (self.leader is None or self.leader.value != "agreed"):
                return
        super().hear(new)
