"""Due feeds are visited, and what they bring is taken in."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from bot import log
from bot.domain.feed import Feed, FeedState, Health
from bot.ports import Clock, FeedSource, Session, Store
from bot.services.fulltext import FullTexts
from bot.services.intake import OVERDUE, Intake, Visited

_log = log.get("poll")

# Longer than the longest visit with its waiting; a feed whose poller died is taken over after it.
LEASE = timedelta(minutes=3)
# A visit that takes longer leaves its place to others, and goes on beside them.
SLOW = timedelta(seconds=2)
#: Slow visits that may go on beside the others; each holds a socket.
MOST_SLOW = 500
# What was missed while we were away is told in its order, so its feeds wait for each other so long.
TOGETHER = timedelta(seconds=5)
#: Between two looks whether places are free, if no visit ends.
BREATH = timedelta(milliseconds=250)
# More feeds than this that change in one round are told in one line.
FEW = 3

Change = tuple[Feed, FeedState, FeedState]
Look = Callable[[Session, Sequence[tuple[Feed, FeedState]]], Awaitable[frozenset[str]]]


class PollService:
    """Visits what is due, at most so many feeds at a time, and never waits for a slow one."""

    def __init__(  # noqa: PLR0913 - one part of the world each
        self,
        *,
        store: Store,
        source: FeedSource,
        intake: Intake,
        clock: Clock,
        machine_now: Callable[[], datetime],
        at_once: int = 200,
        look: Look | None = None,
    ) -> None:
        """Prepare.

        Args:
            store: Knows which feeds are due.
            source: Reads them.
            intake: Takes in what they bring.
            clock: News time.
            machine_now: Machine time, for claims.
            at_once: How many may be visited at the same time, the slow ones beside.
            look: Tells of which feeds a hub pushes the news.
        """
        self._store = store
        self._source = source
        self._full_texts = FullTexts(store, source)
        self._intake = intake
        self._look = look
        self._clock = clock
        self._machine_now = machine_now
        self._at_once = at_once
        #: The loop's time at which each visit under way began.
        self._visits: dict[asyncio.Task[None], float] = {}
        self._one_ended = asyncio.Event()
        self._changes: list[Change] = []

    async def round(self) -> int:
        """Begin to visit the feeds that are due now; return how many.

        While more are due than there are places, the next begin as places
        become free; a visit that drags on gives its place away.
        """
        self._tell()
        begun = 0
        async with self._store.read() as session:
            following = await session.feeds.next_due()
        if following is None or following > self._clock.now():
            # To look costs a fiftieth of what a claim costs.
            return 0
        while (free := self._free()) > 0:
            async with self._store.write() as session:
                due = await session.feeds.claim_due(self._clock.now(), self._machine_now(), LEASE, free)
                pushed = await self._look(session, due) if self._look and due else frozenset()
            self._begin([(feed, replace(state, pushed=feed.id in pushed)) for feed, state in due])
            begun += len(due)
            if len(due) < free:
                break
            await self._some_free()
        return begun

    async def settled(self, patience: timedelta) -> bool:
        """Wait until all visits under way have ended; ``False`` if some have not within our patience."""
        if self._visits:
            await asyncio.wait(set(self._visits), timeout=patience.total_seconds())
        self._tell()
        return not self._visits

    async def finish(self) -> None:
        """Cut off the visits that are still under way, and wait until what had ended is committed."""
        visits = set(self._visits)
        for visit in visits:
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)
        await self._intake.finish()
        self._tell()

    def _free(self) -> int:
        """Return how many visits may begin."""
        slow_since = _now() - SLOW.total_seconds()
        quick = sum(began > slow_since for began in self._visits.values())
        return min(self._at_once - quick, self._at_once + MOST_SLOW - len(self._visits))

    async def _some_free(self) -> None:
        """Wait until a good part of the places is free: each claim is a commit."""
        while self._free() < max(1, self._at_once // 4):
            self._one_ended.clear()
            with suppress(TimeoutError):
                # None may end for a while, and yet the slow ones leave their places.
                async with asyncio.timeout(BREATH.total_seconds()):
                    await self._one_ended.wait()

    def _begin(self, due: Sequence[tuple[Feed, FeedState]]) -> None:
        now = self._clock.now()
        missed = any(state.last_success and now - state.due > OVERDUE for _, state in due)
        together = _Together(len(due)) if missed else None
        for feed, state in due:
            visit = asyncio.create_task(self._visit(feed, state, together))
            self._visits[visit] = _now()
            visit.add_done_callback(self._ended)

    def _ended(self, visit: asyncio.Task[None]) -> None:
        del self._visits[visit]
        self._one_ended.set()
        if not visit.cancelled() and (failed := visit.exception()) is not None:
            _log.error("visit failed", error=repr(failed))

    async def _visit(self, feed: Feed, before: FeedState, together: "_Together | None") -> None:
        """Poll one feed, and have what it brought taken in together with how it is now."""
        now = self._clock.now()
        if self._intake.pace is not None:
            wanted = self._intake.pace.wanted(feed.id, now)
            before = replace(before, wanted_seconds=wanted.total_seconds() if wanted else None)
        try:
            poll = await self._source.poll(feed, before, now)
        finally:
            if together is not None:
                together.arrive()
        if feed.full_text and poll.entries and before.last_success is not None:
            # What a first read brings is known already and alerts nothing, so its pages are left alone.
            poll = await self._full_texts.fill(feed, poll)
        if together is not None and poll.entries:
            await together.all_there()
        after = await self._intake.take(Visited(feed=feed, before=before, poll=poll, at=now))
        if after.health is not before.health:
            self._changes.append((feed, before, after))

    def _tell(self) -> None:
        changes, self._changes = self._changes, []
        _tell(changes)


class _Together:
    """Visits that wait for each other, but not for ever."""

    def __init__(self, number: int) -> None:
        self._missing = number
        self._everybody = asyncio.Event()

    def arrive(self) -> None:
        self._missing -= 1
        if self._missing <= 0:
            self._everybody.set()

    async def all_there(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(TOGETHER.total_seconds()):
                await self._everybody.wait()


def _now() -> float:
    return asyncio.get_running_loop().time()


def _tell(visited: Sequence[Change]) -> None:
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
