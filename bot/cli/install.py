"""What the platforms' set-up pages ask for."""

import json

from bot import commands
from bot.platforms.slack.manifest import manifest as slack_manifest


def manifest(url: str) -> str:
    """Return Slack's app manifest as JSON; without an address it is for Socket Mode."""
    return json.dumps(slack_manifest(commands.TABLE, url or None), indent=2, ensure_ascii=False)
