"""An hour of 100,000 feeds, scheduled and claimed from SQLite; only the network is played."""

import asyncio
import random
import resource
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import hdrs
from multidict import CIMultiDict

from benchmarks.poller.feeds import START
from benchmarks.poller.house import NoReader, polling, reading_into
from bot import log
from bot.clock import SetClock
from bot.domain.feed import Feed, FeedState, Health
from bot.feeds.answer import Answer
from bot.feeds.source import Source
from bot.feeds.state import succeeded
from bot.ports import Poll, Store
from bot.store import open_store

FEEDS = 100_000
HOUR = timedelta(hours=1)
TICK = timedelta(seconds=1)
#: Turns of the loop that a visit needs to set out within its own second.
TURNS = 3
# What the world's feeds are like: a share, the mean span between entries, and
# how long ago the last one came.
RHYTHMS = (
    (0.05, timedelta(minutes=20), timedelta(minutes=10)),
    (0.25, timedelta(hours=5), timedelta(hours=3)),
    (0.40, timedelta(days=4), timedelta(days=3)),
    (0.30, timedelta(days=60), timedelta(days=60)),
)
#: Every so many feeds ask for a freshness of their own.
CACHED_OF = 3


class Played(Source):
    """Answers 304 after a second of news time, as servers do most of the time; what follows from it is decided as ever."""

    def __init__(self, clock: SetClock) -> None:
        super().__init__()
        self.clock = clock
        self.delays: list[float] = []
        self.second = asyncio.Event()

    def next_second(self) -> None:
        """Let the visits that have begun end."""
        self.second.set()
        self.second = asyncio.Event()

    async def poll(self, feed: Feed, state: FeedState, now: datetime) -> Poll:
        """Note how late we come, and wait for the next second."""
        self.delays.append((now - state.due).total_seconds())
        await self.second.wait()
        headers = CIMultiDict({hdrs.CACHE_CONTROL: "max-age=600"} if hash(feed.id) % CACHED_OF == 0 else {})
        answer = Answer(status=304, url=feed.url, moved_to=None, headers=headers)
        return Poll(state=succeeded(feed, replace(state, not_modified=state.not_modified + 1), answer, now))


async def report(feeds: int = FEEDS) -> tuple[float, float, float]:
    """Run an hour, print its figures, and return p99 in seconds, the share of a core, and megabytes."""
    log.configure("error")
    with TemporaryDirectory(prefix="dragoman-bench-") as place:
        store = open_store(f"sqlite:///{Path(place) / 'schedule.sqlite3'}")
        await store.open()
        await _fill(store, feeds)
        clock = SetClock(START)
        source = Played(clock)
        service = polling(store, source, reading_into(store, NoReader()), clock)
        cpu, wall = time.process_time(), time.monotonic()
        while clock.now() < START + HOUR:
            clock.set(clock.now() + TICK)
            # The visits of the last second end, and those that are due begin.
            source.next_second()
            await service.round()
            for _ in range(TURNS):
                await asyncio.sleep(0)
        cpu, wall = time.process_time() - cpu, time.monotonic() - wall
        await service.finish()
        await source.close()
        await store.close()
    delays = sorted(source.delays)
    p99 = delays[int(len(delays) * 0.99)]
    share, size = cpu / HOUR.total_seconds(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{feeds} feeds for an hour from SQLite, played network: {len(delays)} polls in {wall:.0f} s")
    print(
        f"  start after due: p50 {delays[len(delays) // 2]:.2f} s, p99 {p99:.2f} s (at most 2), worst {delays[-1]:.1f} s"
    )
    print(f"  scheduling: {cpu:.0f} CPU s, {share:.1%} of one core (under 5 %)")
    print(f"  memory: {size:.0f} MB (under 300)")
    return p99, share, size


async def _fill(store: Store, feeds: int) -> None:
    """Write feeds that were read before, each due at some moment of its own."""
    draw = random.Random(1)  # noqa: S311 - a spread, no secret
    for first in range(0, feeds, 5_000):
        async with store.write() as session:
            for number in range(first, min(first + 5_000, feeds)):
                feed = Feed(
                    id=f"feed-{number}", url=f"https://outlet-{number}.example/feed.xml", outlet=f"Outlet {number}"
                )
                await session.feeds.put(feed, _state(draw))


def _state(draw: random.Random) -> FeedState:
    [(_, rhythm, silent)] = draw.choices(RHYTHMS, weights=[share for share, _, _ in RHYTHMS])
    wait = min(rhythm / 6, HOUR)
    return FeedState(
        health=Health.OK,
        due=START + wait * draw.random() + timedelta(microseconds=draw.randrange(1_000_000)),
        etag='"a-validator-of-usual-length-0123456789"',
        last_modified="Wed, 14 May 2025 11:00:00 GMT",
        body_hash=f"{draw.getrandbits(256):064x}",
        last_poll=START - wait,
        last_success=START - wait,
        last_new=START - silent,
        polls=100,
        rhythm_seconds=rhythm.total_seconds(),
    )
