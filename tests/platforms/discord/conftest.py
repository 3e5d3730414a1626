"""A fake Discord, and an adapter that is connected to it."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.audience import Channel
from bot.platforms.discord import Discord, DiscordOptions
from tests.platforms.desk import TABLE, AnswerDesk
from tests.platforms.discord.server import TOKEN, DiscordServer
from tests.platforms.discord.shapes import DESK, GUILD

HERE = Channel(id=f"discord:{GUILD}:{DESK}", platform="discord", workspace=GUILD, address=DESK, name="desk")


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Return a Discord that listens."""
    server = DiscordServer()
    await server.start()
    yield server
    await server.close()


@pytest.fixture
def desk() -> AnswerDesk:
    """Return who answers."""
    return AnswerDesk()


def adapter(server: DiscordServer, token: str = TOKEN) -> Discord:
    """Return an adapter that will connect to the fake."""
    return Discord(DiscordOptions(token=token, api=server.api, gateway=server.gateway.url), TABLE)


@pytest.fixture
async def discord(server: DiscordServer, desk: AnswerDesk) -> AsyncIterator[Discord]:
    """Return an adapter that is connected."""
    discord = adapter(server)
    await discord.start(desk.ask, desk.complete)
    yield discord
    await discord.close()
