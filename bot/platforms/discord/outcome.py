"""What became of a message, told from what Discord answered or how the wire failed."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import aiohttp
import discord

from bot import log
from bot.domain.delivery import Refused, Unknown
from bot.locales import _

_log = log.get("discord")

#: Where Discord asks us to wait and does not say how long.
WAIT = timedelta(minutes=1)

UNAUTHORISED, FORBIDDEN, NOT_FOUND, TOO_MANY = 401, 403, 404, 429
CLIENT_ERROR, SERVER_ERROR = 400, 500

# Discord's numbers for what went wrong.
UNKNOWN_MESSAGE = 10008
THREAD_EXISTS = 160004

# May not (Embed Links is missing, or more), an empty message, a field that
# does not please: what says the same without an embed may still pass.
NO_EMBED = frozenset({50006, 50013, 50035})

WHY = {
    UNAUTHORISED: "the bot token is not valid any more: set a new one as `discord.token`",
    FORBIDDEN: _("the bot may not post there: give it View Channel, Send Messages and Embed Links"),
    NOT_FOUND: _("the channel is gone, or the bot is not on that server any more"),
}


@dataclass(slots=True)
class Wire:
    """How far the request under way has come."""

    #: Something left the machine, and no definite no came back.
    out: bool = False


#: The wire of the send under way in this task.
WIRE: ContextVar[Wire | None] = ContextVar("wire", default=None)


def tracing() -> aiohttp.TraceConfig:
    """Return what notes on the wire how far each request comes."""
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_went_out)
    trace.on_request_end.append(_came_back)
    return trace


def outcome_of(failure: Exception, wire: Wire) -> Refused | Unknown:
    """Return what a failed send means for its message."""
    match failure:
        case discord.RateLimited():
            return Refused(why="too many messages at once", retry_after=timedelta(seconds=failure.retry_after))
        case discord.HTTPException() if failure.status < SERVER_ERROR:
            return _refused(failure)
        case discord.HTTPException():
            return Unknown(why=f"Discord answered {failure.status}")
        case aiohttp.ClientError() | OSError():
            why = f"Discord cannot be reached ({type(failure).__name__})"
        case _:
            _log.error("send went wrong", exc_info=failure)
            why = f"the message cannot be sent ({type(failure).__name__})"
    return Unknown(why=why) if wire.out else Refused(why=why)


def _refused(failure: discord.HTTPException) -> Refused:
    if failure.status == TOO_MANY:
        return Refused(why="too many requests", retry_after=_retry_after(failure.response.headers))
    if failure.status == UNAUTHORISED:
        return Refused(why=WHY[UNAUTHORISED], final=True, channel_lost=True)
    if failure.code == UNKNOWN_MESSAGE:
        return Refused(why="the post was deleted", final=True)
    if failure.status in WHY:
        # A page of whatever stands before Discord has no number: it speaks of
        # our address, not of the channel.
        if not failure.code:
            return Refused(why=f"Discord's front door answered {failure.status}")
        return Refused(why=f"{WHY[failure.status]} ({failure.code})", final=True, channel_lost=True)
    return Refused(why=f"Discord refused the message: {failure.text or failure.status}", final=True)


def _retry_after(headers: Mapping[str, str]) -> timedelta:
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        return WAIT
    return timedelta(seconds=seconds) if 0 <= seconds < timedelta(days=1).total_seconds() else WAIT


async def _went_out(
    session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestHeadersSentParams
) -> None:
    wire = WIRE.get()
    if wire:
        wire.out = True


async def _came_back(
    session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
) -> None:
    wire = WIRE.get()
    if wire and CLIENT_ERROR <= params.response.status < SERVER_ERROR:
        wire.out = False
