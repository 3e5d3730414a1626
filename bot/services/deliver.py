"""The outbox is emptied: claimed, sent, settled."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot import log
from bot.announce.cards import held_back
from bot.domain.alert import Alert, Card
from bot.domain.audience import Channel
from bot.domain.delivery import EDIT, POST, Delivery, Outcome, Parcel, Refused, Sent, Status, Unknown
from bot.locales import Voice, voice_in
from bot.locales.languages import WRITTEN
from bot.ports import Platform, Session, Store
from bot.services.absence import Absence
from bot.services.retry import ATTEMPTS, next_attempt
from bot.services.settling import Settling

_log = log.get("deliver")

LONG_AGO = datetime.min.replace(tzinfo=UTC)

# Longer than the longest send, so that nobody takes over what is under way.
LEASE = timedelta(minutes=2)

# A channel that was lost is asked again with the first alert after this span;
# until then nothing is sent there. What waits for it is kept as long as it is
# of use to a desk.
PROBE = timedelta(hours=1)
OF_USE = timedelta(days=1)
#: Later than this it is said.
A_WHILE = timedelta(minutes=5)

# A channel that waits for its platform's pace holds a place, and costs nothing.
AT_ONCE = 500
# Who ends within a breath is looked for together: each look is a commit. A
# channel's next message is begun well before its pace lets it go.
BREATH_SECONDS = 0.05
# What is under way when we stop may take this long.
GRACE_SECONDS = 3.0

# An unknown outcome is sent once more, under the same nonce.
UNKNOWN_ATTEMPTS = 2


#: Says a kept card in the language of who reads it.
Retell = Callable[[Card, Alert, str], Card]


def as_kept(card: Card, alert: Alert, language: str) -> Card:
    """Return the card as it is kept: in English."""
    return card


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A delivery with all that sending it needs, as it stands now."""

    delivery: Delivery
    channel: Channel | None
    told: tuple[Alert, Card | None] | None
    #: The message that an edit changes, or that a line hangs on.
    message: str | None


