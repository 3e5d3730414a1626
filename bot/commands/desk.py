"""What every command has at hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Protocol

from bot.announce.names import Names
from bot.domain.actor import Gazetteer
from bot.domain.command import Call
from bot.domain.correction import Corrected
from bot.domain.story import LogEntry, Story
from bot.errors import CommandError, Either
from bot.ports import Clock, Draw, FeedSource, Session, Store
from bot.views import arrangement_of, stories_of

#: How many near names an unknown one is answered with.
NEAR = 3

# Words that half of all slugs hold.
COMMON = frozenset({"talks", "ceasefire", "peace", "war", "crisis", "dialogue", "trade"})


class Corrections(Protocol):
    """Carries out what people say is wrong; stories are named by their ids."""

    async def wrong(self, alert: str, *, workspace: str, by: str, note: str = "") -> Corrected:
        """Take back what an alert told, and tell who was alerted."""
        ...

    async def move(self, alert: str, *, workspace: str, by: str, into: str | None = None, note: str = "") -> Corrected:
        """Say that the articles behind an alert belong to another story, or to none."""
        ...

    async def merge(self, story: str, into: str, *, workspace: str, by: str) -> Corrected:
        """Tell a story as part of another one."""
        ...

    async def split(self, story: str, slug: str, query: str, *, workspace: str, by: str) -> Corrected:
        """Tell what matches a query apart from its story, what comes after too."""
        ...

    async def rename(self, story: str, slug: str, title: str, *, workspace: str, by: str) -> Corrected:
        """Call a story otherwise; its old slug goes on answering."""
        ...

    async def undo(self, name: str, *, workspace: str, by: str) -> Corrected:
        """Take a correction back."""
        ...

    async def promote(self, name: str, *, by: str) -> Corrected:
        """Let a workspace's correction count for everybody."""
        ...

    async def holding(self, workspace: str) -> Sequence[tuple[Story, LogEntry]]:
        """Return the corrections that hold for a workspace, newest first, each with its story."""
        ...


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The parts of the house that commands ask."""

    store: Store
    #: Asked for only by who needs it: it loads the HTTP library.
    source: Callable[[], FeedSource]
    clock: Clock
    gazetteer: Gazetteer
    corrections: Corrections
    #: Strangers share this Dragoman: what a workspace adds is its own, and what is everybody's it cannot change.
    private_feeds: bool = False
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


async def find_story(session: Session, slug: str, workspace: str) -> Story:
    """Return the story that a slug or an alias names in a workspace.

    Raises:
        CommandError: With the nearest names, if there is none.
    """
    wanted = slug.strip().lower()
    stories = await stories_of(session, await arrangement_of(session, workspace))
    for story in stories:
        if wanted in {story.slug, story.id, *story.aliases}:
            return _heir(story, stories)
    near = nearest(wanted, stories)
    if near:
        raise CommandError("No story `{wanted}`. Did you mean {near}?", wanted=wanted, near=Either(near))
    raise CommandError("No story `{wanted}`. `/stories` lists them.", wanted=wanted)


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
