"""What every platform does, wherever it shows what we say."""

import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC

import pytest
from aiohttp import ClientSession

from bot.domain.audience import CONSOLE, PAGE, Channel
from bot.domain.delivery import EDIT, POST, Parcel, Sent, line
from bot.platforms.console import Console
from bot.platforms.slack import Slack
from bot.platforms.web import Web
from bot.ports import Platform
from tests.platforms.cards import ALERT, CORRECTION, HOSTILE, SUMMARY
from tests.platforms.desk import TABLE, AnswerDesk
from tests.platforms.discord import stand as discord_stand
from tests.platforms.discord.server import DiscordServer
from tests.platforms.slack import stand as slack_stand
from tests.platforms.slack.server import FakeSlack

#: What an adapter is tested with: itself, a channel, and how to read what that shows.
Stand = tuple[Platform, Channel, Callable[[], Awaitable[str]]]


@asynccontextmanager
async def console() -> AsyncIterator[Stand]:
    """Return a console that prints into memory."""
    out = io.StringIO()

    async def shown() -> str:
        return out.getvalue()

    yield Console(out, lines=False, zone=UTC), CONSOLE, shown


@asynccontextmanager
async def web() -> AsyncIterator[Stand]:
    """Return a page on a free port, read over HTTP."""
    page = Web(port=0, parse=AnswerDesk().parse)

    async def shown() -> str:
        async with ClientSession() as browser, browser.get(page.url) as answer:
            return await answer.text()

    yield page, PAGE, shown


@asynccontextmanager
async def slack() -> AsyncIterator[Stand]:
    """Return the adapter beside a fake workspace, read as the channel shows it."""
    async with FakeSlack().running() as fake:

        async def shown() -> str:
            return "\n".join(
                json.dumps(message.blocks, ensure_ascii=False) if message.blocks else message.text
                for message in fake.messages
            )

        yield Slack(slack_stand.options(fake, "http"), TABLE, AnswerDesk().parse), slack_stand.channel(), shown


@asynccontextmanager
async def discord() -> AsyncIterator[Stand]:
    """Return the adapter beside a fake server, read as the channel and its threads show it."""
    async with DiscordServer().running() as fake:

        async def shown() -> str:
            return fake.shown()

        yield discord_stand.adapter(fake), discord_stand.HERE, shown


#: One row for each adapter.
ADAPTERS: dict[str, Callable[[], AbstractAsyncContextManager[Stand]]] = {
    "console": console,
    "web": web,
    "slack": slack,
    "discord": discord,
}


@pytest.fixture(params=ADAPTERS)
async def stand(request: pytest.FixtureRequest) -> AsyncIterator[Stand]:
    """Return each adapter in turn."""
    async with ADAPTERS[request.param]() as stand:
        yield stand


async def test_a_post_its_line_and_its_edit_are_taken_and_shown(stand: Stand) -> None:
    platform, channel, shown = stand
    desk = AnswerDesk()
    await platform.start(desk.ask, desk.complete)

    post = await platform.send(channel, Parcel(nonce="a" * 24, part=POST, card=ALERT))
    assert isinstance(post, Sent)
    assert post.message
    more = Parcel(nonce="b" * 24, part=line(1), text="Also Straits Daily, 22:52.", message=post.message)
    assert isinstance(await platform.send(channel, more), Sent)
    edit = Parcel(nonce="c" * 24, part=EDIT, card=CORRECTION, message=post.message)
    assert isinstance(await platform.send(channel, edit), Sent)
    assert "Also Straits Daily, 22:52." in await shown()
    assert "Rustem Umerov" in await shown()
    await platform.close()


async def test_the_same_nonce_makes_one_message(stand: Stand) -> None:
    platform, channel, shown = stand
    desk = AnswerDesk()
    await platform.start(desk.ask, desk.complete)
    parcel = Parcel(nonce="a" * 24, part=POST, card=SUMMARY)

    first, again = await platform.send(channel, parcel), await platform.send(channel, parcel)

    assert first == again
    assert (await shown()).count("prisoner exchange, 1,000 each") == 1
    await platform.close()


async def test_whatever_a_feed_holds_is_shown_without_harm(stand: Stand) -> None:
    platform, channel, shown = stand
    desk = AnswerDesk()
    await platform.start(desk.ask, desk.complete)

    assert isinstance(await platform.send(channel, Parcel(nonce="a" * 24, part=POST, card=HOSTILE)), Sent)

    assert not {"\u202e", "\u200b", "\x1b"} & set(await shown())
    assert "javascript:" not in await shown()
    await platform.close()


async def test_closing_twice_does_no_harm(stand: Stand) -> None:
    platform, _, _ = stand
    desk = AnswerDesk()
    await platform.start(desk.ask, desk.complete)

    await platform.close()
    await platform.close()
