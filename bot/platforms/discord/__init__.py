"""Discord: alerts as embeds, commands as application commands, over the gateway."""

from bot.platforms.discord.client import Discord
from bot.platforms.discord.invite import invite
from bot.platforms.discord.options import DiscordOptions

__all__ = ["Discord", "DiscordOptions", "invite"]
