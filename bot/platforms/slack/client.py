"""Slack as a platform: stock Bolt, over signed HTTP or Socket Mode."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import log
from bot.domain.audience import Channel
from bot.domain.command import Command
from bot.domain.delivery import EDIT, Outcome, Parcel, Refused, Sent
from bot.errors import PlatformError
from bot.platforms.asking import with_working_buttons
from bot.platforms.slack.commands import Listener
from bot.platforms.slack.doors import Door, HttpDoor, SocketDoor
from bot.platforms.slack.options import SlackOptions
from bot.platforms.slack.outcome import is_unfit, outcome_of
from bot.platforms.slack.render import Message, render, render_line
from bot.ports import Ask, Complete, Heard, Parse, unheard

_log = log.get("slack")

# A post that takes longer has an unknown outcome; the outbox's lease is longer.
TIMEOUT = aiohttp.ClientTimeout(total=30, sock_connect=10)

# How many acknowledged posts we would recognise, were we asked to send them again.
REMEMBERED = 10_000

#: The name of our metadata, whose payload holds a delivery's nonce.
EVENT = "dragoman_delivery"


class Slack:
    """Posts alerts to channels of one workspace and answers what people ask there."""

    name = "slack"

    def __init__(self, options: SlackOptions, table: Sequence[Command], parse: Parse) -> None:
        """Keep what is needed to connect; nothing is opened yet.

        Args:
            options: How to reach Slack and be reached.
            table: The commands.
            parse: Reads the text behind a slash command.
        """
        self._options = options
        self._table = table
        self._parse = parse
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None
        self._listener: Listener | None = None
        self._door: Door | None = None
        self._team = ""
        self._sent: OrderedDict[str, str] = OrderedDict()
        #: Until when, on the loop's clock, Slack wants nothing more for a channel.
        self._quiet: dict[str, float] = {}

    @property
    def url(self) -> str:
        """Where http mode listens, once started; empty in Socket Mode."""
        return self._door.url if isinstance(self._door, HttpDoor) else ""

    async def start(self, ask: Ask, complete: Complete, heard: Heard = unheard) -> None:
        """Check the token, then open the door.

        Raises:
            PlatformError: If Slack cannot be reached or refuses a token.
        """
        self._session = aiohttp.ClientSession(timeout=TIMEOUT)
        # Retries belong to the outbox: the library's own re-send blindly.
        self._client = AsyncWebClient(
            token=self._options.bot_token, base_url=self._options.api, session=self._session, retry_handlers=[]
        )
        try:
            await self._open(self._client, ask)
        except SlackApiError as refused:
            await self.close()
            raise PlatformError(_refused(refused)) from refused
        except (aiohttp.ClientError, TimeoutError) as unreachable:
            await self.close()
            raise PlatformError(
                f"Slack cannot be reached at {self._options.api} ({type(unreachable).__name__})."
            ) from unreachable
        except PlatformError:
            await self.close()
            raise

    async def send(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Post, edit or add a line to a thread.

        Slack knows no nonce, so what was acknowledged to this process is not
        posted again; the nonce travels in the message's metadata.
        """
        client = self._client
        if client is None:
            return Refused(why="Slack is not connected", retry_after=timedelta(minutes=1))
        if channel.workspace != self._team:
            return Refused(why="the channel is not in this workspace", final=True, channel_lost=True)
        known = self._sent.get(parcel.nonce)
        if known is not None and parcel.part != EDIT:
            return Sent(message=known)
        wait = self._quiet.get(channel.address, 0) - asyncio.get_running_loop().time()
        if wait > 0:
            return Refused(why="ratelimited", retry_after=timedelta(seconds=wait))
        try:
            message = await self._write(client, channel, parcel)
        except Exception as failure:  # noqa: BLE001 - whatever a platform does is an outcome, never a raise
            return self._noted(channel, outcome_of(failure))
        self._remember(parcel.nonce, message)
        return Sent(message=message)

    async def tell(self, channel: Channel, text: str) -> bool:
        """Write to who keeps a channel in private, else to the first manager that the settings name."""
        client = self._client
        if client is None or channel.workspace != self._team:
            return False
        for person in (channel.keeper, *self._options.managers):
            if not person:
                continue
            try:
                await client.chat_postMessage(channel=person, text=f"<#{channel.address}>: {render_line(text)}")
            except (SlackApiError, aiohttp.ClientError, TimeoutError):
                continue
            return True
        return False

    async def close(self) -> None:
        """Close the door, let answers under way go out, let go of the sockets."""
        door, self._door = self._door, None
        if door is not None:
            await door.close()
        if self._listener is not None:
            await self._listener.finish()
        session, self._session, self._client = self._session, None, None
        if session is not None:
            await session.close()

    async def _open(self, client: AsyncWebClient, ask: Ask) -> None:
        us = await client.auth_test()
        self._team = str(us["team_id"])
        self._listener = Listener(
            table=self._table,
            parse=self._parse,
            ask=ask,
            team=self._team,
            bot=str(us.get("user") or "Dragoman"),
            managers=self._options.managers,
        )
        app = AsyncApp(client=client, signing_secret=self._options.signing_secret or "", name="dragoman")
        self._listener.attach(app)
        if self._options.mode == "socket":
            self._door = SocketDoor(app, self._options.app_token or "")
        else:
            self._door = HttpDoor(app, self._options.host, self._options.port)
        await self._door.open()

    async def _write(self, client: AsyncWebClient, channel: Channel, parcel: Parcel) -> str:
        """Send a parcel and return its message's id; words alone if Slack will not have its looks."""
        message = _message(parcel, self._parse)
        try:
            return await _call(client, channel, parcel, message)
        except SlackApiError as refused:
            if not message.blocks or not is_unfit(refused):
                raise
            _log.warning("blocks refused, sent as text", channel=channel.id, blocks=len(message.blocks))
            return await _call(client, channel, parcel, Message(text=message.text))

    def _noted(self, channel: Channel, outcome: Outcome) -> Outcome:
        """Remember until when a channel wants nothing more."""
        if isinstance(outcome, Refused) and outcome.retry_after is not None:
            self._quiet[channel.address] = asyncio.get_running_loop().time() + outcome.retry_after.total_seconds()
        return outcome

    def _remember(self, nonce: str, message: str) -> None:
        self._sent[nonce] = message
        if len(self._sent) > REMEMBERED:
            self._sent.popitem(last=False)


