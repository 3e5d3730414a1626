"""What every command has at hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from bot.announce.names import Names
from bot.domain.actor import Gazetteer
from bot.domain.command import Call
from bot.domain.story import Story
from bot.errors import CommandError
from bot.ports import Clock, Draw, FeedSource, Session, Store

#: How many near names an unknown one is answered with.
NEAR = 3

# Words that half of all slugs hold.
COMMON = frozenset({"talks", "ceasefire", "peace", "war", "crisis", "dialogue", "trade"})


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The parts of the house that commands ask."""

    store: Store
    #: Asked for only by who needs it: it loads the HTTP library.
    source: Callable[[], FeedSource]
    clock: Clock
    gazetteer: Gazetteer
    #: Draws pictures; ``None`` where nobody would see them.
    draw: Draw | None = None

    @cached_property
    def names(self) -> Names:
        """How actors and persons are called."""
        return Names(self.gazetteer)


async def enlist(session: Session, call: Call) -> None:
    """Keep the channel of a call, with who chose what it hears; they are told when it is lost."""
    known = await session.channels.get(call.channel.id) or call.channel
    await session.channels.put(replace(known, name=call.channel.name, keeper=call.user or known.keeper))


async def find_story(session: Session, slug: str) -> Story:
    """Return the story that a slug or an alias names.

    Raises:
        CommandError: With the nearest names, if there is none.
    """
    wanted = slug.strip().lower()
    stories = await session.stories.all()
    for story in stories:
        if wanted in {story.slug, story.id, *story.aliases}:
            return _heir(story, stories)
    near = nearest(wanted, stories)
    hint = f"Did you mean {either(near)}?" if near else "`/stories` lists them."
    raise CommandError(f"No story `{wanted}`. {hint}")


def nearest(slug: str, stories: Sequence[Story]) -> list[str]:
    """Return the slugs that are meant most likely, best first: spelled alike, else sharing a telling word."""
    answers = {name: story.slug for story in stories for name in (story.slug, *story.aliases)}
    alike = get_close_matches(slug, answers, n=NEAR, cutoff=0.75)
    if not alike:
        wanted = set(slug.split("-")) - COMMON
        alike = [name for name in answers if wanted & set(name.split("-"))]
        alike = alike or get_close_matches(slug, answers, n=NEAR, cutoff=0.6)
    return list(dict.fromkeys(answers[name] for name in alike))[:NEAR]


def _heir(story: Story, stories: Sequence[Story]) -> Story:
    """Return the story that a merged one went into, or itself."""
    by_id = {other.id: other for other in stories}
    while story.merged_into is not None and story.merged_into in by_id:
        story = by_id[story.merged_into]
    return story


def either(names: Sequence[str]) -> str:
    """Return names to choose from, e.g. `a`, `b` or `c`."""
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
