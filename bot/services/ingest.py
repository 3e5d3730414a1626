"""Entries are told apart from what is known, read, and filed in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.announce.names import Names
from bot.domain.actor import Gazetteer
from bot.domain.alert import Alert
from bot.domain.event import Event
from bot.domain.feed import Article, Entry
from bot.ports import Session, Store
from bot.services.filing import Filing
from bot.services.fresh import Fresh, Reading, fresh_of
from bot.services.memory import Memory
from bot.services.pace import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came of one feed's entries."""

    #: Entries that were new.
    entries: int = 0
    #: Those of them that told a diplomatic event.
    told: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of some feeds' entries."""

    #: What is to be said.
    said: tuple[Alert, ...] = ()
    #: By feed.
    tallies: Mapping[str, Tally] = field(default_factory=dict)


Finish = Callable[[Session, Taken], Awaitable[None]]


class Reader(Protocol):
    """What ingestion asks of the classifier."""

    def read(self, article: Article) -> tuple[Event, ...]:
        """Return an article's events."""
        ...


class Ingest:
    """Takes entries in; one caller at a time, since state is folded in order."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        to_article: Callable[[Entry, int], Article],
        gazetteer: Gazetteer,
    ) -> None:
        self._store = store
        self._reader = reader
        self._to_article = to_article
        self._gazetteer = gazetteer
        self._names = Names(gazetteer)
        self._memory: Memory | None = None
        self._turn = asyncio.Lock()

    async def take(
        self, entries: Sequence[Entry], *, quiet: bool = False, last_seen: datetime | None = None
    ) -> tuple[Alert, ...]:
        """Take entries in, oldest first; return what is to be said.

        Args:
            entries: As fetched; those that are known and unchanged cost nothing.
            quiet: Keep what they say but say nothing (a first read).
            last_seen: When their feed was last read; entries published long
                before that are kept quietly.
        """
        by_feed: dict[str, list[Entry]] = {}
        for entry in entries:
            by_feed.setdefault(entry.ref.feed, []).append(entry)
        return await self.take_all(
            [Reading(entries=its, quiet=quiet, last_seen=last_seen) for its in by_feed.values()], _nothing_else
        )

    async def take_all(self, readings: Sequence[Reading], finish: Finish) -> tuple[Alert, ...]:
        """Take in what several feeds brought, oldest first over all of them; return what is to be said.

        Args:
            readings: One for each feed.
            finish: Writes what belongs to the same transaction, told what came of the entries.
        """
        async with self._turn:
            fresh = await self._fresh(readings)
            read = [(one, await self._read(one.article)) for one in fresh]
            try:
                async with self._store.write() as session:
                    said = await self._write(session, read) if read else ()
                    await finish(session, Taken(said=said, tallies=_tallies(read)))
                    return said
            except BaseException:
                self._memory = None  # it may hold what the transaction has not kept
                raise

    async def release(self, now: datetime | None) -> tuple[Alert, ...]:
        """Let the posts go that have waited long enough; return them.

        Args:
            now: News time; ``None`` lets go all that wait, each at its own time.
        """
        async with self._turn:
            try:
                async with self._store.write() as session:
                    due = await session.alerts.release(now)
                    if not due:
                        return ()
                    filing = await self._filing(session, due[0].due)
                    return tuple([await filing.release(held) for held in due])
            except BaseException:
                self._memory = None
                raise

    @property
    def pace(self) -> Pace | None:
        """How lively the stories are that each feed feeds; ``None`` before the first article."""
        return self._memory.pace if self._memory else None

    async def _fresh(self, readings: Sequence[Reading]) -> list[Fresh]:
        """Return the entries that are new or edited, as articles, oldest first."""
        fresh: list[Fresh] = []
        async with self._store.read() as session:
            for reading in readings:
                await asyncio.sleep(0)
                fresh += await fresh_of(session, reading, self._to_article)
        return sorted(fresh, key=lambda one: one.article.published)

    async def _read(self, article: Article) -> tuple[Event, ...]:
        # Reading takes milliseconds; whoever else waits for the loop gets its turn between two.
        await asyncio.sleep(0)
        return self._reader.read(article)

    async def _write(self, session: Session, read: Sequence[tuple[Fresh, tuple[Event, ...]]]) -> tuple[Alert, ...]:
        filing = await self._filing(session, read[0][0].article.fetched)
        said: list[Alert] = []
        for one, events in read:
            # Filing takes milliseconds too, and SQLite's statements give nobody else a turn.
            await asyncio.sleep(0)
            await session.articles.put(one.article, one.known)
            said += await filing.file(one.article, events, hush=one.hush, late=one.late)
        return tuple(said)

    async def _filing(self, session: Session, now: datetime) -> Filing:
        return Filing(
            session=session,
            memory=await self._remember(session, now),
            names=self._names,
            subscriptions=await session.channels.subscriptions(),
            watches=await session.channels.watches(),
            mutes=list(await session.channels.mutes()),
        )

    async def _remember(self, session: Session, now: datetime) -> Memory:
        if self._memory is None:
            memory = Memory(self._gazetteer)
            await memory.warm(session, now)
            self._memory = memory
        else:
            await self._memory.catch_up(session)
        return self._memory


def _tallies(read: Sequence[tuple[Fresh, tuple[Event, ...]]]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for one, events in read:
        if one.article.revision == 0:
            tally = found.get(one.article.ref.feed, Tally())
            found[one.article.ref.feed] = Tally(entries=tally.entries + 1, told=tally.told + bool(events))
    return found


async def _nothing_else(session: Session, taken: Taken) -> None:
    """Write nothing beside what was taken in."""
