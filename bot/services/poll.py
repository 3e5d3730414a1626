"""Due feeds are visited, and what they bring is taken in."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot import log
from bot.domain.feed import Feed, FeedState, Health
from bot.ports import Clock, Engine, FeedSource, Poll, Store
from bot.services.ingest import Ingest

_log = log.get("poll")

# Longer than the longest fetch; a feed whose poller died is taken over after it.
LEASE = timedelta(minutes=2)

# How long a round waits for its visits; most answer within a second.
PATIENCE = timedelta(seconds=5)

# More feeds than this that change in one round are told in one line.
FEW = 3

# A permanent redirect is believed once it was seen this often in a row.
MOVED = 3


class PollService:
    """Polls what is due, at most so many feeds at a time."""

    def __init__(  # noqa: PLR0913 - one part of the world each
        self,
        *,
        store: Store,
        source: FeedSource,
        ingest: Callable[[], Ingest],
        engine: Engine,
        clock: Clock,
        machine_now: Callable[[], datetime],
        at_once: int = 50,
        patience: timedelta = PATIENCE,
    ) -> None:
        self._store = store
        self._source = source
        self._ingest = ingest
        self._engine = engine
        self._clock = clock
        self._machine_now = machine_now
        self._at_once = at_once
        self._patience = patience
        self._dragging: set[asyncio.Task[FeedState]] = set()

    async def round(self) -> int:
        """Visit the feeds that are due now; return how many.

        A visit that drags on is left to itself, so that no feed waits for a
        slow one; `finish` ends it.
        """
        free = self._at_once - len(self._dragging)
        if free <= 0:
            return 0
        async with self._store.write() as session:
            due = await session.feeds.claim_due(self._clock.now(), self._machine_now(), LEASE, free)
        visits = {asyncio.create_task(self._visit(feed, before)): (feed, before) for feed, before in due}
        self._dragging |= visits.keys()
        for visit in visits:
            visit.add_done_callback(self._dragging.discard)
        if visits:
            await asyncio.wait(visits, timeout=self._patience.total_seconds())
        _tell([(*visits[visit], visit.result()) for visit in visits if visit.done()])
        for visit, (feed, before) in visits.items():
            if not visit.done():
                visit.add_done_callback(partial(_tell_late, feed, before))
        return len(due)

    async def finish(self) -> None:
        """Cut off the visits that are still under way, and wait until they have ended."""
        visits = set(self._dragging)
        for visit in visits:
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)

    async def _visit(self, feed: Feed, state: FeedState) -> FeedState:
        """Poll one feed and return how it is now; entries are kept before the feed's validators are.

        A crash in between costs a second look at entries that are then known,
        never an entry.
        """
        poll = await self._source.poll(feed, state, self._clock.now())
        if poll.entries:
            first = state.last_success is None
            alerts = await self._ingest().take(poll.entries, quiet=first, last_seen=state.last_success)
            if alerts:
                await self._engine.wake("deliver")
        await self._settle(feed, poll)
        return poll.state

    async def _settle(self, feed: Feed, poll: Poll) -> None:
        state = poll.state
        async with self._store.write() as session:
            if state.moved_to and state.moved_seen >= MOVED:
                feed = replace(feed, url=state.moved_to)
                state = replace(state, moved_to=None, moved_seen=0)
                await session.feeds.put(feed, state)
            await session.feeds.settle(feed.id, state)


def _tell(visited: Sequence[tuple[Feed, FeedState, FeedState]]) -> None:
    """Log which feeds are better or worse than before; many at once are one line, as when the network is away."""
    changed = [(feed, now) for feed, before, now in visited if now.health is not before.health]
    for health in Health:
        feeds = [(feed, state) for feed, state in changed if state.health is health]
        if len(feeds) > FEW:
            names = ", ".join(feed.id for feed, _ in feeds[:FEW])
            why = {"first": feeds[0][1].error} if feeds[0][1].error else {}
            _log.info(f"feeds are {health}", count=len(feeds), feeds=f"{names}, …", **why)
            continue
        for feed, state in feeds:
            _log.info(f"feed is {health}", feed=feed.id, **({"why": state.error} if state.error else {}))


def _tell_late(feed: Feed, before: FeedState, visit: asyncio.Task[FeedState]) -> None:
    if visit.cancelled():
        return
    if (failed := visit.exception()) is not None:
        _log.error("visit failed", feed=feed.id, error=repr(failed))
    else:
        _tell([(feed, before, visit.result())])