def _message(parcel: Parcel, parse: Parse) -> Message:
    if parcel.card is None:
        return Message(text=render_line(parcel.text))
    return render(with_working_buttons(parcel.card, parse))


async def _call(client: AsyncWebClient, channel: Channel, parcel: Parcel, message: Message) -> str:
    """Edit the parcel's message, or post; a line goes into its thread."""
    body: dict[str, Any] = {
        "channel": channel.address,
        "text": message.text,
        "blocks": list(message.blocks),
        "metadata": {"event_type": EVENT, "event_payload": {"nonce": parcel.nonce}},
    }
    if parcel.part == EDIT and parcel.message:
        await client.chat_update(ts=parcel.message, **body)
        return parcel.message
    thread = parcel.message if parcel.card is None else None
    answer = await client.chat_postMessage(
        thread_ts=thread, mrkdwn=parcel.card is not None, unfurl_links=False, unfurl_media=False, **body
    )
    return str(answer["ts"])


def _refused(refused: SlackApiError) -> str:
    error = refused.response.get("error") if hasattr(refused.response, "get") else None
    which = "app token (`slack.app_token`)" if "apps.connections" in str(refused) else "bot token (`slack.bot_token`)"
    return f"Slack refused the {which}: {error or 'no reason given'}. docs/slack.md tells where tokens come from."
