"""Slash commands and buttons become calls, and their replies go back."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot import log
from bot.domain.audience import Channel
from bot.domain.command import Command, Reply
from bot.platforms.asking import answer_line
from bot.platforms.slack.events import PLATFORM
from bot.platforms.slack.manifest import UMBRELLA
from bot.platforms.slack.replies import Asked, may_post, message_of, say
from bot.platforms.slack.rights import Rights
from bot.platforms.slack.text import unescape
from bot.platforms.slack.workspaces import Workspace, Workspaces
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

    def __init__(
        self, *, table: Sequence[Command], parse: Parse, ask: Ask, workspaces: Workspaces, rights: Rights
    ) -> None:
        self._table = table
        self._parse = parse
        self._ask = ask
        self._workspaces = workspaces
        self._rights = rights
        self._once = Once()
        self._running: set[asyncio.Task[None]] = set()

    def attach(self, app: AsyncApp) -> None:
        """Make the app call us for every slash command and every button."""
        app.middleware(self._first_time)
        app.command(re.compile(".*"))(self._on_command)
        app.action(re.compile(".*"))(self._on_button)

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

    async def _on_command(self, ack: Ack, body: Body, context: AsyncBoltContext) -> None:
        await ack()
        workspace = await self._workspaces.get(context.team_id or "")
        if workspace is None:
            return
        name, text = str(body["command"]).removeprefix("/"), unescape(str(body.get("text") or "")).strip()
        asked = Asked(
            line=(text or "help") if name == UMBRELLA else f"{name} {text}",
            channel=channel_in(workspace, str(body["channel_id"]), str(body.get("channel_name", ""))),
            user=str(body["user_id"]),
            home=str(body.get("team_id", "")),
            there=True,
            aloud=True,
            response_url=str(body.get("response_url") or ""),
        )
        self._begin(asked, workspace)

    async def _on_button(self, ack: Ack, body: Body, context: AsyncBoltContext) -> None:
        await ack()
        workspace = await self._workspaces.get(context.team_id or "")
        action, place, person = body["actions"][0], body.get("channel") or {}, body["user"]
        name = str(action.get("action_id", "")).rpartition(":")[0]
        if workspace is None or not place or name not in {command.name for command in self._table}:
            return
        asked = Asked(
            line=f"{name} {action.get('value', '')}",
            channel=channel_in(workspace, str(place["id"]), str(place.get("name", ""))),
            user=str(person["id"]),
            home=str(person.get("team_id") or (body.get("team") or {}).get("id", "")),
            # Who reads a public channel from outside may press what stands in it.
            there=str(place["id"]).startswith("D"),
            aloud=False,
            response_url=str(body.get("response_url") or ""),
        )
        self._begin(asked, workspace)

    def _begin(self, asked: Asked, workspace: Workspace) -> None:
        task = asyncio.create_task(self._answer(asked, workspace))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _answer(self, asked: Asked, workspace: Workspace) -> None:
        reply = await answer_line(
            asked.line,
            parse=self._parse,
            ask=self._ask,
            channel=asked.channel,
            user=asked.user,
            manager=await self._rights.may_manage(
                workspace, asked.user, home=asked.home, channel=asked.channel.address, there=asked.there
            ),
        )
        private = reply.private or not reply.done or not asked.aloud
        reply = await self._with_invitation(reply, asked, workspace)
        try:
            await say(message_of(reply, self._table, self._parse), asked, workspace.client, private=private)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as lost:
            _log.warning("answer lost", channel=asked.channel.id, why=type(lost).__name__)

    async def _with_invitation(self, reply: Reply, asked: Asked, workspace: Workspace) -> Reply:
        """Tell who just subscribed a channel that we are not in, how to let us in."""
        wanted = asked.line.lower().startswith(POSTS_HERE)
        if not wanted or not reply.done or await may_post(asked.channel, workspace.client):
            return reply
        hint = f"I cannot post in this channel yet: invite me with `/invite @{workspace.bot}`."
        return replace(reply, text=f"{reply.text}\n{hint}".strip())


def channel_in(workspace: Workspace, address: str, name: str = "") -> Channel:
    """Return a channel of a workspace, nameless where Slack hides its name."""
    return Channel(
        id=f"{PLATFORM}:{workspace.team}:{address}",
        platform=PLATFORM,
        workspace=workspace.team,
        address=address,
        name="" if name in NAMELESS else name,
    )
