"""The whole house on Slack: a feed changes, and the desk that follows the story reads one message."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import App
from bot.clock import FastClock
from bot.config import Settings
from tests.platforms.slack.people import Socket, slash
from tests.platforms.slack.server import APP_TOKEN, BOT_TOKEN, FakeSlack

START = datetime(2025, 5, 14, 8, tzinfo=UTC)
ITEM = """<item><guid>{id}</guid><title>{title}</title><link>http://wire.example/{id}</link><description>{text}</description>
<pubDate>Wed, 14 May 2025 08:05:00 GMT</pubDate></item>"""
MEDINSKY = ITEM.format(
    id="1",
    title="Kremlin names Medinsky to lead delegation at Istanbul talks",
    text="President Vladimir Putin has appointed Vladimir Medinsky to head the Russian delegation at the talks with Ukraine.",
)


class Feed:
    """A feed whose items can be set."""

    def __init__(self) -> None:
        self.items = ""
        self.port = 0
        self.polls = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Feed"]:
        app = web.Application()
        app.router.add_get("/feed", self._serve)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        yield self
        await runner.cleanup()

    async def _serve(self, request: web.Request) -> web.Response:
        self.polls += 1
        return web.Response(text=f"<rss version='2.0'><channel><title>Wire</title>{self.items}</channel></rss>")


@asynccontextmanager
async def lit(folder: Path, slack: FakeSlack, feed: Feed) -> AsyncIterator[App]:
    """Run the whole bot on one feed and Slack; its news clock runs ten thousand times as fast."""
    settings: dict[str, Any] = {
        "database": f"sqlite:///{folder / 'house.sqlite3'}",
        "console": False,
        "web": {"enabled": False},
        "feeds": {
            "starter": False,
            "internal": ["127.0.0.1/32"],
            "add": [{"url": f"http://127.0.0.1:{feed.port}/feed", "id": "wire", "outlet": "Meridian Wire"}],
        },
        "slack": {"mode": "socket", "bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "api": slack.api},
    }
    clock = FastClock(START, 10_000)
    app, until, ready = (
        App(Settings.model_validate(settings), clock, timedelta(seconds=0.05)),
        asyncio.Event(),
        asyncio.Event(),
    )
    await app.open()
    running = asyncio.create_task(app.run(until, ready.set))
    await ready.wait()
    yield app
    until.set()
    await running
    await app.close()


async def until_true(holds: Any) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - what is waited for lies in another program
            await asyncio.sleep(0.02)


async def test_a_feed_changes_and_the_desk_reads_one_message(tmp_path: Path) -> None:
    async with FakeSlack().running() as slack, Feed().running() as feed, lit(tmp_path, slack, feed):
        socket = Socket(slack)
        await socket.types(slash(slack, "/subscribe istanbul-talks"))
        assert "Istanbul talks" in str(await slack.answer())
        await until_true(lambda: feed.polls > 0)
        feed.items = MEDINSKY
        await until_true(lambda: slack.messages)
        seen = feed.polls
        await until_true(lambda: feed.polls > seen + 1)
        [message] = slack.messages
        assert "Medinsky" in message.text
        assert "wire.example" in str(message.blocks)

        await socket.types(slash(slack, "/summary istanbul-talks"))
        assert "Medinsky" in str(await slack.answer())
