"""What became of a message, told from what Slack answered or how the wire failed."""

from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.delivery import Refused, Unknown
from bot.locales import _

#: Where Slack asks us to wait and does not say how long.
WAIT = timedelta(seconds=30)

# The words of errors are Slack's; what is said about them is for the operator.
CHANNEL_LOST = {
    "channel_not_found": _("the channel is gone, or private without us in it: invite the bot there"),
    "is_archived": _("the channel is archived"),
    "not_in_channel": _("the bot is not in the channel: invite it there"),
    "account_inactive": "the bot's account is switched off: install the app again",
    "token_revoked": "the bot token was revoked: install the app again",
    "token_expired": "the bot token has expired: install the app again",
    "invalid_auth": "the bot token is not valid: install the app again",
    "not_authed": "there is no bot token",
    "restricted_action": "the workspace lets nobody of our rank post there",
    "restricted_action_read_only_channel": "the channel is read-only",
    "ekm_access_denied": "the workspace's administrators have stopped posting",
    "team_access_not_granted": "the app may not act in this workspace",
}

# A definite no that may be a yes later.
LATER = frozenset({"ratelimited", "rate_limited", "service_unavailable", "team_added_to_org", "request_timeout"})

# Slack's words for "something may have happened before this error".
HALF_DONE = frozenset({"fatal_error", "internal_error"})

# A definite no to a message's looks, not to its words.
UNFIT = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})

CLIENT_ERROR = 400
TOO_MANY = 429
SERVER_ERROR = 500


def outcome_of(failure: Exception) -> Refused | Unknown:
    """Return what a failed call means for its message."""
    match failure:
        case SlackApiError():
            return _answered(failure)
        # All of these fail before the first byte of a body is sent: DNS, refused, TLS.
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError() | aiohttp.InvalidURL():
            return Refused(why=f"Slack cannot be reached ({type(failure).__name__})")
        case _:
            return Unknown(why=f"Slack did not answer ({type(failure).__name__})")


def is_unfit(failure: SlackApiError) -> bool:
    """Return whether Slack would not have the blocks, and has posted nothing."""
    return _error(failure) in UNFIT


def _error(failure: SlackApiError) -> str:
    # Bytes that are no JSON arrive as aiohttp's response instead of Slack's.
    data = getattr(failure.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _answered(failure: SlackApiError) -> Refused | Unknown:
    response = failure.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    error = _error(failure)
    if status == TOO_MANY or error in LATER:
        return Refused(why=error or "ratelimited", retry_after=retry_after(response))
    if status >= SERVER_ERROR or error in HALF_DONE:
        return Unknown(why=error or f"Slack answered {status}")
    if error in CHANNEL_LOST:
        return Refused(why=f"{error}: {CHANNEL_LOST[error]}", final=True, channel_lost=True)
    if not error and status < CLIENT_ERROR:
        return Unknown(why=f"Slack's answer cannot be read (status {status})")
    return Refused(why=error or f"Slack answered {status}", final=True)


def retry_after(response: object) -> timedelta:
    """Return how long an answer asks us to wait."""
    headers = getattr(response, "headers", None) or {}
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        return WAIT
    return timedelta(seconds=seconds) if 0 <= seconds < timedelta(days=1).total_seconds() else WAIT
