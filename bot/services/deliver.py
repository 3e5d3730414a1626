"""The outbox is emptied: claimed, sent, settled."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot import log
from bot.domain.alert import Alert, Card
from bot.domain.audience import Channel
from bot.domain.delivery import EDIT, POST, Delivery, Outcome, Parcel, Refused, Sent, Status, Unknown
from bot.ports import Platform, Session, Store
from bot.services.absence import Absence
from bot.services.retry import ATTEMPTS, next_attempt

_log = log.get("deliver")

LONG_AGO = datetime.min.replace(tzinfo=UTC)

# Longer than the longest send, so that nobody takes over what is under way.
LEASE = timedelta(minutes=2)

# A channel that was lost is asked again with the first alert after this span;
# until then nothing is sent there.
PROBE = timedelta(hours=1)

# A channel that waits for its platform's pace holds a place, and costs nothing.
AT_ONCE = 500
# Who ends within a breath is looked for together: each look is a commit.
BREATH_SECONDS = 0.01
# What is under way when we stop may take this long.
GRACE_SECONDS = 3.0

# An unknown outcome is sent once more, under the same nonce.
UNKNOWN_ATTEMPTS = 2


class DeliverService:
    """Sends what the outbox holds to the platforms that are open."""

    def __init__(  # noqa: PLR0913 - one part of the house each
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        machine_now: Callable[[], datetime],
        *,
        absence: Absence | None = None,
        at_once: int = AT_ONCE,
        lease: timedelta = LEASE,
    ) -> None:
        self._lease = lease
        self._store = store
        self._platforms = platforms
        self._machine_now = machine_now
        self._at_once = at_once
        self._absence = absence or Absence(store, platforms, machine_now)
        self._probes: dict[str, datetime] = {}
        #: The loop's time from which a channel takes its next message.
        self._free: dict[str, float] = {}
        self._under_way: set[asyncio.Task[None]] = set()
        self._look = asyncio.Event()

    async def round(self) -> int:
        """Send what may go now, one message a channel; return how many were claimed."""
        claimed = await self._claim(self._at_once)
        await asyncio.gather(*(self._deliver(delivery) for delivery in claimed))
        return len(claimed)

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
        try:
            while True:
                self._look.clear()
                await self._begin()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(await self._pause(tick)):
                        await self._look.wait()
                await asyncio.sleep(BREATH_SECONDS)
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
        for delivery in await self._claim(free) if free > 0 else ():
            task = asyncio.create_task(self._deliver(delivery), name=f"deliver to {delivery.channel}")
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

    async def _claim(self, most: int) -> Sequence[Delivery]:
        async with self._store.write() as session:
            return await session.outbox.claim(self._machine_now(), self._lease, most)

    async def _deliver(self, delivery: Delivery) -> None:
        async with self._store.read() as session:
            job = await self._job(session, delivery)
        await self._send(*job)

    async def _job(
        self, session: Session, delivery: Delivery
    ) -> tuple[Delivery, Channel | None, tuple[Alert, Card | None] | None, str | None]:
        """Read what a delivery needs: its channel, its alert as it stands now, its post's message."""
        message = None
        if delivery.part != POST:
            rows = await session.outbox.of_alert(delivery.alert)
            post = next((row for row in rows if row.channel == delivery.channel and row.part == POST), None)
            message = post.message if post else None
        channel = await session.channels.get(delivery.channel)
        workspace = channel.workspace if channel else None
        return delivery, channel, await session.alerts.get(delivery.alert, workspace), message

    async def _send(
        self,
        delivery: Delivery,
        channel: Channel | None,
        told: tuple[Alert, Card | None] | None,
        message: str | None,
    ) -> None:
        platform = self._platforms.get(channel.platform) if channel else None
        if channel is None or told is None:
            await self._settle(delivery, Refused(why="the channel or the alert is gone", final=True))
            return
        if channel.paused and self._machine_now() < self._probes.get(channel.id, LONG_AGO):
            await self._settle(delivery, Refused(why=channel.paused, final=True))
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
        parcel = Parcel(
            nonce=delivery.nonce,
            part=delivery.part,
            card=None if is_line else card,
            text=delivery.text,
            message=message,
        )
        outcome = await self._paced(platform, channel, parcel)
        await self._settle(delivery, outcome, shown=alert.revision)
        await self._mark(channel, outcome)

    async def _paced(self, platform: Platform, channel: Channel, parcel: Parcel) -> Outcome:
        """Send a parcel once the channel takes another message."""
        loop = asyncio.get_running_loop()
        wait = self._free.get(channel.id, 0.0) - loop.time()
        if wait > 0:
            await asyncio.sleep(wait)
        outcome = await platform.send(channel, parcel)
        if platform.pace:
            self._free[channel.id] = loop.time() + platform.pace.total_seconds()
        return outcome

    async def _settle(self, delivery: Delivery, outcome: Outcome, shown: int = 0) -> None:
        settled, not_before = _after(delivery, outcome, shown, self._machine_now())
        async with self._store.write() as session:
            kept = await session.outbox.settle(settled, not_before=not_before)
        if not kept:
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


def _after(delivery: Delivery, outcome: Outcome, shown: int, now: datetime) -> tuple[Delivery, datetime | None]:
    """Return the row as an outcome leaves it, and when it may be tried again."""
    attempts = delivery.attempts + 1
    match outcome:
        case Sent(message=message):
            sent = replace(delivery, status=Status.SENT, message=message, shown=shown, attempts=attempts, error=None)
            return sent, None
        case Refused(why=why, final=final, retry_after=retry_after):
            if final or attempts >= ATTEMPTS:
                return replace(delivery, status=Status.GIVEN_UP, attempts=attempts, error=why), None
            wait = now + retry_after if retry_after is not None else next_attempt(now, attempts)
            return replace(delivery, attempts=attempts, error=why), wait
        case Unknown(why=why):
            if attempts >= UNKNOWN_ATTEMPTS:
                return replace(delivery, status=Status.GIVEN_UP, attempts=attempts, error=why), None
            return replace(delivery, attempts=attempts, error=why), next_attempt(now, attempts)
