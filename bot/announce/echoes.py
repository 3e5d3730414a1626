"""What a post would only tell again: a party's coming, after its people were told by name; the same call for talks or deal."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from bot.announce.facts import actors_of
from bot.announce.scene import Scene
from bot.announce.slots import is_ledger, parse
from bot.domain.alert import Alert
from bot.domain.event import Event, Role
from bot.domain.story import Change

#: So long somebody's coming speaks for the party.
FRESH = timedelta(days=3)
#: The same deal, by several who name its signatories.
DEAL = "agreement/"
ONE_DAY = timedelta(days=1)
#: What a party's line says of its people.
SAYS = {
    "attendance-confirmed": frozenset({"expected", "confirmed", "present"}),
    "attendance-declined": frozenset({"declined"}),
}


def echoed(change: Change, told: Iterable[Alert], scene: Scene) -> Alert | None:
    """Return the latest post that told it: a party's coming by somebody's name, the party's own call for talks, or the deal with other signatories.

    Args:
        change: What would be told.
        told: The story's posts, oldest first.
        scene: The story, with its names and reports.
    """
    tells = _teller(change, scene)
    if tells is None:
        return None
    return next((post for post in reversed(list(told)) if any(map(tells, post.changes))), None)


def _teller(change: Change, scene: Scene) -> Callable[[Change], bool] | None:
    """Return by what a told change is known to have told this one, ``None`` if it is news whatever was told."""
    event = scene.event(change)
    is_bare_call = event is not None and not (event.when or event.venue) and bool(change.before)
    if (change.kind == "talks-proposed" and is_bare_call) or _is_of_set_talks(change, event, scene):
        return lambda other: other.kind == change.kind
    if change.slot.startswith(DEAL) and not change.before:
        return lambda other: _is_same_deal(other, change)
    if change.slot.startswith("attendance/") and change.kind.startswith("delegation-") and change.after == "declined":
        return lambda other: _replaced(other, change)
    if not is_ledger(change.slot) or event is None or event.person or change.kind not in SAYS:
        return None
    parties = {scene.names.full(name) for name in actors_of(event, Role.SOURCE)}
    return lambda other: _speaks_for(other, parties, change, scene)


def _is_of_set_talks(change: Change, event: Event | None, scene: Scene) -> bool:
    """Return whether it only says, without a day, that the sides are to meet, whose talks were told as set."""
    dateless = event is not None and event.kind == "talks-scheduled" and event.when is None
    return dateless and is_ledger(change.slot) and scene.standing.get("talks/status") == "scheduled"


def _replaced(told: Change, change: Change) -> bool:
    """Return whether it was told that somebody took the place of whom a change keeps away."""
    is_head = parse(told.slot).family == "delegation/head" and abs(change.since - told.since) <= FRESH
    return is_head and told.before == parse(change.slot).name


def _is_same_deal(told: Change, change: Change) -> bool:
    """Return whether a deal of one day is told of other signatories, most of them the same."""
    if not told.slot.startswith(DEAL) or told.after != change.after or abs(change.since - told.since) > ONE_DAY:
        return False
    one, other = (set(parse(each.slot).name.split("+")) for each in (told, change))
    shared = len(one & other)
    return shared > 1 and 2 * shared >= max(len(one), len(other))


def _speaks_for(told: Change, parties: set[str], change: Change, scene: Scene) -> bool:
    path = parse(told.slot)
    fresh = abs(change.since - told.since) <= FRESH
    known = path.family == "attendance" and told.after in SAYS[change.kind]
    return known and fresh and scene.names.party(path.name) in parties
