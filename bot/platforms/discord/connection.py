"""The connection: who we are on Discord, and what reaches us from there, through the gateway or at our door."""

import asyncio
import contextvars
import logging
from collections.abc import Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any

import discord

from bot import log
from bot.domain.audience import Channel
from bot.platforms.discord.answers import Answers
from bot.platforms.discord.buckets import Buckets
from bot.platforms.discord.commands import digest
from bot.platforms.discord.news import News
from bot.platforms.discord.outcome import tracing

_log = log.get("discord")

# Waits up to this long are Discord's ordinary pace and slept through; for
# longer ones the outbox waits, so that no other channel does.
PACE_SECONDS = 5.0

# Servers that appear within this span of each other at the start were there before.
READY_SECONDS = 2.0

# How long the gateway may take to say goodbye.
GOODBYE_SECONDS = 1.0


class Connection(discord.Client):
    """A client that sees servers and channels, and no messages."""

    def __init__(self, answers: Answers, news: News) -> None:
        # We speak nowhere, so nobody needs to hear what voice would need.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        logging.getLogger("discord.client").addFilter(_in_a_line)
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=READY_SECONDS,
            http_trace=tracing(),
        )
        self.http.get_ratelimit = Buckets(PACE_SECONDS).get  # type: ignore[method-assign]
        # The constructor takes nothing below 30 s.
        self.http.max_ratelimit_timeout = PACE_SECONDS
        self._answers = answers
        self._news = news
        self._greeted = asyncio.Event()
        #: The servers that have let us in.
        self._there: set[int] = set()
        self._gateway: asyncio.Task[None] | None = None
        self._under_way: set[asyncio.Task[Any]] = set()

    def knows(self, channel: Channel) -> bool:
        """Return ``False`` if a channel is on another server than its id says; unknown ones are asked for."""
        found = self.get_channel(int(channel.address))
        guild = getattr(found, "guild", None)
        return guild is None or str(guild.id) == channel.workspace

    async def tell(self, commands: Sequence[dict[str, Any]], synced: Path | None) -> None:
        """Tell Discord our commands, unless the file says that it knows exactly these."""
        application = self.application_id or 0
        wanted = digest(commands, application)
        if synced is not None and _read(synced) == wanted:
            return
        try:
            await self.http.bulk_upsert_global_commands(application, list(commands))
        except (discord.HTTPException, discord.RateLimited) as refused:
            # What Discord was told before still works.
            _log.warning("commands were not taken; the next start tells them again", error=str(refused))
            return
        _log.info("commands told", count=len(commands))
        if synced is not None:
            _write(synced, wanted)

    async def open(self, seconds: float) -> None:
        """Open the gateway; return once it has greeted us.

        Raises:
            TimeoutError: If that takes longer than the given seconds.
        """
        self._gateway = asyncio.create_task(self.connect(), name="discord gateway")
        greeted = asyncio.create_task(self._greeted.wait())
        try:
            done, _ = await asyncio.wait({self._gateway, greeted}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            greeted.cancel()
        if self._gateway in done:
            self._gateway.result()
        if greeted not in done:
            message = f"the gateway did not answer within {seconds:.0f} s"
            raise TimeoutError(message)
        self._gateway.add_done_callback(_tell_end)

    async def shut(self, seconds: float) -> None:
        """Wait a little for answers under way, then close everything."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
        # A gateway that says no goodbye keeps the library waiting for half a minute.
        await asyncio.wait({asyncio.create_task(self.close())}, timeout=GOODBYE_SECONDS)
        await self.http.close()
        if self._gateway is not None:
            self._gateway.cancel()
            await asyncio.wait({self._gateway})

    async def take(self, data: Mapping[str, Any]) -> None:
        """Answer an interaction that came as a request, not through the gateway."""
        written: Any = data
        await self._answers.answer(discord.Interaction(data=written, state=self._connection))

    def begin(self, answering: Coroutine[Any, Any, None], context: contextvars.Context) -> asyncio.Task[None]:
        """Run what answers somebody; closing waits for it a little."""
        task = asyncio.create_task(answering, context=context)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def on_connect(self) -> None:
        """Note that the gateway has greeted us, and named the servers that we are on."""
        self._there = {guild.id for guild in self.guilds}
        self._greeted.set()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a server that has let us in."""
        self._there.add(guild.id)
        await self._news.let_in(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Greet a server that has let us in while we start: the library takes it for one that was there before."""
        if guild.id not in self._there:
            await self.on_guild_join(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that a server has thrown us out."""
        self._there.discard(guild.id)
        await self._news.thrown_out(guild)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Note that a channel is no more."""
        await self._news.channel_deleted(channel)

    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Note that a channel lets us in."""
        await self._news.channel_changed(before, after)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a command, a button or somebody who is typing."""
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        await self._answers.answer(interaction)


def _in_a_line(record: logging.LogRecord) -> bool:
    """Let the library tell a lost connection in a line: it happens daily, and mends itself."""
    if record.exc_info and record.exc_info[1] and "reconnect" in str(record.msg):
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.msg = f"{record.getMessage()} ({type(record.exc_info[1]).__name__})"
        record.args, record.exc_info = None, None
    return True


def _tell_end(gateway: asyncio.Task[None]) -> None:
    """Tell the operator why the gateway ended for good; the library has tried what can be tried."""
    if gateway.cancelled():
        return
    failure = gateway.exception()
    if failure is not None:
        _log.error("the gateway closed for good; commands go unanswered until a restart", error=str(failure))


def _read(synced: Path) -> str:
    try:
        return synced.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _write(synced: Path, wanted: str) -> None:
    try:
        synced.parent.mkdir(parents=True, exist_ok=True)
        synced.write_text(f"{wanted}\n", encoding="utf-8")
    except OSError as unwritable:
        _log.warning("cannot remember which commands were told", error=str(unwritable))
