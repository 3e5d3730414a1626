"""What a Discord adapter is tested with."""

from bot.domain.audience import Channel
from bot.platforms.discord import Discord, DiscordOptions
from tests.platforms.desk import TABLE, AnswerDesk
from tests.platforms.discord.server import TOKEN, DiscordServer
from tests.platforms.discord.shapes import DESK, GUILD

HERE = Channel(id=f"discord:{GUILD}:{DESK}", platform="discord", workspace=GUILD, address=DESK, name="desk")


def adapter(server: DiscordServer, token: str = TOKEN) -> Discord:
    """Return an adapter that will connect to the fake."""
    return Discord(DiscordOptions(token=token, api=server.api, gateway=server.gateway.url), TABLE, AnswerDesk().parse)
