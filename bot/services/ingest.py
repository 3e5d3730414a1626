"""Entries are told apart from what is known, read, and filed in one transaction."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from bot.announce.names import Names
from bot.domain.actor import Gazetteer
from bot.domain.alert import Alert
from bot.domain.event import Event
from bot.domain.feed import Article, Entry
from bot.ports import Known, Session, Store
from bot.services.filing import Filing
from bot.services.memory import Memory

# What was published longer ago than this, before we could have seen it, is no news.
STALE = timedelta(hours=48)


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
        """Take entries of one feed in, oldest first; return what is to be said.

        Args:
            entries: As fetched; those that are known and unchanged cost nothing.
            quiet: Keep what they say but say nothing (a first read).
            last_seen: When the feed was last read; entries published long
                before that are kept quietly.
        """
        async with self._turn:
            fresh = await self._fresh(entries)
            if not fresh:
                return ()
            read = [(article, known, self._reader.read(article)) for article, known in fresh]
            try:
                async with self._store.write() as session:
                    return await self._write(session, read, quiet=quiet, last_seen=last_seen)
            except BaseException:
                self._memory = None  # it may hold what the transaction has not kept
                raise

    async def _fresh(self, entries: Sequence[Entry]) -> list[tuple[Article, Known]]:
        """Return the entries that are new or edited, as articles, oldest first."""
        fresh: list[tuple[Article, Known]] = []
        by_feed: dict[str, list[Entry]] = {}
        for entry in entries:
            by_feed.setdefault(entry.ref.feed, []).append(entry)
        async with self._store.read() as session:
            for feed, its in by_feed.items():
                seen = await session.articles.known(feed, [entry.ref.id for entry in its])
                links = await session.articles.known_links(feed, [entry.url for entry in its if entry.url])
                fresh += [one for entry in its if (one := self._new_version(entry, seen, links)) is not None]
        return sorted(fresh, key=lambda one: one[0].published)

    def _new_version(self, entry: Entry, seen: "Seen", links: "Seen") -> tuple[Article, Known] | None:
        before = seen.get(entry.ref.id)
        article = self._to_article(entry, before.revision + 1 if before else 0)
        known = _known(article)
        if before is not None and (before.content_hash == known.content_hash or entry.fetched <= before.fetched):
            return None  # nothing new, or a version from before the one that we have
        same_link = links.get(entry.url)
        if before is None and same_link is not None and same_link.title_hash == known.title_hash:
            return None  # the feed, or our parser, gives an old entry another id
        return article, known

    async def _write(
        self,
        session: Session,
        read: Sequence[tuple[Article, Known, tuple[Event, ...]]],
        *,
        quiet: bool,
        last_seen: datetime | None,
    ) -> tuple[Alert, ...]:
        filing = Filing(
            session=session,
            memory=await self._remember(session, read[0][0].fetched),
            names=self._names,
            subscriptions=await session.channels.subscriptions(),
            watches=await session.channels.watches(),
            mutes=list(await session.channels.mutes()),
        )
        said: list[Alert] = []
        for article, known, events in read:
            await session.articles.put(article, known)
            horizon = min(article.fetched, last_seen or article.fetched) - STALE
            said += await filing.file(article, events, hush=quiet or article.published < horizon)
        return tuple(said)

    async def _remember(self, session: Session, now: datetime) -> Memory:
        if self._memory is None:
            memory = Memory(self._gazetteer)
            await memory.warm(session, now)
            self._memory = memory
        return self._memory


Seen = Mapping[str, Known]


def _known(article: Article) -> Known:
    return Known(
        ref=article.ref,
        revision=article.revision,
        content_hash=sha256(article.text.encode()).hexdigest(),
        link=article.url,
        fetched=article.fetched,
        title_hash=sha256(article.title.casefold().encode()).hexdigest(),
    )
