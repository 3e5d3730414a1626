"""Channels as Slack names them."""

from bot.domain.audience import Channel
from bot.platforms.slack.events import PLATFORM
from bot.platforms.slack.workspaces import Workspace

#: How the ids of direct messages begin.
DIRECT = "D"

# Slack hides the names of such channels behind these words.
NAMELESS = frozenset({"directmessage", "privategroup"})


def channel_in(workspace: Workspace, address: str, name: str = "") -> Channel:
    """Return a channel of a workspace, nameless where Slack hides its name."""
    return Channel(
        id=f"{PLATFORM}:{workspace.team}:{address}",
        platform=PLATFORM,
        workspace=workspace.team,
        address=address,
        name="" if name in NAMELESS else name,
    )
