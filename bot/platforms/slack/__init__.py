"""Slack: blocks out, slash commands and buttons in, over signed HTTP or Socket Mode.

Slack's libraries are loaded only when `Slack` is asked for, so that printing
the manifest stays cheap.
"""

from typing import TYPE_CHECKING, Any

from bot.platforms.slack.options import SlackOptions

if TYPE_CHECKING:
    from bot.platforms.slack.client import Slack

__all__ = ["Slack", "SlackOptions"]


def __getattr__(name: str) -> Any:
    """Load the adapter with its vendors when it is first asked for."""
    if name != "Slack":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bot.platforms.slack.client import Slack as found  # noqa: N813, PLC0415 - half a second that others need not pay

    return found
