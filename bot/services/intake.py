"""What visits brought is taken in, many at a time: one commit for all that came while the last was under way."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import log
from bot.domain.alert import Alert, Mode
from bot.domain.feed import Feed, FeedState, Health
from bot.errors import BotError
from bot.ports import Clock, Engine, Poll, Session, Store
from bot.services.fresh import Reading
from bot.services.ingest import Ingest, Taken, Tally
from bot.services.notices import Notices, tell
from bot.services.pace import Pace

_log = log.get("intake")

#: How long the first visit of a transaction waits for others.
GATHER = timedelta(milliseconds=30)
#: Visits of one transaction.
MOST = 500
#: Entries of first reads in one transaction; all of them are read for what they say.
MOST_FIRST = 300
#: A feed that was due so long ago waited for us, not we for it.
OVERDUE = timedelta(minutes=10)
#: A permanent redirect is believed once it was seen this often in a row.
MOVED = 3
#: When a feed is read again whose entries we stumble over.
AFTER_TROUBLE = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """A visit that has ended: the feed, how it was before, and what came of it."""

    feed: Feed
    before: FeedState
    poll: Poll
    at: datetime

    @property
    def is_first(self) -> bool:
        """The feed was never read before."""
        return self.before.last_success is None

    def reading(self) -> Reading:
        """Return what the visit brought, as ingestion takes it."""
        seen = self.before.last_success
        away = self.before.failures > 0 or self.at - self.before.due > OVERDUE
        return Reading(
            entries=self.poll.entries,
            quiet=self.is_first,
            last_seen=seen,
            away_since=seen if away else None,
        )


class Intake:
    """Takes visits in one after the other, each with its entries and its feed's new state in one transaction.

    A crash costs a second look at feeds, never an entry.
    """

    def __init__(self, store: Store, ingest: Callable[[], Ingest], engine: Engine, clock: Clock) -> None:
        self._store = store
        self._ingest = ingest
        self._engine = engine
        self._clock = clock
        self._waiting: list[tuple[Visited, asyncio.Future[FeedState]]] = []
        self._work: asyncio.Task[None] | None = None
        self._notices = Notices()
        #: How soon the stories of each feed want it; ``None`` before the first entries.
        self.pace: Pace | None = None

    async def take(self, visited: Visited) -> FeedState:
        """Return the feed's state once all is committed."""
        done: asyncio.Future[FeedState] = asyncio.get_running_loop().create_future()
        self._waiting.append((visited, done))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._empty(), name="intake")
        return await done

    async def finish(self) -> None:
        """Wait until what is under way is committed."""
        if self._work is not None:
            await asyncio.wait([self._work])

    async def _empty(self) -> None:
        while self._waiting:
            # Whoever ends within this moment comes along: a commit costs as much for one as for many.
            await asyncio.sleep(GATHER.total_seconds())
            batch = self._next()
            await self._take_in(batch)

    def _next(self) -> list[tuple[Visited, asyncio.Future[FeedState]]]:
        number = first = 0
        for visited, _ in self._waiting[:MOST]:
            first += len(visited.poll.entries) if visited.is_first else 0
            if number and first > MOST_FIRST:
                break
            number += 1
        batch, self._waiting = self._waiting[:number], self._waiting[number:]
        return [(visited, done) for visited, done in batch if not done.cancelled()]

    async def _take_in(self, batch: Sequence[tuple[Visited, asyncio.Future[FeedState]]]) -> None:
        try:
            await self._commit([visited for visited, _ in batch])
        except Exception as wrong:  # noqa: BLE001  one feed's trouble must not cost the others their entries
            if len(batch) > 1:
                for one in batch:
                    await self._take_in([one])
                return
            await self._put_off(*batch[0], wrong)
            return
        for visited, done in batch:
            _resolve(done, visited.poll.state)

    async def _put_off(self, visited: Visited, done: asyncio.Future[FeedState], wrong: Exception) -> None:
        """Leave a feed whose entries we stumble over for a while, as unread as it was."""
        _log.error("entries could not be taken in", feed=visited.feed.id, error=repr(wrong))
        before = visited.before
        state = replace(
            before,
            health=Health.FAILING,
            failures=before.failures + 1,
            error=f"{visited.feed.id} brought entries that we cannot take in",
            due=visited.at + AFTER_TROUBLE,
        )
        try:
            async with self._store.write() as session:
                await self._settle(session, [replace(visited, poll=Poll(state=state))], {})
        except BotError as worse:
            _resolve(done, error=worse)
        else:
            _resolve(done, state)

    async def _commit(self, batch: Sequence[Visited]) -> None:
        async def settle(session: Session, taken: Taken) -> None:
            await self._settle(session, batch, taken.tallies)
            await self._hurry(session, taken.said)

        readings = [visited.reading() for visited in batch if visited.poll.entries]
        if not readings:
            async with self._store.write() as session:
                await self._settle(session, batch, {})
            return
        # The first article loads what reads it, for half a second; people are answered meanwhile.
        ingest = await asyncio.to_thread(self._ingest)
        said = await ingest.take_all(readings, settle)
        self.pace = ingest.pace
        if said:
            await self._engine.wake("deliver")

    async def _settle(self, session: Session, batch: Sequence[Visited], tallies: Mapping[str, Tally]) -> None:
        left: dict[str, FeedState] = {}
        for visited in batch:
            counted = _counted(visited.poll.state, tallies.get(visited.feed.id, Tally()))
            state = self._notices.noted(visited.before, counted, visited.at)
            await tell(session, visited.feed, visited.before, state, visited.at)
            left[visited.feed.id] = state
        await session.feeds.settle(left)
        for feed, state in left.items():
            if state.moved_to and state.moved_seen >= MOVED and (found := await session.feeds.get(feed)):
                arrived = replace(state, moved_to=None, moved_seen=0)
                former = (*found[0].aliases, found[0].url)
                await session.feeds.put(replace(found[0], url=state.moved_to, aliases=former), arrived)

    async def _hurry(self, session: Session, said: Sequence[Alert]) -> None:
        """Let all feeds of a story that has just moved be read soon, since they may tell the other side."""
        pace, now = self._ingest().pace, self._clock.now()
        if pace is None or not said:
            return
        for story in {alert.story for alert in said if alert.mode is Mode.POST}:
            wanted = pace.asks(story, now)
            if wanted is not None:
                await session.feeds.hurry(pace.feeds_of([story], now), now + wanted)


def _counted(state: FeedState, tally: Tally) -> FeedState:
    return replace(state, entries=state.entries + tally.entries, told=state.told + tally.told)


def _resolve(done: asyncio.Future[FeedState], state: FeedState | None = None, error: Exception | None = None) -> None:
    if done.done():
        return  # whoever waited was cut off
    if error is not None:
        done.set_exception(error)
    elif state is not None:
        done.set_result(state)
