"""What a post would only tell again: a party's coming, after its people were told by name; the same call for talks."""

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
#: What a party's line says of its people.
SAYS = {
    "attendance-confirmed": frozenset({"expected", "confirmed", "present"}),
    "attendance-declined": frozenset({"declined"}),
}


def echoed(change: Change, told: Iterable[Alert], scene: Scene) -> Alert | None:
    """Return the latest post that told it: a party's coming by somebody's name, or the party's own call for talks.

    Args:
        change: What would be told.
        told: The story's posts, oldest first.
        scene: The story, with its names and reports.
    """
    event = scene.event(change)
    if event is not None and change.kind == "talks-proposed" and change.before and not (event.when or event.venue):
        return next((post for post in reversed(list(told)) if _tells(post, change)), None)
    if not is_ledger(change.slot) or event is None or event.person or change.kind not in SAYS:
        return None
    parties = {scene.names.full(name) for name in actors_of(event, Role.SOURCE)}
    for post in reversed(list(told)):
        if any(_speaks_for(other, parties, change, scene) for other in post.changes):
            return post
    return None


def _tells(post: Alert, change: Change) -> bool:
    return any(other.kind == change.kind for other in post.changes)


def _speaks_for(told: Change, parties: set[str], change: Change, scene: Scene) -> bool:
    path = parse(told.slot)
    fresh = abs(change.since - told.since) <= FRESH
    known = path.family == "attendance" and told.after in SAYS[change.kind]
    return known and fresh and scene.names.party(path.name) in parties
