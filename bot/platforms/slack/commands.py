"""Slash commands and buttons become calls, and their replies go back."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import log
from bot.domain.audience import Channel
from bot.domain.command import Command, Reply
from bot.platforms.asking import answer_line
from bot.platforms.slack.manifest import UMBRELLA
from bot.platforms.slack.replies import Asked, may_post, message_of, say
from bot.platforms.slack.text import unescape
from bot.ports import Ask, Parse

_log = log.get("slack")

# Slack sends an event again within minutes at most; this many outlast that.
REMEMBERED = 10_000

# What answers are given to finish when we close.
LAST_SECONDS = 3

#: Commands after which we post to the channel, so that we must be in it.
POSTS_HERE = ("subscribe", "watch add")

# Slack hides the names of such channels behind these words.
NAMELESS = frozenset({"directmessage", "privategroup"})

Ack = Callable[[], Awaitable[Any]]
Body = Mapping[str, Any]


class Once:
    """Remembers what was handled, so that what comes twice is handled once."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._most = most

    def is_new(self, key: str) -> bool:
        """Return whether the key is seen for the first time, and remember it."""
        if key in self._seen:
            return False
        self._seen[key] = None
        if len(self._seen) > self._most:
            self._seen.popitem(last=False)
        return True


class Listener:
    """Answers what people type and press."""

    def __init__(  # noqa: PLR0913 - what it asks, who it is, and who may
        self, *, table: Sequence[Command], parse: Parse, ask: Ask, team: str, bot: str, managers: Sequence[str]
    ) -> None:
        self._table = table
        self._parse = parse
        self._ask = ask
        self._team = team
        self._bot = bot
        self._managers = frozenset(managers)
        self._once = Once()
        self._running: set[asyncio.Task[None]] = set()

    def attach(self, app: AsyncApp) -> None:
        """Make the app call us for every slash command and every button, and pass over all else."""
        app.middleware(self._first_time)
        app.command(re.compile(".*"))(self._on_command)
        app.action(re.compile(".*"))(self._on_button)
        # Nobody asked for events; without this they would be logged with all that they hold.
        app.event(re.compile(".*"))(self._on_event)

    async def finish(self) -> None:
        """Give the answers under way a moment to go out."""
        if self._running:
            await asyncio.wait(self._running, timeout=LAST_SECONDS)
        for task in self._running:
            task.cancel()

    async def _first_time(self, body: Body, next_: Ack) -> BoltResponse | None:
        key = str(body.get("event_id") or body.get("trigger_id") or "")
        if key and not self._once.is_new(key):
            return BoltResponse(status=200, body="")
        await next_()
        return None

    async def _on_command(self, ack: Ack, body: Body, client: AsyncWebClient) -> None:
        await ack()
        name, text = str(body["command"]).removeprefix("/"), unescape(str(body.get("text") or "")).strip()
        asked = Asked(
            line=(text or "help") if name == UMBRELLA else f"{name} {text}",
            channel=self._channel(str(body["channel_id"]), str(body.get("channel_name", ""))),
            user=str(body["user_id"]),
            manager=self._is_manager(str(body["user_id"]), str(body.get("team_id", ""))),
            aloud=True,
            response_url=str(body.get("response_url") or ""),
        )
        self._begin(asked, client)

    async def _on_button(self, ack: Ack, body: Body, client: AsyncWebClient) -> None:
        await ack()
        action, place, person = body["actions"][0], body.get("channel") or {}, body["user"]
        name = str(action.get("action_id", "")).rpartition(":")[0]
        if not place or name not in {command.name for command in self._table}:
            return
        user, team = str(person["id"]), str(person.get("team_id") or (body.get("team") or {}).get("id", ""))
        asked = Asked(
            line=f"{name} {action.get('value', '')}",
            channel=self._channel(str(place["id"]), str(place.get("name", ""))),
            user=user,
            manager=self._is_manager(user, team),
            aloud=False,
            response_url=str(body.get("response_url") or ""),
        )
        self._begin(asked, client)

    async def _on_event(self, ack: Ack) -> None:
        await ack()

    def _begin(self, asked: Asked, client: AsyncWebClient) -> None:
        task = asyncio.create_task(self._answer(asked, client))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _answer(self, asked: Asked, client: AsyncWebClient) -> None:
        reply = await answer_line(
            asked.line,
            parse=self._parse,
            ask=self._ask,
            channel=asked.channel,
            user=asked.user,
            manager=asked.manager,
        )
        private = reply.private or not reply.done or not asked.aloud
        reply = await self._with_invitation(reply, asked, client)
        try:
            await say(message_of(reply, self._table, self._parse), asked, client, private=private)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as lost:
            _log.warning("answer lost", channel=asked.channel.id, why=type(lost).__name__)

    async def _with_invitation(self, reply: Reply, asked: Asked, client: AsyncWebClient) -> Reply:
        """Tell who just subscribed a channel that we are not in, how to let us in."""
        wanted = asked.line.lower().startswith(POSTS_HERE)
        if not wanted or not reply.done or await may_post(asked.channel, client):
            return reply
        hint = f"I cannot post in this channel yet: invite me with `/invite @{self._bot}`."
        return replace(reply, text=f"{reply.text}\n{hint}".strip())

    def _is_manager(self, user: str, team: str) -> bool:
        # In a channel shared with another workspace, its people may ask, not change.
        return user in self._managers if self._managers else team == self._team

    def _channel(self, address: str, name: str) -> Channel:
        return Channel(
            id=f"slack:{self._team}:{address}",
            platform="slack",
            workspace=self._team,
            address=address,
            name="" if name in NAMELESS else name,
        )
