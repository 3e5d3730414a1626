"""What people ask is done once: after a restart, and whichever process is handed it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.platforms.once import Once
from bot.platforms.slack import Slack
from bot.ports import Store
from bot.store import open_store
from tests.platforms.desk import TABLE, AnswerDesk
from tests.platforms.discord.server import DiscordServer
from tests.platforms.discord.shapes import interaction
from tests.platforms.discord.stand import adapter
from tests.platforms.slack.office import records_of
from tests.platforms.slack.people import SignedHttp, slash
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.stand import options

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'once.sqlite3'}")
    await store.open()
    yield store
    await store.close()


async def test_another_process_knows_what_one_was_handed(store: Store) -> None:
    one, other = (Once("discord", store, lambda: NOW) for _ in range(2))

    assert await one.is_new("1")
    await one.finish()
    assert [await one.is_new("1"), await other.is_new("1"), await other.is_new("2")] == [False, False, True]
    assert await Once("slack", store, lambda: NOW).is_new("1")


async def test_nobody_waits_for_a_store_that_writes(store: Store) -> None:
    once, begun, over = Once("slack", store, lambda: NOW), asyncio.Event(), asyncio.Event()

    async def write_long() -> None:
        async with store.write():
            begun.set()
            await over.wait()

    writing = asyncio.create_task(write_long())
    await begun.wait()

    assert await once.is_new("1")
    assert not await once.is_new("1")
    over.set()
    await writing
    await once.finish()


async def test_slack_asks_another_process_again_and_is_answered_once(store: Store) -> None:
    desk = AnswerDesk()
    async with FakeSlack().running() as slack:
        asked = slash(slack, "/summary istanbul-talks")
        for _ in range(2):
            platform = Slack(options(slack, "http"), TABLE, desk.parse, records_of(store, NOW))
            await platform.start(desk.ask, desk.complete)
            await SignedHttp(platform.url).types(asked)
            await platform.close()

        assert [call.command for call in desk.calls] == ["summary"]


async def test_discord_asks_another_process_again_and_is_answered_once(store: Store) -> None:
    desk, server = AnswerDesk(), DiscordServer()
    async with server.running():
        statuses = []
        asked = interaction(2, {"id": "1", "name": "stories", "type": 1})
        for _ in range(2):
            discord = adapter(server, mode="http", once=Once("discord", store, lambda: NOW))
            await discord.start(desk.ask, desk.complete)
            server.endpoint = discord.url
            statuses.append((await server.knock(asked))[0])
            await discord.close()

    assert statuses == [200, 204]
    assert [call.command for call in desk.calls] == ["stories"]