class DeliverService:
    """Sends what the outbox holds to the platforms that are open."""

    def __init__(  # noqa: PLR0913 - one part of the house each
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        machine_now: Callable[[], datetime],
        news_now: Callable[[], datetime],
        *,
        absence: Absence | None = None,
        at_once: int = AT_ONCE,
        lease: timedelta = LEASE,
        retell: Retell = as_kept,
    ) -> None:
        self._lease = lease
        self._retell = retell
        self._store = store
        self._platforms = platforms
        self._machine_now = machine_now
        self._at_once = at_once
        self._news_now = news_now
        self._absence = absence or Absence(store, platforms, machine_now, news_now)
        self._settling = Settling(store)
        self._probes: dict[str, datetime] = {}
        #: The loop's time from which a channel takes its next message.
        self._free: dict[str, float] = {}
        self._under_way: set[asyncio.Task[None]] = set()
        self._look = asyncio.Event()
        self._gate = asyncio.Lock()

    async def round(self) -> int:
        """Send what may go now, one message a channel; return how many were claimed."""
        jobs = await self._claim(self._at_once)
        await asyncio.gather(*(self._send(job) for job in jobs))
        return len(jobs)

    async def empty(self) -> None:
        """Send until nothing may go any more."""
        while await self.round():
            pass

    async def keep_going(self, woken: Callable[[timedelta], Awaitable[bool]], tick: timedelta) -> None:
        """Send for ever: what may go at once, what must wait when it may; no channel waits for another.

        Args:
            woken: Waits at most so long for somebody who put something into the outbox.
            tick: We look that often even if nobody says anything.
        """
        listening = asyncio.create_task(self._listen(woken, tick), name="deliver: listening")
        loop = asyncio.get_running_loop()
        try:
            while True:
                began = loop.time()
                self._look.clear()
                await self._begin()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(await self._pause(tick)):
                        await self._look.wait()
                await asyncio.sleep(began + BREATH_SECONDS - loop.time())
        finally:
            listening.cancel()
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=GRACE_SECONDS)
            for task in self._under_way:
                task.cancel()

    async def _listen(self, woken: Callable[[timedelta], Awaitable[bool]], tick: timedelta) -> None:
        while True:
            if await woken(tick * 60):
                self._look.set()

    async def _begin(self) -> None:
        """Begin to send what may go, as far as there are places."""
        free = self._at_once - len(self._under_way)
        for job in await self._claim(free) if free > 0 else ():
            task = asyncio.create_task(self._send(job), name=f"deliver to {job.delivery.channel}")
            self._under_way.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._look.set()
        if not task.cancelled() and (failed := task.exception()) is not None:
            _log.error("delivery broke off", error=repr(failed))

    async def _pause(self, tick: timedelta) -> float:
        """Return for how many seconds nothing can go, unless something happens."""
        async with self._store.read() as session:
            following = await session.outbox.next_attempt()
        longest = tick.total_seconds()
        if following is None or len(self._under_way) >= self._at_once:
            return longest
        return min(max((following - self._machine_now()).total_seconds(), 0.0), longest)

    async def _claim(self, most: int) -> list[Job]:
        """Take deliveries that may go, with what sending them needs."""
        async with self._store.write() as session:
            claimed = await session.outbox.claim(self._machine_now(), self._lease, most)
        if not claimed:
            return []
        channels: dict[str, Channel | None] = {}
        told: dict[tuple[str, str | None], tuple[Alert, Card | None] | None] = {}
        jobs: list[Job] = []
        async with self._store.read() as session:
            for delivery in claimed:
                if delivery.channel not in channels:
                    channels[delivery.channel] = await session.channels.get(delivery.channel)
                channel = channels[delivery.channel]
                # A workspace may see an alert otherwise than everybody does.
                seen = (delivery.alert, channel.workspace if channel else None)
                if seen not in told:
                    told[seen] = await session.alerts.get(*seen)
                post = await _post_of(session, delivery)
                jobs.append(Job(delivery=delivery, channel=channel, told=told[seen], message=post))
        return jobs

    async def _send(self, job: Job) -> None:
        delivery, channel, told, message = job.delivery, job.channel, job.told, job.message
        platform = self._platforms.get(channel.platform) if channel else None
        if channel is None or told is None:
            await self._settle(delivery, Refused(why="the channel or the alert is gone", final=True))
            return
        late = self._lateness(delivery, channel, told[0])
        if late > OF_USE:
            await self._settle(delivery, Refused(why="old news, the channel was closed", final=True))
            return
        rest = self._probes.get(channel.id, LONG_AGO) - self._machine_now()
        if channel.paused and rest > timedelta():
            await self._settle(delivery, Refused(why=channel.paused, channel_lost=True, retry_after=rest))
            return
        if platform is None:
            await self._settle(
                delivery, Refused(why=f"{channel.platform} is not connected", retry_after=timedelta(minutes=1))
            )
            return
        alert, card = told
        if delivery.part == EDIT and delivery.shown >= alert.revision:
            await self._settle(delivery, Sent(message=message or ""), shown=delivery.shown)
            return
        is_line = delivery.part not in {POST, EDIT}
        language = platform.language(channel)
        if card is not None and language != WRITTEN:
            card = self._retell(card, alert, language)
        parcel = Parcel(
            nonce=delivery.nonce,
            part=delivery.part,
            card=None if is_line else _marked(card, late, voice_in(language)),
            text=delivery.text,
            message=message,
        )
        outcome = await self._paced(platform, channel, parcel)
        await self._settle(delivery, outcome, shown=alert.revision)
        await self._mark(channel, outcome)

    def _lateness(self, delivery: Delivery, channel: Channel, alert: Alert) -> timedelta:
        """Return how late a post comes because its channel was closed to us, zero for all else."""
        closed = channel.paused_since is not None or (channel.resumed is not None and alert.at < channel.resumed)
        if delivery.part != POST or not closed:
            return timedelta()
        return max(self._news_now() - alert.at, timedelta())

    async def _paced(self, platform: Platform, channel: Channel, parcel: Parcel) -> Outcome:
        """Send a parcel once the channel takes another message."""
        loop = asyncio.get_running_loop()
        wait = self._free.get(channel.id, 0.0) - loop.time()
        if wait > 0:
            await asyncio.sleep(wait)
        # One begins in each turn of the loop, so that answers are read as they
        # come: a pace is counted from its answer.
        async with self._gate:
            await asyncio.sleep(0)
        outcome = await platform.send(channel, parcel)
        if platform.pace:
            self._free[channel.id] = loop.time() + platform.pace.total_seconds()
        return outcome

    async def _settle(self, delivery: Delivery, outcome: Outcome, shown: int = 0) -> None:
        settled, not_before = _after(delivery, outcome, shown, self._machine_now())
        if not await self._settling.settle(settled, not_before):
            _log.warning("delivery was taken over", channel=delivery.channel, alert=delivery.alert)
        elif settled.error:
            _log.warning("delivery failed", channel=delivery.channel, error=settled.error, attempts=settled.attempts)

    async def _mark(self, channel: Channel, outcome: Outcome) -> None:
        """Pause a channel that is lost, and go on with one that takes messages again."""
        if isinstance(outcome, Refused) and outcome.channel_lost:
            self._probes[channel.id] = self._machine_now() + PROBE
            await self._absence.lost(outcome.why, channel)
        elif isinstance(outcome, Sent) and channel.paused_since:
            await self._absence.back(channel)


def _marked(card: Card | None, late: timedelta, say: Voice) -> Card | None:
    if card is None or late < A_WHILE:
        return card
    return replace(card, foot=" · ".join(filter(None, (card.foot, held_back(late, say)))))


async def _post_of(session: Session, delivery: Delivery) -> str | None:
    """Return the message of the post that an edit or a line belongs to."""
    if delivery.part == POST:
        return None
    rows = await session.outbox.of_alert(delivery.alert)
    return next((row.message for row in rows if row.channel == delivery.channel and row.part == POST), None)


def _after(delivery: Delivery, outcome: Outcome, shown: int, now: datetime) -> tuple[Delivery, datetime | None]:
    """Return the row as an outcome leaves it, and when it may be tried again."""
    attempts = delivery.attempts + 1
    match outcome:
        case Sent(message=message):
            sent = replace(delivery, status=Status.SENT, message=message, shown=shown, attempts=attempts, error=None)
            return sent, None
        case Refused(why=why, channel_lost=True, retry_after=retry_after):
            # It says nothing of the message, which waits until the channel is open again.
            return replace(delivery, error=why), now + (retry_after or PROBE)
        case Refused(why=why, final=final, retry_after=retry_after):
            if final or attempts >= ATTEMPTS:
                return replace(delivery, status=Status.GIVEN_UP, attempts=attempts, error=why), None
            wait = now + retry_after if retry_after is not None else next_attempt(now, attempts)
            return replace(delivery, attempts=attempts, error=why), wait
        case Unknown(why=why):
            if attempts >= UNKNOWN_ATTEMPTS:
                return replace(delivery, status=Status.GIVEN_UP, attempts=attempts, error=why), None
            return replace(delivery, attempts=attempts, error=why), next_attempt(now, attempts)
