"""The adapter beside the fake workspace, connected in one of its modes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from bot.domain.audience import Channel, Presence
from bot.domain.delivery import Parcel
from bot.platforms.slack import Slack, SlackOptions
from bot.platforms.slack.records import Records
from tests.platforms.cards import ALERT
from tests.platforms.desk import TABLE, AnswerDesk
from tests.platforms.slack.people import SECRET, SignedHttp, Socket, Wire
from tests.platforms.slack.server import APP_TOKEN, BOT_TOKEN, TEAM, FakeSlack

Mode = Literal["http", "socket"]


@dataclass
class Stand:
    """A connected adapter, its desk, the workspace, and the way in."""

    slack: FakeSlack
    platform: Slack
    desk: AnswerDesk
    wire: Wire
    #: What the adapter said of its presence.
    heard: list[Presence]


async def until(holds: Callable[[], object]) -> None:
    """Wait for what happens after Slack was answered; five seconds at most."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - what is waited for lies behind a socket
            await asyncio.sleep(0.005)


def channel(address: str = "C0DESK", team: str = TEAM) -> Channel:
    """Return a channel of the workspace."""
    return Channel(id=f"slack:{team}:{address}", platform="slack", workspace=team, address=address)


def a_post(nonce: str = "a" * 24) -> Parcel:
    """Return the example alert as a post."""
    return Parcel(nonce=nonce, part="post", card=ALERT)


def options(slack: FakeSlack, mode: Mode, **fields: Any) -> SlackOptions:
    """Return options that lead to the fake."""
    given: dict[str, Any] = {
        "mode": mode,
        "bot_token": BOT_TOKEN,
        "app_token": APP_TOKEN if mode == "socket" else None,
        "signing_secret": SECRET if mode == "http" else None,
        "port": 0,
        "api": slack.api,
        **fields,
    }
    return SlackOptions(**given)


@asynccontextmanager
async def connected(mode: Mode = "http", records: Records | None = None, **fields: Any) -> AsyncIterator[Stand]:
    """Run the fake and connect the adapter to it."""
    async with FakeSlack().running() as slack:
        desk = AnswerDesk()
        platform = Slack(options(slack, mode, **fields), TABLE, desk.parse, records)
        heard: list[Presence] = []

        async def hear(presence: Presence) -> None:
            heard.append(presence)

        await platform.start(desk.ask, desk.complete, hear)
        wire: Wire = SignedHttp(platform.url) if mode == "http" else Socket(slack)
        try:
            yield Stand(slack, platform, desk, wire, heard)
        finally:
            await platform.close()
