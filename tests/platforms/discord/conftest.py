"""A fake Discord, and an adapter that is connected to it."""

from collections.abc import AsyncIterator

import pytest

from bot.platforms.discord import Discord
from tests.platforms.desk import AnswerDesk
from tests.platforms.discord.server import DiscordServer
from tests.platforms.discord.stand import adapter


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Return a Discord that listens."""
    async with DiscordServer().running() as server:
        yield server


@pytest.fixture
def desk() -> AnswerDesk:
    """Return who answers."""
    return AnswerDesk()


@pytest.fixture
async def discord(server: DiscordServer, desk: AnswerDesk) -> AsyncIterator[Discord]:
    """Return an adapter that is connected."""
    discord = adapter(server)
    await discord.start(desk.ask, desk.complete)
    yield discord
    await discord.close()
