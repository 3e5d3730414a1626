"""Slash commands and buttons become calls, and their replies go back."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot import log
from bot.domain.command import Command
from bot.errors import BotError, MissingArgumentError
from bot.platforms.asking import answer_line, lacking
from bot.platforms.once import Once
from bot.platforms.slack.channels import DIRECT, channel_in
from bot.platforms.slack.dialogs import Dialogs
from bot.platforms.slack.events import HOME
from bot.platforms.slack.forms import Purpose
from bot.platforms.slack.manifest import UMBRELLA
from bot.platforms.slack.readers import Readers
from bot.platforms.slack.replies import Asked, answer
from bot.platforms.slack.rights import Rights
from bot.platforms.slack.text import unescape
from bot.platforms.slack.workspaces import Workspace, Workspaces
from bot.ports import Ask, Parse

_log = log.get("slack")

# What answers are given to finish when we close.
LAST_SECONDS = 3

Ack = Callable[[], Awaitable[Any]]
Body = Mapping[str, Any]


class Listener:
    """Answers what people type and press."""

    def __init__(  # noqa: PLR0913 - what it asks, whom, and who may
        self,
        *,
        table: Sequence[Command],
        parse: Parse,
        ask: Ask,
        workspaces: Workspaces,
        rights: Rights,
        readers: Readers,
        dialogs: Dialogs,
        once: Once,
    ) -> None:
        self._table = table
        self._commands = {command.name: command for command in table}
        self._dialogs = dialogs
        self._parse = parse
        self._ask = ask
        self._workspaces = workspaces
        self._rights = rights
        self._readers = readers
        self._once = once
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
        # Who opens our page is shown it, however often they do.
        is_visit = (body.get("event") or {}).get("type") == HOME
        if key and not (self._once.is_new_here(key) if is_visit else await self._once.is_new(key)):
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
            line=self._with_form((text or "help") if name == UMBRELLA else f"{name} {text}"),
            channel=channel_in(workspace, str(body["channel_id"]), str(body.get("channel_name", ""))),
            user=str(body["user_id"]),
            home=str(body.get("team_id", "")),
            there=True,
            aloud=True,
            response_url=str(body.get("response_url") or ""),
        )
        self._begin(asked, workspace, str(body.get("trigger_id") or ""))

    async def _on_button(self, ack: Ack, body: Body, context: AsyncBoltContext) -> None:
        await ack()
        workspace = await self._workspaces.get(context.team_id or "")
        action, place, person = body["actions"][0], body.get("channel") or {}, body["user"]
        name = str(action.get("action_id", "")).rpartition(":")[0]
        if workspace is None or not place or name not in self._commands:
            return
        asked = Asked(
            line=f"{name} {action.get('value', '')}",
            channel=channel_in(workspace, str(place["id"]), str(place.get("name", ""))),
            user=str(person["id"]),
            home=str(person.get("team_id") or (body.get("team") or {}).get("id", "")),
            # Who reads a public channel from outside may press what stands in it.
            there=str(place["id"]).startswith(DIRECT),
            aloud=False,
            response_url=str(body.get("response_url") or ""),
            # What only this person sees is turned like a page.
            instead=bool((body.get("container") or {}).get("is_ephemeral")),
        )
        self._begin(asked, workspace, str(body.get("trigger_id") or ""))

    def _begin(self, asked: Asked, workspace: Workspace, trigger: str) -> None:
        task = asyncio.create_task(self._answer(asked, workspace, trigger))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _answer(self, asked: Asked, workspace: Workspace, trigger: str) -> None:
        asked = replace(asked, language=await self._readers.language(workspace, asked.user))
        manager = await self._rights.may_manage(
            workspace, asked.user, home=asked.home, channel=asked.channel.address, there=asked.there
        )
        if await self._asked_back(asked, workspace, trigger, manager=manager):
            return
        reply = await answer_line(
            asked.line,
            parse=self._parse,
            ask=self._ask,
            channel=asked.channel,
            user=asked.user,
            manager=manager,
            # What one person alone sees can hold none.
            pictures=asked.aloud,
            language=asked.language,
        )
        await answer(reply, asked, workspace, self._table, self._parse)

    async def _asked_back(self, asked: Asked, workspace: Workspace, trigger: str, *, manager: bool) -> bool:
        """Open a form for what a line lacks; ``False`` if it lacks nothing, or who asks may not use it."""
        try:
            command, known = self._parse(asked.line)
        except MissingArgumentError as missing:
            command, known = self._commands[missing.command], missing.arguments
        except BotError:
            return False
        lacks = lacking(command, known, pressed=not asked.aloud)
        if not lacks or (command.manages and not manager):
            return False
        purpose = Purpose(
            command=command.name,
            known=known,
            channel=asked.channel.address,
            there=asked.there,
            aloud=asked.aloud,
            response_url=asked.response_url,
        )
        return await self._dialogs.open(workspace, trigger, command, lacks, purpose, asked.language)

    def _with_form(self, line: str) -> str:
        """Return the line, for a group's bare name that of its first command with a form."""
        inside = [command for command in self._table if command.name.startswith(f"{line.strip()} ") and command.form]
        return inside[0].name if inside else line
