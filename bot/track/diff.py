"""What may be said: how a story's state differs from before."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from bot.domain.event import Modality
from bot.domain.story import Cause, Change, Slot, StoryState, Value
from bot.track.alike import NO_CITIES, says_same
from bot.track.pairs import homes, is_paired

#: Within this span further terms belong to the word that named the first.
SAME_WORD = timedelta(hours=12)
FIRM = frozenset({Modality.PLANNED, Modality.ASSERTED})


def diff(before: StoryState, after: StoryState, cities: Mapping[str, str] = NO_CITIES) -> tuple[Change, ...]:
    """Return the changes from one state of a story to a later one.

    A report that sets a slot and writes a line of the ledger is told once,
    by its slot.

    Args:
        before: Where the story stood.
        after: Where it stands.
        cities: The city of each venue, so that a hall of the city is no other place.

    Returns:
        Changes in the order of the state's slots, those that vanished last.
    """
    slots = [key for key in after.slots if after.slots[key] != before.slots.get(key)]
    gone = [key for key in before.slots if key not in after.slots and not _went_home(key, after)]
    changes = [
        change
        for key in (*slots, *gone)
        for change in _changes(key, before.slots.get(key), after.slots.get(key), cities)
    ]
    return tuple(change for change in changes if not _told_elsewhere(change, changes))


def _went_home(key: str, after: StoryState) -> bool:
    """Return whether what one side did is now told of the pair."""
    return is_paired(key) and key in homes([*after.slots, key])


def _told_elsewhere(change: Change, changes: Iterable[Change]) -> bool:
    """Return whether another change tells the same reports, and more."""
    in_ledger, quiet = _in_ledger(change), change.cause is Cause.SOURCE
    if not in_ledger and not quiet:
        return False
    louder = {
        report
        for other in changes
        if other is not change
        and _in_ledger(other) != in_ledger
        and (other.cause is not Cause.SOURCE or (in_ledger and quiet))
        for report in other.reports
    }
    return not louder.isdisjoint(change.reports)


def _changes(key: str, old: Slot | None, new: Slot | None, cities: Mapping[str, str]) -> Iterator[Change]:
    if new is None:
        if old is not None:
            yield _change(key, Cause.RETRACTION, old, None, old)
        return
    cause = _cause(key, old, new)
    if old is not None and old.value != new.value and _is_same_place(key, old, new, cities):
        cause = Cause.SOURCE if set(new.reports) - set(old.reports) else None
    if cause is not None:
        yield _change(key, cause, old, new.value or None, new)


def _is_same_place(key: str, old: Slot, new: Slot, cities: Mapping[str, str]) -> bool:
    return (
        key.endswith("/venue") and bool(old.value) and bool(new.value) and says_same(old.value, new.value, key, cities)
    )


def _cause(key: str, old: Slot | None, new: Slot) -> Cause | None:  # noqa: PLR0911 - one line a case, in order of weight
    if old is None:
        return Cause.CHANGE if new.value else None
    if key.startswith("ledger/"):
        return _cause_of_line(old, new)
    if len(new.rivals) > len(old.rivals):
        return Cause.CONFLICT
    if old.value != new.value:
        return _cause_of_new_value(old, new)
    if old.rivals and not new.rivals:
        return Cause.RESOLVED
    if old.modality not in FIRM and new.modality in FIRM:
        return Cause.CHANGE
    return Cause.SOURCE if set(new.reports) - set(old.reports) else None


def _cause_of_line(old: Slot, new: Slot) -> Cause | None:
    """Return whether a line was written anew; other words for it, an earlier source or an edit are sources."""
    if (new.replaced is not None and new.since > old.since) or (old.modality not in FIRM and new.modality in FIRM):
        return Cause.CHANGE
    return Cause.SOURCE if set(new.reports) - set(old.reports) else None


def _cause_of_new_value(old: Slot, new: Slot) -> Cause:
    """Return why a value became another: news, a denial, or a source that took its word back.

    News replaces what it found, and says so; a value that goes without
    being replaced was taken back, however late the words that do it.
    """
    if new.denied is not None and new.denied == old.value:
        return Cause.RETRACTION
    if old.rivals and not new.rivals:
        return Cause.RESOLVED
    superseded = new.replaced == old.value or (not old.value and new.since >= old.since)
    extended = set(old.reports) <= set(new.reports)
    if extended and (new.since, new.replaced) == (old.since, old.replaced) and isinstance(new.value, str):
        return Cause.SOURCE  # the same, said better: a hall of the city, a full name, an hour of the day
    if isinstance(new.value, Mapping) and _is_fuller(old, new):
        return Cause.SOURCE  # the same terms, with a day or a figure more
    if superseded or extended:
        return Cause.CHANGE
    return Cause.CORRECTION if set(new.reports) - set(old.reports) else Cause.RETRACTION


def _is_fuller(old: Slot, new: Slot) -> bool:
    """Return whether terms only add to those of the same day's word."""
    same_word = old.kind == new.kind and new.since - old.since < SAME_WORD
    return (
        same_word
        and isinstance(old.value, Mapping)
        and isinstance(new.value, Mapping)
        and (all(new.value.get(name) == quantity for name, quantity in old.value.items()))
    )


def _change(key: str, cause: Cause, old: Slot | None, value: Value | None, told: Slot) -> Change:
    known = set(old.reports) if old is not None else set()
    fresh = tuple(report for report in told.reports if report not in known)
    rivals = tuple(report for rival in told.rivals for report in rival.reports if report not in known)
    replaces = key.endswith("/head") and cause is Cause.CHANGE and old is not None and bool(old.value) and bool(value)
    return Change(
        kind="delegation-changed" if replaces and told.kind == "delegation-named" else told.kind,
        slot=key,
        cause=cause,
        before=(old.value or None) if old is not None else None,
        after=value,
        modality=told.modality,
        attribution=told.attribution,
        since=told.since,
        reports=fresh + rivals or told.reports,
        origins=told.origins,
        outlets=told.outlets,
        rivals=told.rivals,
        against=told.reports[-1:] if cause is Cause.CONFLICT else (),
    )


def _in_ledger(change: Change) -> bool:
    return change.slot.startswith("ledger/")
