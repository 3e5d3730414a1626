"""Our poller as a whole, over a SQLite file, with a clock that the benchmark sets."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp.abc import AbstractResolver

from benchmarks.poller.feeds import START
from bot import log, seeds
from bot.classify import Classifier
from bot.clock import SetClock, machine_now
from bot.domain.event import Event
from bot.domain.feed import Article, Entry, EntryRef, Feed, FeedState
from bot.engine import open_engine
from bot.feeds.answer import Answer
from bot.feeds.article import make_article
from bot.feeds.manners import registrable
from bot.feeds.parse.document import Document
from bot.feeds.source import Source
from bot.ports import Clock, Store
from bot.services.ingest import Ingest, Reader
from bot.services.intake import Intake
from bot.services.poll import PollService
from bot.store import open_store

PATIENCE = timedelta(minutes=30)
LOOK_SECONDS = 0.02
AT_ONCE = 200


class NoReader:
    """Recognises nothing; the peers do not try either."""

    def read(self, article: Article) -> tuple[Event, ...]:
        """Return no events."""
        return ()


class Fetching(Source):
    """Fetches and does not read."""

    async def _read(self, answer: Answer) -> Document:
        return Document()


def reading_into(store: Store, reader: Reader) -> Ingest:
    """Return who takes entries in."""
    return Ingest(store, reader, make_article, seeds.gazetteer(seeds.packaged()))


def polling(store: Store, source: Source, ingest: Ingest, clock: Clock) -> PollService:
    """Return our poller, with everything of it but the network."""
    return PollService(
        store=store,
        source=source,
        intake=Intake(store, lambda: ingest, open_engine("local:"), clock),
        clock=clock,
        machine_now=machine_now,
        at_once=AT_ONCE,
    )


class House:
    """Follow feeds, poll all of them once, look at what was kept."""

    def __init__(self, store: Store, source: Source, reader: Reader, now: datetime) -> None:
        self._store = store
        self._now = now
        self._ingest = reading_into(store, reader)
        self.service = polling(store, source, self._ingest, SetClock(now))

    async def follow(self, urls: Sequence[str]) -> None:
        """Read feeds from now on; each is named by its address."""
        async with self._store.write() as session:
            for number, url in enumerate(urls):
                await session.feeds.put(Feed(id=url, url=url, outlet=f"Outlet {number}"), FeedState(due=START))

    async def warm_up(self) -> None:
        """Read once what a start reads once, however many feeds there are."""
        registrable("warm-up.example")
        ref = EntryRef("warm-up", self._now.isoformat())
        entry = Entry(
            ref=ref,
            outlet="Warm-up",
            url=f"https://warm-up.example/{self._now:%s}",
            title=f"Rain {self._now}",
            fetched=self._now,
        )
        await self._ingest.take([entry], quiet=True)

    async def poll_all(self) -> None:
        """Visit every feed that is due, until what they brought is committed."""
        while await self.service.round():
            pass
        if not await self.service.settled(PATIENCE):
            raise TimeoutError("some feeds were not read in time")

    async def entries(self) -> dict[str, dict[str, tuple[str, str, int]]]:
        """Return what is kept, by feed and id: link, title, seconds since 1970."""
        found: dict[str, dict[str, tuple[str, str, int]]] = {}
        async with self._store.read() as session:
            for article in await session.articles.since(START):
                if article.ref.feed == "warm-up":
                    continue
                told = (article.url, " ".join(article.title.split()), int(article.published.timestamp()))
                found.setdefault(article.ref.feed, {})[article.ref.id] = told
            failing = [state.error for _, state in await session.feeds.all() if state.failures]
        if failing:
            raise RuntimeError(f"{len(failing)} feeds failed, e.g. {failing[0]}")
        return found


@asynccontextmanager
async def open_house(
    file: Path, now: datetime, how: str, resolver: AbstractResolver, *, first: bool
) -> AsyncIterator[House]:
    """Open our poller.

    Args:
        file: The database.
        now: News time, at which every feed is due.
        how: ``fetch``, ``poll`` or ``read``.
        resolver: Finds the outlets.
        first: It is the first pass; nobody reads what was there before.
    """
    log.configure("error")
    store = open_store(f"sqlite:///{file}")
    await store.open()
    source = (Fetching if how == "fetch" else Source)(internal=["127.0.0.0/8"], resolver=resolver)
    reader: Reader = NoReader()
    if how == "read" and not first:
        reader = Classifier(seeds.gazetteer(seeds.packaged()))
    try:
        yield House(store, source, reader, now)
    finally:
        await source.close()
        await asyncio.sleep(LOOK_SECONDS)
        await store.close()
