"""What a Discord adapter is tested with."""

from typing import Literal

from bot.domain.audience import Channel
from bot.platforms.discord import Discord, DiscordOptions
from bot.platforms.once import Once
from tests.platforms.desk import TABLE, AnswerDesk
from tests.platforms.discord.server import TOKEN, DiscordServer
from tests.platforms.discord.shapes import DESK, GUILD

HERE = Channel(id=f"discord:{GUILD}:{DESK}", platform="discord", workspace=GUILD, address=DESK, name="desk")


def adapter(
    server: DiscordServer,
    token: str = TOKEN,
    mode: Literal["gateway", "http", "both"] = "gateway",
    once: Once | None = None,
) -> Discord:
    """Return an adapter that will connect to the fake."""
    options = DiscordOptions(
        mode=mode,
        token=token,
        public_key=server.signing.verify_key.encode().hex(),
        port=0,
        api=server.api,
        gateway=server.gateway.url,
    )
    return Discord(options, TABLE, AnswerDesk().parse, once=once)
