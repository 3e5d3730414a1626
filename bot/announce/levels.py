"""How loudly a thing is said: the lowest level that hears it."""

from collections.abc import Collection, Sequence

from bot.announce.scene import Scene
from bot.announce.slots import is_ledger
from bot.domain.audience import Level
from bot.domain.event import Event, Role
from bot.domain.story import Change

#: Slowest first; the loudest change of a post decides.
ORDER = (Level.EVERYTHING, Level.NORMAL, Level.KEY)


def level(scene: Scene, heads: Collection[str] = ()) -> Level:
    """Return the level of a post.

    Args:
        scene: The changes that it tells.
        heads: Full names of those who lead a delegation in the story.
    """
    return max((_of(change, scene, heads) for change in scene.changes), key=ORDER.index, default=Level.EVERYTHING)


def _of(change: Change, scene: Scene, heads: Collection[str]) -> Level:
    if not is_ledger(change.slot):
        return Level.KEY
    event = scene.event(change)
    day = change.since.date()
    for name in _speakers(change, event):
        person = scene.names.within(name)
        called = person.name if person else scene.names.full(name)
        if called in heads or scene.names.leads(called, day) or _mediates(called, event, scene):
            return Level.NORMAL
    return Level.EVERYTHING


def _speakers(change: Change, event: Event | None) -> Sequence[str]:
    if event is None:
        return [change.attribution] if change.attribution else []
    acting = [actor.name for actor in event.actors if actor.role in {Role.SOURCE, Role.MEDIATOR}]
    said = [name for name in (event.attribution, event.person) if name]
    return [*acting, *said]


def _mediates(speaker: str, event: Event | None, scene: Scene) -> bool:
    """Tell whether a mediator speaks: by his part in the event, or as the story's own."""
    here = {scene.names.full(actor.name) for actor in event.actors if actor.role is Role.MEDIATOR} if event else set()
    # The story's mediators count by their own word, not by that of anybody from there.
    person = scene.names.person(speaker)
    standing = {scene.names.full(mediator) for mediator in scene.story.mediators}
    return speaker in here or (person is None and speaker in standing)
