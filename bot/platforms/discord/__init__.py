"""Discord: alerts as embeds, commands as application commands, over the gateway.

Discord's library is loaded only when `Discord` is asked for, so that printing
the invite link stays cheap.
"""

from typing import TYPE_CHECKING, Any

from bot.platforms.discord.invite import invite
from bot.platforms.discord.options import DiscordOptions

if TYPE_CHECKING:
    from bot.platforms.discord.client import Discord

__all__ = ["Discord", "DiscordOptions", "invite"]


def __getattr__(name: str) -> Any:
    """Load the adapter with its vendor when it is first asked for."""
    if name != "Discord":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bot.platforms.discord.client import Discord as found  # noqa: N813, PLC0415 - half a second others need not pay

    return found
