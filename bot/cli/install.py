"""What the platforms' set-up pages ask for."""

import json
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64

from bot import commands
from bot.config import Settings
from bot.errors import PlatformError

WHERE = "It stands on the first page of your application at discord.com/developers/applications."


def manifest(url: str, *, shared: bool = False, groups: bool = False) -> str:
    """Return Slack's app manifest as JSON; without an address it is for Socket Mode.

    Raises:
        PlatformError: If others shall install it and nobody knows where.
    """
    if shared and not url:
        raise PlatformError("Where do other workspaces reach you? Add --url https://bot.example.org.")
    from bot.platforms.slack.manifest import manifest as slack_manifest  # noqa: PLC0415 - Discord needs it not

    table = [command for command in commands.TABLE if not command.operator]
    made = slack_manifest(table, url or None, shared=shared, groups=groups)
    return json.dumps(made, indent=2, ensure_ascii=False)


def sealing_key() -> str:
    """Return a fresh key that seals the tokens of workspaces."""
    from bot.platforms.slack.vault import new_key  # noqa: PLC0415 - others need no cryptography

    return new_key()


def invite(application: str | None, settings: Settings) -> str:
    """Return the link that invites the bot to a Discord server.

    Args:
        application: The application's id; ``None`` takes it from the token.
        settings: Where the token stands.

    Raises:
        PlatformError: If there is neither, or the id is no number.
    """
    from bot.platforms.discord.invite import invite as link  # noqa: PLC0415 - Slack needs it not

    found = application or _from_token(settings)
    if found is None:
        raise PlatformError(f"Which application? Write `dragoman discord invite APPLICATION_ID`. {WHERE}")
    if not (found.isascii() and found.isdigit()):  # not repeated, for it may be a token
        raise PlatformError(f"An application id is a number of 17 to 20 digits. {WHERE}")
    return link(found)


def _from_token(settings: Settings) -> str | None:
    """Return the application id that a bot token begins with, in base64."""
    token = settings.discord.token
    head = token.get_secret_value().split(".")[0] if token else ""
    try:
        return urlsafe_b64decode(head + "=" * (-len(head) % 4)).decode() or None
    except (NotBase64, UnicodeDecodeError):
        return None
