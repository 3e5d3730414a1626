"""A feed that names a hub is pushed to us, and polled all the same when the hub fails."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.push import Push, Standing
from bot.engine import open_engine
from bot.services.intake import Intake
from bot.services.poll import PollService
from bot.services.websub import WAITS, WebSub, is_signed
from tests.fakes import FeedShelf
from tests.house import House, open_house
from tests.services.poller import Poller, url_of
from tests.services.test_no_flood import NAMED

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HUB = "https://hub.example/"


class Newsroom(Poller):
    """A poller whose feeds name a hub, and the hub."""

    def __init__(self, house: House) -> None:
        super().__init__(house, FeedShelf())
        intake = Intake(house.store, lambda: house.ingest, open_engine("local:"), house.clock)
        self.websub = WebSub(
            store=house.store,
            source=self.shelf,
            intake=intake,
            clock=house.clock,
            machine_now=lambda: house.machine,
            public="https://bot.example/websub/",
        )
        self.service = PollService(
            store=house.store,
            source=self.shelf,
            intake=intake,
            clock=house.clock,
            machine_now=lambda: house.machine,
            look=self.websub.look,
        )
        self.shelf.answer(HUB, 202)

    async def follow(self, *names: str) -> None:
        await super().follow(*names)
        for name in names:
            self.shelf.shelf[url_of(name)].hub = HUB

    async def subscribed(self, name: str = "wire") -> Push:
        """Follow a feed until its hub was asked; return what we keep of it."""
        self.publish(name, "0", "Nothing yet")
        await self.follow(name)
        await self.wait(MINUTE)
        await self.wait(31 * MINUTE)
        await self.websub.round()
        return await self.push(name)

    async def push(self, name: str = "wire") -> Push:
        async with self.house.store.read() as session:
            return (await session.pushes.of([name]))[name]

    async def verified(self, lease: timedelta = 5 * DAY) -> Push:
        """Follow a feed whose hub then comes to verify."""
        push = await self.subscribed()
        assert await self.websub.verify(push.token, question(push, lease_seconds=int(lease.total_seconds()))) == "echo"
        return await self.push()

    async def is_pushed(self, name: str = "wire") -> bool:
        async with self.house.store.write() as session:
            found = await session.feeds.get(name)
            assert found is not None
            return name in await self.websub.look(session, [found])


def question(push: Push, **changes: object) -> dict[str, str]:
    asked = {"mode": "subscribe", "topic": push.topic, "challenge": "echo", "lease_seconds": 432_000} | changes
    return {f"hub.{name}": str(value) for name, value in asked.items() if value is not None}


def signed(push: Push, body: bytes, method: str = "sha256") -> str:
    return f"{method}={hmac.new(push.secret.encode(), body, method).hexdigest()}"


@pytest.fixture
async def room() -> AsyncIterator[Newsroom]:
    async with open_house() as house:
        await house.ask("/subscribe all level:everything")
        room = Newsroom(house)
        yield room
        await room.service.finish()


async def test_a_hub_is_asked_with_a_secret_and_an_address_that_nobody_can_guess(room: Newsroom) -> None:
    push = await room.subscribed()

    [(hub, form)] = room.shelf.forms
    assert hub == HUB
    assert form["hub.mode"] == "subscribe"
    assert form["hub.topic"] == url_of("wire")
    assert form["hub.callback"] == f"https://bot.example/websub/{push.token}"
    assert form["hub.secret"] == push.secret
    assert len(push.token) >= 32
    assert len(push.secret) >= 32
    assert not await room.is_pushed()


async def test_a_feed_without_a_hub_asks_nobody(room: Newsroom) -> None:
    room.publish("wire", "0", "Nothing yet")
    await Poller.follow(room, "wire")
    for _ in range(3):
        await room.wait(31 * MINUTE)
        await room.websub.round()

    assert room.shelf.forms == []


@pytest.mark.parametrize(
    "changes",
    [
        {"topic": "https://other.example/feed"},
        {"topic": None},
        {"mode": "unsubscribe"},
        {"mode": None},
        {"challenge": None},
    ],
)
async def test_what_we_did_not_ask_for_is_not_confirmed(room: Newsroom, changes: dict[str, object]) -> None:
    push = await room.subscribed()

    assert await room.websub.verify(push.token, question(push, **changes)) is None
    assert await room.websub.verify("a-guess", question(push)) is None
    assert (await room.push()).standing is Standing.ASKED


async def test_verified_it_holds_until_its_lease_ends_and_is_renewed_before(room: Newsroom) -> None:
    push = await room.verified(lease=10 * HOUR)
    assert await room.is_pushed()

    room.house.machine += 7 * HOUR
    await room.websub.round()
    assert len(room.shelf.forms) == 1
    room.house.machine += 2 * HOUR
    await room.websub.round()
    assert len(room.shelf.forms) == 2
    assert room.shelf.forms[1][1]["hub.secret"] == push.secret
    assert await room.is_pushed()

    await room.websub.verify(push.token, question(push, lease_seconds=36_000))
    room.house.machine += 5 * HOUR
    assert await room.is_pushed()
    room.house.machine += 6 * HOUR
    assert not await room.is_pushed()


async def test_a_silent_hub_is_asked_again_ever_more_rarely(room: Newsroom) -> None:
    await room.subscribed()
    asked = len(room.shelf.forms)
    for wait in WAITS:
        room.house.machine += wait - MINUTE
        await room.websub.round()
        assert len(room.shelf.forms) == asked
        room.house.machine += MINUTE
        await room.websub.round()
        asked += 1
        assert len(room.shelf.forms) == asked


async def test_a_hub_that_cannot_be_reached_or_says_no_leaves_the_feed_to_polling(room: Newsroom) -> None:
    room.shelf.answer(HUB, 500)
    push = await room.subscribed()
    assert room.shelf.forms == []
    assert not await room.is_pushed()

    assert await room.websub.verify(push.token, question(push, mode="denied", challenge=None)) == ""
    assert (await room.push()).standing is Standing.DENIED
    assert await room.websub.verify(push.token, question(push)) is None
    polls = len(room.shelf.polls)
    await room.wait(31 * MINUTE)
    assert len(room.shelf.polls) == polls + 1


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
async def test_pushed_news_is_told_at_once_and_once(room: Newsroom, method: str) -> None:
    push = await room.verified()
    room.publish("wire", "1", NAMED[0], summary=NAMED[1])
    room.shelf.publish("push", id="1", title=NAMED[0], summary=NAMED[1], link=f"{url_of('wire')}/1")

    for _ in range(2):
        await room.websub.deliver(push.token, b"push", "application/rss+xml", signed(push, b"push", method))
    assert len(await room.headlines()) == 1

    await room.wait(31 * MINUTE)
    assert len(await room.headlines()) == 1


@pytest.mark.parametrize(
    "signature",
    ["", "sha256=", "sha256=00", "md5=d41d8cd98f00b204e9800998ecf8427e", "sha256", "nonsense", "sha256=žlutý"],
)
async def test_news_that_its_hub_has_not_signed_is_dropped(room: Newsroom, signature: str) -> None:
    push = await room.verified()
    room.shelf.publish("push", id="1", title=NAMED[0], summary=NAMED[1])

    await room.websub.deliver(push.token, b"push", "application/rss+xml", signature)
    await room.websub.deliver(push.token, b"push", "application/rss+xml", signed(push, b"something else"))
    await room.websub.deliver("a-guess", b"push", "application/rss+xml", signed(push, b"push"))

    assert await room.headlines() == []


async def test_a_signature_of_another_secret_does_not_hold() -> None:
    ours = hmac.new(b"secret", b"body", hashlib.sha256).hexdigest()
    assert is_signed("secret", b"body", f"sha256={ours}")
    assert is_signed("secret", b"body", f"SHA256={ours.upper()}")
    assert not is_signed("other", b"body", f"sha256={ours}")


async def test_news_before_the_hub_was_verified_or_that_nobody_can_read_does_no_harm(room: Newsroom) -> None:
    push = await room.subscribed()
    room.shelf.publish("push", id="1", title=NAMED[0], summary=NAMED[1])
    await room.websub.deliver(push.token, b"push", "", signed(push, b"push"))
    await room.websub.verify(push.token, question(push))
    await room.websub.deliver(push.token, b"no feed", "", signed(push, b"no feed"))

    assert await room.headlines() == []


async def test_a_feed_that_was_removed_is_pushed_no_more(room: Newsroom) -> None:
    push = await room.verified()
    assert await room.websub.knows(push.token)

    async with room.house.store.write() as session:
        await session.feeds.remove("wire")
    assert not await room.websub.knows(push.token)
    room.house.machine += 5 * DAY
    await room.websub.round()
    assert len(room.shelf.forms) == 1
    async with room.house.store.read() as session:
        assert await session.pushes.of(["wire"]) == {}


async def test_a_feed_that_goes_to_another_hub_is_asked_for_there(room: Newsroom) -> None:
    first = await room.verified()
    room.shelf.answer("https://other.example/", 202)
    room.shelf.shelf[url_of("wire")].hub = "https://other.example/"
    room.publish("wire", "2", "Rain again")
    for _ in range(2):
        await room.wait(31 * MINUTE)
    await room.websub.round()

    assert room.shelf.forms[-1][0] == "https://other.example/"
    assert (await room.push()).token != first.token
    assert not await room.websub.knows(first.token)
