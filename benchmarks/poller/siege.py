"""500 hostile servers among 1,000 good ones: what the good ones notice, and what stays behind."""

import asyncio
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp.abc import AbstractResolver

from benchmarks.poller.contender import Here
from benchmarks.poller.hostile import WAYS
from benchmarks.poller.house import NoReader, polling, reading_into
from benchmarks.poller.tls import host_of
from bot import log
from bot.clock import SystemClock, machine_now
from bot.domain.feed import Feed, FeedState, Health
from bot.feeds.cadence import NEVER
from bot.feeds.fetch import Limits
from bot.feeds.source import Source
from bot.ports import Poll, Store
from bot.store import open_store

GOOD, BAD = 1_000, 500
#: All are due at the same moment, and each again so long after its visit, until the siege is over.
AGAIN = timedelta(seconds=15)
LASTS = timedelta(seconds=60)
TICK_SECONDS = 1.0
#: The longest visit, with the reader of last resort.
LEAVING = timedelta(seconds=90)


class Restless(Source):
    """Visits feeds again soon, however they behave; notes how late good ones were read."""

    def __init__(self, resolver: AbstractResolver, limits: Limits | None) -> None:
        super().__init__(internal=["127.0.0.0/8"], resolver=resolver, limits=limits)
        self.delays: list[float] = []
        self.failed: list[str] = []
        self.hostile_visits = 0
        self.is_over = False

    def leave(self) -> None:
        """Let no feed be due again."""
        self.is_over = True

    async def poll(self, feed: Feed, state: FeedState, now: datetime) -> Poll:
        """Visit a feed."""
        poll = await super().poll(feed, state, now)
        ended = machine_now()
        if feed.id.startswith("good"):
            self.delays.append((ended - state.due).total_seconds())
            if poll.state.health is not Health.OK:
                self.failed.append(f"{feed.id}: {poll.state.error}")
        else:
            self.hostile_visits += 1
        return replace(poll, state=replace(poll.state, due=NEVER if self.is_over else ended + AGAIN))


async def report(
    good: int = GOOD, bad: int = BAD, lasts: timedelta = LASTS, limits: Limits | None = None
) -> tuple[float, float, int]:
    """Run the siege, print its figures, and return p99 in seconds, megabytes grown, and descriptors left open.

    Args:
        good: Good servers.
        bad: Hostile ones.
        lasts: How long feeds are due again and again.
        limits: Of one visit; the usual ones if ``None``.
    """
    log.configure("critical")
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.poller.hostile", stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout  # noqa: S101 - it was asked for
    port = int(await server.stdout.readline())
    try:
        with TemporaryDirectory(prefix="dragoman-bench-") as place:
            return await _besieged(Path(place), port, (good, bad), lasts, limits)
    finally:
        server.kill()
        await server.wait()


async def _besieged(
    folder: Path, port: int, servers: tuple[int, int], lasts: timedelta, limits: Limits | None
) -> tuple[float, float, int]:
    good, bad = servers
    store = open_store(f"sqlite:///{folder / 'siege.sqlite3'}")
    await store.open()
    source = Restless(Here(), limits)
    clock = SystemClock()
    service = polling(store, source, reading_into(store, NoReader()), clock)
    # First the good ones alone, so that what they need once is not taken for growth.
    await _follow(store, good, 0, port, clock.now())
    await service.round()
    await service.settled(LEAVING)
    memory, descriptors = _forget_peak(), _descriptors()
    source.delays.clear()
    await _follow(store, good, bad, port, clock.now())
    # A round goes on while feeds are due, so it is the source that ends the siege.
    asyncio.get_running_loop().call_later(lasts.total_seconds(), source.leave)
    while not source.is_over:
        await asyncio.gather(service.round(), asyncio.sleep(TICK_SECONDS))
    ended = await service.settled(LEAVING)
    most = _peak()
    await service.finish()
    await source.close()
    await asyncio.sleep(TICK_SECONDS)
    left = _descriptors() - descriptors
    await store.close()
    delays = sorted(source.delays)
    p99, grown = delays[int(len(delays) * 0.99)], most - memory
    print(
        f"\n{bad} hostile servers ({', '.join(WAYS)}) among {good} good ones, all due at once, again after {AGAIN.seconds} s:"
    )
    print(
        f"  visits: {len(delays)} of good ones, {len(source.failed)} of these failed; {source.hostile_visits} of hostile ones"
    )
    for failed in source.failed[:3]:
        print(f"    {failed}")
    print(
        f"  good ones read after due: p50 {delays[len(delays) // 2]:.2f} s, p99 {p99:.2f} s (under 10), worst {delays[-1]:.1f} s"
    )
    print(f"  memory grown: {grown:.0f} MB (under 50); descriptors left open: {left} (0); all visits ended: {ended}")
    return p99, grown, left


async def _follow(store: Store, good: int, bad: int, port: int, now: datetime) -> None:
    ways = list(WAYS)
    names = [f"good/{number}" for number in range(good)] + [
        f"bad/{ways[number % len(ways)]}/{number}" for number in range(bad)
    ]
    # Mixed, as they would be.
    names.sort(key=lambda name: (int(name.rpartition("/")[2]) * 7919) % 1009)
    async with store.write() as session:
        for number, name in enumerate(names):
            feed = Feed(id=name, url=f"http://{host_of(number)}:{port}/{name}", outlet=name)
            kept = await session.feeds.get(name)
            await session.feeds.put(feed, replace(kept[1] if kept else FeedState(due=now), due=now))


def _descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def _forget_peak() -> float:
    """Return how many megabytes we hold, the most of them from now on being what `_peak` tells."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _peak()


def _peak() -> float:
    [line] = [row for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024 / 1e6
