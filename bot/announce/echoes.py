"""What a post would only tell again: a party's coming, after its people were told by name; the same call for talks or deal."""

from collections.abc import Iterable
from datetime import timedelta

from bot.announce.facts import actors_of
from bot.announce.scene import Scene
from bot.announce.slots import is_ledger, parse
from bot.domain.alert import Alert
from bot.domain.event import Role
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
    event = scene.event(change)
    if event is not None and change.kind == "talks-proposed" and change.before and not (event.when or event.venue):
        return next((post for post in reversed(list(told)) if _tells(post, change)), None)
    if change.slot.startswith(DEAL) and not change.before:
        return next(
            (post for post in reversed(list(told)) if any(_is_same_deal(c, change) for c in post.changes)), None
        )
    if not is_ledger(change.slot) or event is None or event.person or change.kind not in SAYS:
        return None
    parties = {scene.names.full(name) for name in actors_of(event, Role.SOURCE)}
    for post in reversed(list(told)):
        if any(_speaks_for(other, parties, change, scene) for other in post.changes):
            return post
    return None


def _is_same_deal(told: Change, change: Change) -> bool:
    """Return whether a deal of one day is told of other signatories, most of them the same."""
    if not told.slot.startswith(DEAL) or told.after != change.after or abs(change.since - told.since) > ONE_DAY:
        return False
    one, other = (set(parse(each.slot).name.split("+")) for each in (told, change))
    shared = len(one & other)
    return shared > 1 and 2 * shared >= max(len(one), len(other))


def _tells(post: Alert, change: Change) -> bool:
    return any(other.kind == change.kind for other in post.changes)


def _speaks_for(told: Change, parties: set[str], change: Change, scene: Scene) -> bool:
    path = parse(told.slot)
    fresh = abs(change.since - told.since) <= FRESH
    known = path.family == "attendance" and told.after in SAYS[change.kind]
    return known and fresh and scene.names.party(path.name) in parties
