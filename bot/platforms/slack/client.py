"""Slack as a platform: stock Bolt, over signed HTTP or Socket Mode."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import log
from bot.domain.alert import Card
from bot.domain.audience import Channel
from bot.domain.command import Command
from bot.domain.delivery import EDIT, Outcome, Parcel, Refused, Sent
from bot.errors import PlatformError
from bot.locales import voice_in
from bot.platforms.asking import with_working_buttons
from bot.platforms.once import Once
from bot.platforms.slack.commands import LAST_SECONDS, Listener
from bot.platforms.slack.dialogs import Dialogs
from bot.platforms.slack.doors import Door, HttpDoor, SocketDoor
from bot.platforms.slack.lobby import Lobby
from bot.platforms.slack.news import News
from bot.platforms.slack.oauth import flow
from bot.platforms.slack.options import SlackOptions
from bot.platforms.slack.outcome import is_unfit, outcome_of
from bot.platforms.slack.readers import Readers
from bot.platforms.slack.records import Records
from bot.platforms.slack.render import Message, render, render_line
from bot.platforms.slack.rights import Rights
from bot.platforms.slack.vault import Vault
from bot.platforms.slack.workspaces import Authorize, Workspaces
from bot.ports import Ask, Complete, Heard, Parse, unheard

_log = log.get("slack")

# A post that takes longer has an unknown outcome; the outbox's lease is longer.
TIMEOUT = aiohttp.ClientTimeout(total=30, sock_connect=10)

# Alerts that go to many channels at about the same time.
RENDERED = 64

# How many acknowledged posts we would recognise, were we asked to send them again.
REMEMBERED = 10_000

#: The name of our metadata, whose payload holds a delivery's nonce.
EVENT = "dragoman_delivery"


class Slack:
    """Posts alerts to channels of the workspaces that have let us in, and answers what people ask there."""

    name = "slack"
    #: Slack takes about one message a second in a channel.
    pace = timedelta(seconds=1)

    def __init__(
        self,
        options: SlackOptions,
        table: Sequence[Command],
        parse: Parse,
        records: Records | None = None,
    ) -> None:
        """Keep what is needed to connect; nothing is opened yet.

        Args:
            options: How to reach Slack and be reached.
            table: The commands.
            parse: Reads the text behind a slash command.
            records: Who installed us by themselves, and what channels hear; without them nobody can install us.
        """
        self._options = options
        self._table = table
        self._parse = parse
        self._records = records
        self._once = Once(self.name, records.store, records.machine_now) if records else Once(self.name)
        self._session: aiohttp.ClientSession | None = None
        self._workspaces: Workspaces | None = None
        self._listener: Listener | None = None
        self._dialogs: Dialogs | None = None
        self._door: Door | None = None
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
        try:
            await self._open(ask, complete, heard)
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
        if self._workspaces is None:
            return Refused(why="Slack is not connected", retry_after=timedelta(minutes=1))
        workspace = await self._workspaces.get(channel.workspace)
        if workspace is None:
            return Refused(why="the app is not installed in the channel's workspace", final=True, channel_lost=True)
        known = self._sent.get(parcel.nonce)
        if known is not None and parcel.part != EDIT:
            return Sent(message=known)
        wait = self._quiet.get(channel.id, 0) - asyncio.get_running_loop().time()
        if wait > 0:
            return Refused(why="ratelimited", retry_after=timedelta(seconds=wait))
        try:
            message = await self._write(workspace.client, channel, parcel)
        except Exception as failure:  # noqa: BLE001 - whatever a platform does is an outcome, never a raise
            return self._noted(channel, outcome_of(failure))
        self._remember(parcel.nonce, message)
        return Sent(message=message)

    def language(self, channel: Channel) -> str:
        """Return what all channels are told in: Slack knows languages of people alone."""
        return self._options.language

    async def tell(self, channel: Channel, text: str) -> bool:
        """Write to who keeps a channel in private, else to who installed the app, else to the first manager."""
        workspace = await self._workspaces.get(channel.workspace) if self._workspaces else None
        if workspace is None:
            return False
        for person in (channel.keeper, workspace.installer, *self._options.people):
            if not person:
                continue
            try:
                await workspace.client.chat_postMessage(
                    channel=person, text=f"<#{channel.address}>: {render_line(text)}"
                )
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
        if self._dialogs is not None:
            await self._dialogs.finish(LAST_SECONDS)
        await self._once.finish()
        session, self._session, self._workspaces = self._session, None, None
        if session is not None:
            await session.close()

    def _client(self, token: str | None) -> AsyncWebClient:
        # Retries belong to the outbox: the library's own re-send blindly.
        return AsyncWebClient(token=token, base_url=self._options.api, session=self._session, retry_handlers=[])

    async def _open(self, ask: Ask, complete: Complete, heard: Heard) -> None:
        options = self._options
        vault = Vault([key.strip() for key in options.key.split(",")]) if options.key else None
        workspaces = Workspaces(self._client, self._records, vault)
        self._workspaces = workspaces
        if options.bot_token:
            await workspaces.add_own(options.bot_token)
        rights, readers = Rights(options), Readers(options.language)
        common: dict[str, Any] = {
            "table": self._table,
            "parse": self._parse,
            "ask": ask,
            "workspaces": workspaces,
            "rights": rights,
            "readers": readers,
        }
        lobby = Lobby(**common, options=options, records=self._records)
        self._dialogs = Dialogs(**common, complete=complete, refresh=lobby.show)
        self._listener = Listener(**common, dialogs=self._dialogs, once=self._once)
        news = News(
            workspaces=workspaces, table=self._table, heard=heard, records=self._records, lobby=lobby, readers=readers
        )
        nobody = self._client(None)
        app = AsyncApp(
            client=nobody,
            signing_secret=options.signing_secret or "",
            name="dragoman",
            authorize=Authorize(workspaces),  # type: ignore[arg-type]  # Bolt takes its own kind too
            oauth_flow=flow(options, nobody, vault, workspaces, news.let_in) if vault and options.client_id else None,
        )
        # The first that fits answers, so whoever takes every button comes last.
        lobby.attach(app, self._dialogs)
        self._dialogs.attach(app)
        self._listener.attach(app)
        news.attach(app)
        if options.mode == "socket":
            self._door = SocketDoor(app, options.app_token or "")
        else:
            self._door = HttpDoor(app, options.host, options.port)
        await self._door.open()

    async def _write(self, client: AsyncWebClient, channel: Channel, parcel: Parcel) -> str:
        """Send a parcel and return its message's id; words alone if Slack will not have its looks."""
        message = _message(parcel, self._parse, self.language(channel))
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
            self._quiet[channel.id] = asyncio.get_running_loop().time() + outcome.retry_after.total_seconds()
        return outcome

    def _remember(self, nonce: str, message: str) -> None:
        self._sent[nonce] = message
        if len(self._sent) > REMEMBERED:
            self._sent.popitem(last=False)


def _message(parcel: Parcel, parse: Parse, language: str) -> Message:
    if parcel.card is None:
        return Message(text=render_line(parcel.text))
    return _shown(parcel.card, parse, language)


@lru_cache(maxsize=RENDERED)
def _shown(card: Card, parse: Parse, language: str) -> Message:
    """Return what a card looks like, made once for all the channels that it goes to."""
    return render(with_working_buttons(card, parse), voice_in(language))


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
