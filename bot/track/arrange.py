"""How stories are arranged for one workspace: what was merged, moved, split off and renamed.

Every report stands in the log of the story that it was first given to, and
stays there. People's corrections are lines of these logs too, so where a
thing is *told* is a view: take the corrections that a workspace sees and that
stand, and follow them. Undoing one gives back what was there before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.feed import EntryRef
from bot.domain.story import Action, LogEntry, Story
from bot.track.log import standing

#: A correction with the id of the story whose log holds it.
Placed = tuple[str, LogEntry]


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a story that is told apart, by a query over its articles."""

    correction: LogEntry
    #: Story ids.
    of: str
    into: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where a workspace has each thing told."""

    workspace: str | None = None
    #: Story id → the story that it was merged into.
    heirs: Mapping[str, str] = field(default_factory=dict)
    #: Log entry id → the story that it was moved to, ``None`` for none.
    moved: Mapping[str, str | None] = field(default_factory=dict)
    #: (story, article) → the story that the article was moved to.
    articles: Mapping[tuple[str, EntryRef], str | None] = field(default_factory=dict)
    #: Story id → its renamings, oldest first.
    names: Mapping[str, Sequence[LogEntry]] = field(default_factory=dict)
    #: Story → the stories whose logs hold something that is told in it.
    givers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    splits: tuple[Split, ...] = ()
    #: The corrections that hold, in the order in which they were written.
    holding: tuple[Placed, ...] = ()
    #: The stories in whose logs the workspace wrote something of its own.
    touched: frozenset[str] = frozenset()

    def root(self, story: str) -> str:
        """Return the story in which a story is told, itself as a rule."""
        while story in self.heirs:
            story = self.heirs[story]
        return story

    def place(self, story: str, entry: LogEntry) -> str | None:
        """Return the story in which a line of a story's log is told, ``None`` for none."""
        into = self.moved.get(entry.id, story)
        return self.root(into) if into is not None else None

    def place_of_article(self, story: str, article: EntryRef) -> str | None:
        """Return the story to whose sources an article of a story belongs."""
        into = self.articles.get((story, article), story)
        return self.root(into) if into is not None else None

    def logs(self, story: str) -> tuple[str, ...]:
        """Return the stories whose logs must be read to tell a story."""
        merged = [other for other in self.heirs if self.root(other) == story]
        given = {giver for told in (story, *merged) for giver in self.givers.get(told, ())}
        return tuple(dict.fromkeys((story, *merged, *sorted(given))))

    def owns(self, story: str) -> bool:
        """Return whether the workspace sees a story otherwise than everybody does."""
        return not self.touched.isdisjoint((story, *self.logs(self.root(story))))

    def told(self, story: str, logs: Mapping[str, Iterable[LogEntry]]) -> tuple[LogEntry, ...]:
        """Return the lines that a story is folded from; what takes others back is always among them.

        Args:
            story: A story that is told by itself.
            logs: The logs of `logs`, by story.
        """
        return tuple(
            entry
            for home, log in logs.items()
            for entry in log
            if entry.report is None or self.place(home, entry) == story
        )

    def named(self, story: Story) -> Story:
        """Return a story as it is called here, with all that it answers to."""
        for rename in self.names.get(story.id, ()):
            slug = rename.slug or story.slug
            former = (story.slug,) if slug != story.slug and story.slug not in story.aliases else ()
            story = replace(
                story,
                slug=slug,
                title=rename.title or story.title,
                aliases=(*(alias for alias in story.aliases if alias != slug), *former),
            )
        heir = self.root(story.id)
        return replace(story, merged_into=heir) if heir != story.id else story


def arrange(corrections: Iterable[Placed], workspace: str | None) -> Arrangement:
    """Return how a workspace has its stories, by all corrections; others' own count for nothing.

    Args:
        corrections: In the order in which they were written.
        workspace: ``None`` for what everybody has.
    """
    seen = [(story, entry) for story, entry in corrections if entry.workspace in {None, workspace}]
    holding = {entry.id for entry in standing(entry for _, entry in seen)}
    heirs: dict[str, str] = {}
    moved: dict[str, str | None] = {}
    articles: dict[tuple[str, EntryRef], str | None] = {}
    names: dict[str, list[LogEntry]] = {}
    givers: dict[str, set[str]] = {}
    splits: list[Split] = []
    for story, entry in seen:
        if entry.id not in holding:
            continue
        match entry.action:
            case Action.MERGE if entry.into is not None and not _leads_to(heirs, entry.into, story):
                heirs[story] = entry.into
            case Action.MOVE:
                moved |= dict.fromkeys(entry.targets, entry.into)
                articles |= {(story, article): entry.into for article in entry.articles}
                if entry.into is not None:
                    givers.setdefault(entry.into, set()).add(story)
            case Action.SPLIT if entry.into is not None:
                splits.append(Split(correction=entry, of=story, into=entry.into))
            case Action.RENAME:
                names.setdefault(story, []).append(entry)
            case _:
                pass
    return Arrangement(
        workspace=workspace,
        heirs=heirs,
        moved=moved,
        articles=articles,
        names=names,
        givers={story: frozenset(given) for story, given in givers.items()},
        splits=tuple(splits),
        holding=tuple((story, entry) for story, entry in seen if entry.id in holding),
        touched=frozenset(story for story, entry in seen if workspace is not None and entry.workspace == workspace),
    )


def _leads_to(heirs: Mapping[str, str], start: str, story: str) -> bool:
    """Return whether a story is told, in the end, by way of another one."""
    while start != story and start in heirs:
        start = heirs[start]
    return start == story
