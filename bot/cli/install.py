"""What the platforms' set-up pages ask for."""

import json

from bot import commands
from bot.errors import PlatformError
from bot.platforms.discord.invite import invite as discord_invite
from bot.platforms.slack.manifest import manifest as slack_manifest


def manifest(url: str) -> str:
    """Return Slack's app manifest as JSON; without an address it is for Socket Mode."""
    return json.dumps(slack_manifest(commands.TABLE, url or None), indent=2, ensure_ascii=False)


def invite(application: str) -> str:
    """Return the link that invites the bot to a Discord server.

    Raises:
        PlatformError: If that is no application id; it is not repeated, for it may be a token.
    """
    if not (application.isascii() and application.isdigit()):
        raise PlatformError(
            "An application id is a number of 17 to 20 digits. Copy it from General Information at "
            "https://discord.com/developers/applications."
        )
    return discord_invite(application)
