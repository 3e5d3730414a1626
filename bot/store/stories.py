"""Stories, their logs, and which articles belong to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, or_, select, text

from bot.domain.feed import EntryRef
from bot.domain.story import LogEntry, Story
from bot.store.codec import decode, encode
from bot.store.tables import Key, log, memberships, stories
from bot.store.transaction import Transaction, put


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An article belongs to a story."""

    story: str
    article: EntryRef
    origin: str
    duplicate_of: EntryRef | None = None


_ALL = select(stories.c.story).order_by(stories.c.number)
_WHOLE_LOG = select(log.c.entry).where(log.c.story == bindparam("of")).order_by(log.c.number)
_LOG = _WHOLE_LOG.where(or_(log.c.workspace.is_(None), log.c.workspace == bindparam("seen_by", type_=Key)))
_CORRECTIONS = select(log.c.story, log.c.entry).where(log.c.person.is_not(None)).order_by(log.c.number)
_NEWS = select(log.c.number, log.c.story, log.c.id).where(log.c.number > bindparam("after")).order_by(log.c.number)
_OWNED = select(log.c.story, log.c.workspace).where(log.c.workspace.is_not(None)).distinct()
_LAST = select(func.max(log.c.number).label("last"))
_MARK = select(
    select(func.count()).select_from(stories).scalar_subquery(),
    func.coalesce(select(func.max(stories.c.number)).scalar_subquery(), 0),
    *(
        func.coalesce(select(func.max(log.c.number)).where(whose.is_not(None)).scalar_subquery(), 0)
        for whose in (log.c.person, log.c.workspace)
    ),
)
_ARTICLES = (
    select(memberships.c.membership)
    .where(
        memberships.c.story == bindparam("of"),
        or_(memberships.c.workspace.is_(None), memberships.c.workspace == bindparam("seen_by", type_=Key)),
    )
    .order_by(memberships.c.number)
)
_OF_ARTICLE = (
    select(memberships.c.membership)
    .where(memberships.c.feed == bindparam("of"), memberships.c.entry == bindparam("which"))
    .order_by(memberships.c.number)
)
# Two workers that read one log before they write to it would both announce
# the same change; SQLite has one writer anyway.
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:story, 0))")


class SqlStories:
    """Stories, their logs, and their articles."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def all(self) -> Sequence[Story]:
        """Return every story in the order in which they were opened."""
        return [decode(Story, row.story) for row in await self._transaction.rows(_ALL)]

    async def put(self, story: Story) -> None:
        """Add a story, or replace what is written of it."""
        row = {"id": story.id, "workspace": story.workspace, "story": encode(story)}
        await put(self._transaction, stories, [row])

    async def log(self, story: str, workspace: str | None = None) -> Sequence[LogEntry]:
        """Return what a workspace sees of a story's log, in the order in which it was written.

        Whoever reads it in order to write has the story alone until the
        transaction ends.
        """
        await self._have_alone(story)
        found = await self._transaction.rows(_LOG, {"of": story, "seen_by": workspace})
        return [decode(LogEntry, row.entry) for row in found]

    async def whole_log(self, story: str) -> Sequence[LogEntry]:
        """Return a story's log with every workspace's own lines."""
        await self._have_alone(story)
        return [decode(LogEntry, row.entry) for row in await self._transaction.rows(_WHOLE_LOG, {"of": story})]

    async def _have_alone(self, story: str) -> None:
        if self._transaction.writes and self._transaction.dialect == "postgresql":
            await self._transaction.rows(_ALONE, {"story": story})

    async def append(self, story: str, entries: Iterable[LogEntry]) -> None:
        """Write to a log; an entry whose id stands there already is left out."""
        rows = [
            {
                "story": story,
                "id": entry.id,
                "entry": encode(entry),
                "workspace": entry.workspace,
                "person": entry.by,
            }
            for entry in entries
        ]
        await put(self._transaction, log, rows, replace=False)

    async def owned(self) -> Sequence[tuple[str, str]]:
        """Return each story with each workspace that has lines of its own in the log, once."""
        return [(row.story, row.workspace) for row in await self._transaction.rows(_OWNED)]

    async def corrections(self) -> Sequence[tuple[str, LogEntry]]:
        """Return what people wrote into the logs, of every workspace, with the story, in order."""
        found = await self._transaction.rows(_CORRECTIONS)
        return [(row.story, decode(LogEntry, row.entry)) for row in found]

    async def written_since(self, number: int) -> Sequence[tuple[int, str, str]]:
        """Return the lines behind a line of this number: number, story and id of each."""
        found = await self._transaction.rows(_NEWS, {"after": number})
        return [(int(row.number), row.story, row.id) for row in found]

    async def last_written(self) -> int:
        """Return the number of the last line in any log, 0 before the first."""
        [row] = await self._transaction.rows(_LAST)
        return int(row.last or 0)

    async def mark(self) -> tuple[int, ...]:
        """Return numbers that are others once a story was opened or corrected, or a workspace has a line of its own."""
        [row] = await self._transaction.rows(_MARK)
        return tuple(map(int, row))

    async def join(
        self, story: str, article: EntryRef, origin: str, duplicate_of: EntryRef | None, workspace: str | None = None
    ) -> None:
        """Note that an article belongs to a story; said again, the later origin holds."""
        membership = Membership(story=story, article=article, origin=origin, duplicate_of=duplicate_of)
        row = {
            "story": story,
            "feed": article.feed,
            "entry": article.id,
            "membership": encode(membership),
            "workspace": workspace,
        }
        await put(self._transaction, memberships, [row])

    async def articles(self, story: str, workspace: str | None = None) -> Sequence[tuple[EntryRef, str]]:
        """Return a story's articles that a workspace sees, with their origins, in order of arrival."""
        found = await self._transaction.rows(_ARTICLES, {"of": story, "seen_by": workspace})
        return [(each.article, each.origin) for each in (decode(Membership, row.membership) for row in found)]

    async def of_article(self, article: EntryRef) -> Sequence[str]:
        """Return the ids of the stories that an article belongs to, first one first."""
        found = await self._transaction.rows(_OF_ARTICLE, {"of": article.feed, "which": article.id})
        return [decode(Membership, row.membership).story for row in found]
