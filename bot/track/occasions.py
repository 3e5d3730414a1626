"""Several tables of one story: what is set for another day and place does not move the talks that stand.

A rival host invites, envoys are to meet, a commission sits: each has a day and
a place of its own. Where talks are set and still lie ahead, a meeting of
another day at another place is told as a line of the ledger, and so is what
becomes of it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.story import Slot
from bot.track.alike import NO_CITIES, says_same
from bot.track.candidate import Candidate
from bot.track.contest import Contest
from bot.track.gathering import Line
from bot.track.times import days

#: The slots of one table, heard together.
STATUS, DATE, VENUE = "talks/status", "talks/date", "talks/venue"
TABLE = (STATUS, DATE, VENUE)
#: What calls a meeting off, as against putting it off.
OFF = frozenset({"cancelled", "collapsed", "suspended"})
#: What is over; talks that go on within so many days have not left their place.
OVER = frozenset({"cancelled", "collapsed", "ended"})
PAUSE = timedelta(days=2)
#: What tells of another meeting's day and place.
SETS = frozenset({"talks-scheduled", "talks-proposed"})


class Table:
    """Hears the claims on status, day and place of the talks, in the order of the world."""

    def __init__(self, cities: Mapping[str, str] = NO_CITIES) -> None:
        self._cities = cities
        self._contests = {slot: Contest(slot, cities) for slot in TABLE}
        self._elsewhere: set[str] = set()
        self._lines: dict[str, Line] = {}
        #: When talks last ended or were called off.
        self._over: datetime | None = None
        #: Place and day of each other meeting that was set or proposed.
        self._others: list[tuple[str | None, str]] = []

    @property
    def status(self) -> Contest:
        """The contest for how far the talks are."""
        return self._contests[STATUS]

    def hear(self, new: Candidate) -> None:
        """Let a claim compete, if it is of this table."""
        if new.slot == STATUS:
            elsewhere = self._is_elsewhere(new)
            if new.event.kind in SETS and new.event.when and self._is_beside(new):
                self._others.append((new.event.venue, new.event.when))
            if elsewhere:
                self._elsewhere.add(new.id)
                self._note(new)
        if new.id not in self._elsewhere:
            self._contests[new.slot].hear(new)
            is_over = new.event.stage in OVER and not new.denial
            self._over = new.at if is_over else self._over

    def slots(self) -> dict[str, Slot]:
        """Return the slots that are known, with a line for each other meeting."""
        told = {slot: contest.slot() for slot, contest in self._contests.items()}
        if self._has_left_its_place():
            del told[VENUE]
        told |= {key: line.slot() for key, line in self._lines.items()}
        return {slot: known for slot, known in told.items() if known is not None}

    def _has_left_its_place(self) -> bool:
        """Return whether a new round was set, days after the last was over, and nobody has told since where."""
        over, place = self._over, self._contests[VENUE].leader
        if over is None or place is None or (place.last or place.since) > over:
            return False
        rounds = (held for held in self.status.told() if held.value == "scheduled" and held.since > over)
        return any(held.day is not None and held.day - over.date() > PAUSE for held in rounds)

    def _is_elsewhere(self, new: Candidate) -> bool:
        """Return whether a claim is of another meeting than the talks that stand, or of one that was called off."""
        event, day = new.event, self._contests[DATE].leader
        if new.denial:
            return False
        if event.kind == "talks-postponed" and event.stage in OFF and (day is None or day.value != event.when):
            return any(event.when == on or (event.when is None and self._is_at(at, new)) for at, on in self._others)
        return event.kind == "talks-scheduled" and self._is_beside(new) and self._is_in_another_place(new)

    def _is_beside(self, new: Candidate) -> bool:
        """Return whether a claim names another day than that of talks that lie ahead."""
        status, day = self.status.leader, self._contests[DATE].leader
        if status is None or day is None or status.value != "scheduled":
            return False
        known, named = days(str(day.value)), days(new.event.when)
        if known is None or named is None or known[0] < new.at.date():
            return False
        return named[0] > known[1] or named[1] < known[0]

    def _is_in_another_place(self, new: Candidate) -> bool:
        place = self._contests[VENUE].leader
        return new.event.venue is not None and place is not None and not self._is_at(str(place.value), new)

    def _is_at(self, place: str | None, new: Candidate) -> bool:
        """Return whether a claim is of a place, or of a hall of that city."""
        named = new.event.venue
        if place is None or named is None:
            return False
        return says_same(place, named, VENUE, self._cities) or says_same(named, place, VENUE, self._cities)

    def _note(self, new: Candidate) -> None:
        """Write what is told of another meeting as a line of the ledger."""
        event = new.event
        key = f"ledger/{event.kind}/-/-/-/{event.venue or event.when}"
        self._lines.setdefault(key, Line(key)).hear(new)
