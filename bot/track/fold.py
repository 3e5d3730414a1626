"""A story's log becomes its state.

`fold` is the truth: it orders what was reported by when it was said or done,
and lets the claims on each slot compete in that order. `Book` keeps the
contests open, so that one more report costs its own slots alone; it must
always tell what `fold` tells.
"""

from bisect import insort
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.actor import Gazetteer
from bot.domain.story import Action, LogEntry, Slot, StoryState
from bot.track.alike import NO_CITIES
from bot.track.candidate import Candidate, candidates
from bot.track.contest import Contest, Truce
from bot.track.gathering import Line, Names
from bot.track.log import live
from bot.track.occasions import TABLE, Table
from bot.track.pairs import homes, is_paired
from bot.track.standing import Standing
from bot.track.tables import seated, session
from bot.track.times import event_time

__all__ = ["Book", "cities_of", "event_time", "fold"]

#: Slots that hold names.
GATHERING = ("/members", "/mediator", "/called-by", "/accepted-by", "/rejected-by")
#: What falls with the word that talks were agreed.
ARRANGED = ("talks/date", "talks/venue")


class Court(Protocol):
    """Hears the claims on one slot."""

    def hear(self, new: Candidate) -> None: ...
    def slot(self) -> Slot | None: ...


def fold(
    log: Iterable[LogEntry], as_of: datetime | None = None, *, cities: Mapping[str, str] = NO_CITIES
) -> StoryState:
    """Return where a story stands.

    Args:
        log: The story's log, in any order, with repetitions.
        as_of: Only what had reached the log by then, news time; ``None``: all.
        cities: The city of each venue, see `cities_of`.
    """
    return Book((entry for entry in log if as_of is None or entry.at <= as_of), cities=cities).state()


def cities_of(gazetteer: Gazetteer) -> Mapping[str, str]:
    """Return the city of each venue that the gazetteer knows."""
    return {place.name: place.city for place in gazetteer.places if place.city}


class Book:
    """The state of one story, kept up to date line by line."""

    def __init__(self, log: Iterable[LogEntry] = (), *, cities: Mapping[str, str] = NO_CITIES) -> None:
        self._cities = cities
        self._log: dict[str, LogEntry] = {}
        self._standing: set[str] = set()
        self._claims: dict[str, list[Candidate]] = {}
        self._courts: dict[str, Court] = {}
        self._slots: dict[str, Slot] = {}
        self._to_tell: set[str] = set()
        self._to_hear_again: set[str] = set()
        self._table = Table(cities)
        #: The slots that the table fills, lines of the ledger among them.
        self._laid: frozenset[str] = frozenset()
        self._homes: dict[str, str] = {}
        self.add(log)

    def add(self, entries: Iterable[LogEntry]) -> None:
        """Take lines of the log in, in any order; a line that is known changes nothing."""
        new = {entry.id: entry for entry in entries if entry.id not in self._log}
        self._log |= new
        taken_back = len(self._standing) < len(self._log) - len(new)
        if taken_back or any(entry.action is Action.RETRACT for entry in new.values()):
            self._weigh_retractions()
        else:
            for entry in new.values():
                self._enter(entry)

    def state(self) -> StoryState:
        """Return where the story stands, slots in the order in which they were set."""
        self._bring_pairs_home()
        self._set_the_table()
        for slot in self._to_hear_again.difference(TABLE):
            court = self._courts[slot] = self._court(slot)
            for claim in self._heard_by(slot):
                court.hear(claim)
        for slot in (self._to_tell | self._to_hear_again).difference(TABLE):
            told = self._courts[slot].slot()
            if told is None:
                self._slots.pop(slot, None)
            else:
                self._slots[slot] = told
        self._to_hear_again.clear()
        self._to_tell.clear()
        slots = _undated(seated(self._slots, self._session()))
        return StoryState(slots=dict(sorted(slots.items(), key=lambda item: (item[1].since, item[0]))))

    def _session(self) -> Standing | None:
        """Return the latest session of the talks."""
        return session(self._table.status.told())

    def _set_the_table(self) -> None:
        """Tell what the claims on the talks make of their slots, heard together."""
        if not self._to_hear_again.isdisjoint(TABLE):
            self._table = Table(self._cities)
            claims = (claim for slot in TABLE for claim in self._claims.get(slot, ()))
            for claim in sorted(claims, key=_order):
                self._table.hear(claim)
        if not (self._to_hear_again | self._to_tell).isdisjoint(TABLE):
            laid = self._table.slots()
            self._slots = {key: slot for key, slot in self._slots.items() if key not in self._laid} | laid
            self._laid = frozenset(laid)

    def _bring_pairs_home(self) -> None:
        """Let the pair's slots be heard again, with all that one side was told to do."""
        touched = self._to_tell | self._to_hear_again
        if not any(is_paired(slot) for slot in touched):
            return
        paired = [slot for slot, heard in self._claims.items() if heard and is_paired(slot)]
        self._homes = homes(paired)
        self._to_hear_again.update(paired)

    def _heard_by(self, slot: str) -> list[Candidate]:
        """Return the claims that a slot's court hears, in order."""
        if slot in self._homes:
            return []
        guests = [single for single, pair in self._homes.items() if pair == slot]
        if not guests:
            return self._claims[slot]
        return sorted((claim for key in (slot, *guests) for claim in self._claims[key]), key=_order)

    def _enter(self, entry: LogEntry) -> None:
        self._standing.add(entry.id)
        for claim in candidates(entry):
            heard = self._claims.setdefault(claim.slot, [])
            insort(heard, claim, key=_order)
            if heard[-1] is not claim or claim.slot in self._to_hear_again or self._is_late_at_table(claim):
                self._to_hear_again.add(claim.slot)
                continue
            if claim.slot in TABLE:
                self._table.hear(claim)
            else:
                self._courts.setdefault(claim.slot, self._court(claim.slot)).hear(claim)
            self._to_tell.add(claim.slot)

    def _is_late_at_table(self, claim: Candidate) -> bool:
        """Return whether the table has heard a later claim on another of its slots, or must hear all again."""
        heard = [self._claims[slot][-1] for slot in TABLE if self._claims.get(slot)]
        late = any(_order(other) > _order(claim) for other in heard) or not self._to_hear_again.isdisjoint(TABLE)
        return claim.slot in TABLE and late

    def _leave(self, entry: LogEntry) -> None:
        self._standing.discard(entry.id)
        for claim in candidates(entry):
            self._claims[claim.slot] = [other for other in self._claims[claim.slot] if other.id != entry.id]
            self._to_hear_again.add(claim.slot)

    def _weigh_retractions(self) -> None:
        """Bring the claims in line with what stands after all retractions."""
        standing = {entry.id: entry for entry in live(self._log.values())}
        for gone in self._standing - standing.keys():
            self._leave(self._log[gone])
        for back in standing.keys() - self._standing:
            self._enter(standing[back])

    def _court(self, slot: str) -> Court:
        if slot.startswith("ledger/"):
            return Line(slot)
        if slot.endswith(GATHERING):
            return Names(slot)
        return Truce(slot, self._cities) if slot == "ceasefire/status" else Contest(slot, self._cities)


def _undated(slots: Mapping[str, Slot]) -> dict[str, Slot]:
    """Return the slots without the day and place of talks that nobody has agreed to, as it turned out."""
    talks = slots.get("talks/status")
    if talks is None or talks.value or talks.denied is None:
        return dict(slots)
    return {key: slot for key, slot in slots.items() if key not in ARRANGED or slot.since > talks.since}


def _order(claim: Candidate) -> tuple[datetime, datetime, int, str]:
    return claim.order
