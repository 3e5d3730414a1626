"""Sending goes on by itself: in each channel's own pace, none waiting for another, nothing lost or doubled."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import machine_now
from bot.domain.alert import Alert, Card
from bot.domain.audience import Channel
from bot.domain.delivery import POST, Delivery, Outcome, Parcel, Refused, Sent
from bot.engine.local import LocalEngine
from bot.ports import Ask, Complete, Heard, Store, unheard
from bot.services.deliver import DeliverService
from bot.store import open_store

AT = datetime(2025, 5, 14, 8, tzinfo=UTC)


class Limited:
    """A platform that takes one message a channel in a span, and refuses what comes sooner."""

    name = "limited"

    def __init__(self, *, says: timedelta, keeps: timedelta, slow: str = "") -> None:
        self.pace = says
        self.sent: dict[str, list[tuple[float, str]]] = {}
        self.refused = 0
        self.came = asyncio.Event()
        self._keeps = keeps.total_seconds()
        self._slow = slow

    async def start(self, ask: Ask, complete: Complete, heard: Heard = unheard) -> None:
        """Nothing to connect."""

    async def send(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Take the message, unless the channel took one just before."""
        if channel.address == self._slow:
            await asyncio.sleep(30)
        now = asyncio.get_running_loop().time()
        taken = self.sent.setdefault(channel.address, [])
        if taken and now < taken[-1][0] + self._keeps:
            self.refused += 1
            return Refused(why="ratelimited", retry_after=timedelta(seconds=taken[-1][0] + self._keeps - now))
        assert parcel.card is not None
        taken.append((now, parcel.card.title))
        self.came.set()
        return Sent(message=parcel.nonce)

    def language(self, channel: Channel) -> str:
        """Return what is read here."""
        return "en"

    async def tell(self, channel: Channel, text: str) -> bool:
        """Tell nobody."""
        return False

    async def close(self) -> None:
        """Nothing to let go of."""

    def arrived(self) -> int:
        """Return how many messages there are."""
        return sum(map(len, self.sent.values()))


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    """Return an empty store."""
    store = open_store("sqlite://")
    await store.open()
    yield store
    await store.close()


async def wait_for(platform: Limited, number: int) -> None:
    """Return once so many messages have arrived."""
    async with asyncio.timeout(10):
        while platform.arrived() < number:
            platform.came.clear()
            await platform.came.wait()


async def fill(store: Store, channels: int, alerts: int) -> None:
    """Put so many alerts for each of so many channels into the outbox."""
    async with store.write() as session:
        for number in range(channels):
            where = Channel(id=f"limited:w:{number}", platform="limited", workspace="w", address=str(number))
            await session.channels.put(where)
        for number in range(alerts):
            alert = Alert(id=f"alert-{number}", at=AT, story="s", kind="demand", headline=f"{number}")
            await session.alerts.put(alert, Card(title=f"{number}"))
            await session.outbox.put(
                Delivery(channel=f"limited:w:{place}", alert=alert.id, part=POST) for place in range(channels)
            )


@asynccontextmanager
async def sending(
    store: Store, platform: Limited, tick: timedelta = timedelta(seconds=1)
) -> AsyncIterator[LocalEngine]:
    """Let a service send while the block runs."""
    engine = LocalEngine()
    service = DeliverService(store, {"limited": platform}, machine_now, machine_now)
    going = asyncio.create_task(service.keep_going(lambda span: engine.wait("deliver", span), tick))
    try:
        yield engine
    finally:
        going.cancel()
        await asyncio.wait({going})


async def test_every_channel_gets_all_in_order_in_the_pace_that_it_takes(store: Store) -> None:
    await fill(store, channels=20, alerts=5)
    platform = Limited(says=timedelta(seconds=0.1), keeps=timedelta(seconds=0.1))
    began = asyncio.get_running_loop().time()

    async with sending(store, platform):
        await wait_for(platform, 100)
    took = asyncio.get_running_loop().time() - began

    assert platform.refused == 0
    assert all([title for _, title in taken] == ["0", "1", "2", "3", "4"] for taken in platform.sent.values())
    assert took < 4 * 0.1 + 0.8


async def test_what_is_refused_for_now_goes_when_it_may_and_not_with_the_next_tick(store: Store) -> None:
    await fill(store, channels=2, alerts=3)
    platform = Limited(says=timedelta(0), keeps=timedelta(seconds=0.15))

    async with sending(store, platform, tick=timedelta(seconds=30)):
        await wait_for(platform, 6)

    assert platform.refused > 0
    assert all([title for _, title in taken] == ["0", "1", "2"] for taken in platform.sent.values())


async def test_no_channel_waits_for_one_that_hangs(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.deliver.GRACE_SECONDS", 0.05)
    await fill(store, channels=3, alerts=3)
    platform = Limited(says=timedelta(0), keeps=timedelta(0), slow="1")

    async with sending(store, platform):
        await wait_for(platform, 6)

    assert set(platform.sent) == {"0", "2"}


async def test_what_is_put_in_later_goes_at_once_when_somebody_says_so(store: Store) -> None:
    platform = Limited(says=timedelta(0), keeps=timedelta(0))

    async with sending(store, platform, tick=timedelta(seconds=30)) as engine:
        await asyncio.sleep(0.05)
        await fill(store, channels=1, alerts=1)
        await engine.wake("deliver")
        await wait_for(platform, 1)
