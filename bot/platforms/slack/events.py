"""What Slack tells without being asked: channels come and go, the app is removed, somebody opens our page."""

from collections.abc import Mapping
from typing import Any

from bot.domain.audience import Presence
from bot.locales import _

PLATFORM = "slack"

#: Events about a channel, and why we may no longer post there; ``None``: we may again.
CHANNEL_EVENTS: Mapping[str, str | None] = {
    "channel_archive": _("the channel is archived"),
    "channel_deleted": _("the channel is deleted"),
    "channel_left": _("the bot was removed from the channel: invite it again"),
    "channel_unarchive": None,
    "group_archive": _("the channel is archived"),
    "group_deleted": _("the channel is deleted"),
    "group_left": _("the bot was removed from the channel: invite it again"),
    "group_unarchive": None,
    "member_joined_channel": None,
}

#: Events about the whole workspace.
GONE = ("app_uninstalled", "tokens_revoked")
REMOVED = _("the app was removed from the workspace: install it again")

HOME = "app_home_opened"

#: What the manifest asks to be told.
EVENTS = tuple(sorted((*CHANNEL_EVENTS, *GONE, HOME)))


def presence_of(event: Mapping[str, Any], team: str, account: str) -> Presence | None:
    """Return what an event says of our presence in a channel, if anything.

    Args:
        event: As Slack sends it.
        team: The workspace it comes from.
        account: Our own account there; that others join says nothing.
    """
    kind = str(event.get("type", ""))
    if kind not in CHANNEL_EVENTS or (kind == "member_joined_channel" and event.get("user") != account):
        return None
    where = event.get("channel")
    address = str(where.get("id", "") if isinstance(where, Mapping) else where or "")
    if not address:
        return None
    return Presence(platform=PLATFORM, workspace=team, address=address, why=CHANNEL_EVENTS[kind])


def takes_our_token(event: Mapping[str, Any]) -> bool:
    """Return whether an event takes the bot's own token, not somebody's personal one."""
    if event.get("type") == "app_uninstalled":
        return True
    return event.get("type") == "tokens_revoked" and bool((event.get("tokens") or {}).get("bot"))
