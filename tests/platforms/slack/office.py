"""A newsroom's Slack on the real commands and a real store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot import commands
from bot.commands.complete import Choices
from bot.commands.parse import parse_line
from bot.domain.audience import Presence
from bot.platforms.slack import Slack
from bot.platforms.slack.records import Records
from bot.ports import Store
from bot.views import stories_seen
from tests.house import House, open_house
from tests.platforms.slack.people import SignedHttp, Socket, Wire
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.stand import Mode, options


@dataclass
class Office:
    """The adapter between a fake workspace and a house whose commands are the real ones."""

    slack: FakeSlack
    platform: Slack
    house: House
    wire: Wire
    choices: Choices


def records_of(store: Store, machine_now: datetime) -> Records:
    """Return what the adapter may look up, as the program does."""
    return Records(store, lambda: machine_now, stories_seen)


@asynccontextmanager
async def office(mode: Mode = "http", **fields: Any) -> AsyncIterator[Office]:
    """Open the newsroom."""
    async with FakeSlack().running() as slack, open_house() as house:
        choices = Choices(house.store)
        await choices.refresh()
        parse = partial(parse_line, table=commands.TABLE)
        platform = Slack(
            options(slack, mode, **fields),
            commands.TABLE,
            parse,
            records_of(house.store, house.machine),
        )

        async def hear(presence: Presence) -> None:
            """Nothing to do."""

        await platform.start(house.answer, choices.complete, hear)
        wire: Wire = SignedHttp(platform.url) if mode == "http" else Socket(slack)
        try:
            yield Office(slack, platform, house, wire, choices)
        finally:
            await platform.close()
