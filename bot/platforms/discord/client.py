"""Discord as a platform: stock discord.py, over the gateway or signed requests."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import log
from bot.domain.alert import Card
from bot.domain.audience import Channel
from bot.domain.command import Command
from bot.domain.delivery import EDIT, Outcome, Parcel, Refused, Sent
from bot.errors import PlatformError
from bot.locales import voice_in
from bot.platforms.discord.answers import Answers
from bot.platforms.discord.commands import application_commands
from bot.platforms.discord.connection import Connection
from bot.platforms.discord.door import Door
from bot.platforms.discord.messages import edit_of, fields_of
from bot.platforms.discord.news import News, language_of_server
from bot.platforms.discord.options import GATEWAY, DiscordOptions
from bot.platforms.discord.outcome import NO_EMBED, WIRE, Wire, outcome_of
from bot.platforms.discord.render import Message, render, render_line, render_plain
from bot.platforms.discord.threads import Threads
from bot.platforms.once import Once
from bot.ports import Ask, Complete, Heard, Parse, unheard

_log = log.get("discord")

# A send that takes longer has an unknown outcome; the outbox's lease is longer.
SEND_SECONDS = 60.0
# How long the gateway may take to greet us.
CONNECT_SECONDS = 60.0
# What is under way when we close may take this long to be answered.
CLOSE_SECONDS = 3.0

# Alerts that go to many channels at about the same time.
RENDERED = 64

# How many headlines we remember to name threads by.
REMEMBERED = 2_000


class Discord:
    """Posts alerts to channels of Discord's servers and answers what people ask there."""

    name = "discord"
    pace = timedelta(0)

    def __init__(
        self,
        options: DiscordOptions,
        table: Sequence[Command],
        parse: Parse,
        synced: Path | None = None,
        *,
        once: Once | None = None,
    ) -> None:
        """Keep what is needed to connect; nothing is opened yet.

        Args:
            options: How to reach Discord.
            table: The commands.
            parse: Reads the words that a button stands for.
            synced: A file that remembers which commands Discord was told
                last; without one it is told once a start.
            once: Knows what people asked before; without one only this process does.
        """
        self._options = options
        self._table = tuple(table)
        self._parse = parse
        self._actions = {command.name for command in table}
        self._synced = synced
        self._once = once or Once(self.name)
        self._connection: Connection | None = None
        self._door: Door | None = None
        self._threads = Threads()
        self._headlines: OrderedDict[str, str] = OrderedDict()

    @property
    def url(self) -> str:
        """Where signed requests arrive, once started; empty where none do."""
        return self._door.url if self._door else ""

    async def start(self, ask: Ask, complete: Complete, heard: Heard = unheard) -> None:
        """Log in, tell Discord our commands if they changed, and open the gateway, the door or both.

        Raises:
            PlatformError: If Discord cannot be reached or refuses the token.
        """
        # The library knows no other way to be sent elsewhere.
        Route.BASE = self._options.api.rstrip("/")
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self._options.gateway or GATEWAY)
        connection = Connection(
            Answers(
                self._table,
                parse=self._parse,
                ask=ask,
                complete=complete,
                once=self._once,
                language=self._options.language,
            ),
            News(heard, self._options.language),
        )
        self._connection = connection
        try:
            await connection.login(self._options.token or "")
            await connection.tell(application_commands(self._table), self._synced)
            if self._options.mode in {"http", "both"}:
                self._door = Door(self._options.public_key or "", self._options.host, self._options.port)
                await self._door.open(connection.take, connection.begin)
            if self._options.mode in {"gateway", "both"}:
                await connection.open(CONNECT_SECONDS)
        except discord.LoginFailure as refused:
            await self.close()
            raise PlatformError(
                "Discord refused the bot token (`discord.token`). docs/discord.md tells where it comes from."
            ) from refused
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as unreachable:
            await self.close()
            why = str(unreachable) or type(unreachable).__name__
            raise PlatformError(f"Discord cannot be reached at {self._options.api}: {why}") from unreachable
        except BaseException:
            await self.close()
            raise

    async def send(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Post, edit or add a line to a thread."""
        connection = self._connection
        if connection is None:
            return Refused(why="Discord is not connected", retry_after=timedelta(minutes=1))
        if not (channel.address.isascii() and channel.address.isdigit()):
            return Refused(why=f"`{channel.address}` is not the id of a Discord channel", final=True, channel_lost=True)
        if not connection.knows(channel):
            return Refused(why="the channel is on another server", final=True, channel_lost=True)
        wire = Wire()
        before = WIRE.set(wire)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                return Sent(message=await self._write(connection, channel, parcel, wire))
        except Exception as failure:  # noqa: BLE001 - whatever a platform does is an outcome, never a raise
            return outcome_of(failure, wire)
        finally:
            WIRE.reset(before)

    def language(self, channel: Channel) -> str:
        """Return the language of the channel's server."""
        guild = None
        if self._connection is not None and channel.workspace.isdigit():
            guild = self._connection.get_guild(int(channel.workspace))
        return language_of_server(guild, self._options.language)

    async def tell(self, channel: Channel, text: str) -> bool:
        """Write to who keeps a channel in private, else to the server's owner."""
        connection = self._connection
        if connection is None:
            return False
        guild = connection.get_guild(int(channel.workspace)) if channel.workspace.isdigit() else None
        for person in (channel.keeper, str(guild.owner_id or "") if guild else ""):
            if not person.isdigit():
                continue
            try:
                there = await connection.create_dm(discord.Object(int(person)))
                await there.send(f"<#{channel.address}>: {render_line(text)}")
            except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError):
                continue
            return True
        return False

    async def close(self) -> None:
        """Let answers under way go out, then leave the gateway and let go of the sockets."""
        door, self._door = self._door, None
        if door is not None:
            await door.close()
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.shut(CLOSE_SECONDS)
        await self._once.finish()

    async def _write(self, connection: Connection, channel: Channel, parcel: Parcel, wire: Wire) -> str:
        """Send a parcel and return its message's id."""
        place = connection.get_partial_messageable(int(channel.address))
        if parcel.card is None and parcel.message:
            return await self._threads.add(connection, place, parcel, wire, self._headlines.get(parcel.message, ""))
        if parcel.card is None:
            return await _put(place, parcel, render_line(parcel.text))
        card = self._own(parcel.card)
        try:
            message = await _put(place, parcel, _shown(card, self.language(channel)))
        except discord.HTTPException as refused:
            if refused.code not in NO_EMBED:
                raise
            # News in plain words is better than none.
            message = await _put(place, parcel, render_plain(card, voice_in(self.language(channel))))
        self._remember(message, card.title)
        return message

    def _own(self, card: Card) -> Card:
        """Return the card without the buttons whose command nobody here answers."""
        return replace(card, buttons=tuple(button for button in card.buttons if button.action in self._actions))

    def _remember(self, message: str, headline: str) -> None:
        self._headlines[message] = headline
        if len(self._headlines) > REMEMBERED:
            self._headlines.popitem(last=False)


@lru_cache(maxsize=RENDERED)
def _shown(card: Card, language: str) -> Message:
    """Return what a card looks like, made once for all the channels that it goes to."""
    return render(card, say=voice_in(language))


async def _put(place: discord.PartialMessageable, parcel: Parcel, message: Message) -> str:
    """Send a message, or put it in place of the one that the parcel edits; return its id."""
    if parcel.part == EDIT and parcel.message:
        await place.get_partial_message(int(parcel.message)).edit(**edit_of(message))
        return parcel.message
    posted = await place.send(nonce=parcel.nonce, **fields_of(message, changes=True))
    return str(posted.id)
