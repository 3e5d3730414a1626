"""Forms are opened, helped with choices, and answered."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot import log
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.locales import voice_in
from bot.platforms.asking import answer_call
from bot.platforms.slack.channels import channel_in
from bot.platforms.slack.forms import (
    CHANNEL,
    CHOOSE,
    FORM,
    Purpose,
    answered,
    choices,
    completed_by,
    errors_of,
    filled,
    form_of,
    purpose_of,
)
from bot.platforms.slack.readers import Readers
from bot.platforms.slack.replies import Asked, answer, localised, message_of, with_invitation
from bot.platforms.slack.rights import Rights
from bot.platforms.slack.workspaces import Workspace, Workspaces
from bot.ports import Ask, Complete, Parse

_log = log.get("slack")

# Slack waits 3 s for what becomes of a form.
PATIENCE_SECONDS = 2.0

Ack = Callable[..., Awaitable[Any]]
#: What a person sees of us is drawn anew.
Refresh = Callable[[Workspace, str], Awaitable[None]]


class Dialogs:
    """Asks for what a command lacks."""

    def __init__(  # noqa: PLR0913 - what it asks, whom, and who may
        self,
        *,
        table: Sequence[Command],
        parse: Parse,
        ask: Ask,
        complete: Complete,
        workspaces: Workspaces,
        rights: Rights,
        readers: Readers,
        refresh: Refresh,
    ) -> None:
        self._table = table
        self._commands = {command.name: command for command in table}
        self._parse = parse
        self._ask = ask
        self._complete = complete
        self._workspaces = workspaces
        self._rights = rights
        self._readers = readers
        self._refresh = refresh
        self._running: set[asyncio.Task[Any]] = set()

    def attach(self, app: AsyncApp) -> None:
        """Make the app call us for forms and for who types into them."""
        app.options(re.compile(f"^{CHOOSE}:"))(self._on_typing)
        app.view(FORM)(self._on_form)

    async def finish(self, seconds: float) -> None:
        """Give late answers a moment to go out."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)

    async def open(  # noqa: PLR0913, PLR0917 - what it asks, for what, and whom
        self,
        workspace: Workspace,
        trigger: str,
        command: Command,
        asked: Sequence[Option],
        purpose: Purpose,
        language: str,
    ) -> bool:
        """Open a form; ``False`` if there can be none."""
        channel = channel_in(workspace, purpose.channel)
        view = form_of(command, asked, purpose, self._complete, channel, voice_in(language))
        if view is None or not trigger:
            return False
        try:
            await workspace.client.views_open(trigger_id=trigger, view=view)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as refused:
            _log.warning("form not opened", command=command.name, why=str(refused)[:200])
            return False
        return True

    async def _on_typing(self, ack: Ack, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
        workspace = await self._workspaces.get(context.team_id or "")
        purpose = purpose_of(body.get("view") or {})
        what = completed_by(str(body.get("action_id", "")))
        if workspace is None or purpose is None or what is None:
            await ack(options=[])
            return
        where = purpose.channel or filled(body.get("view") or {}).get(CHANNEL, "")
        user = str((body.get("user") or {}).get("id", ""))
        # What a channel watches for is nobody's business outside of it.
        hidden = what is Completes.WATCH and not purpose.there and not await self._rights.is_in(workspace, user, where)
        found: Sequence[tuple[str, str]] = ()
        if not hidden:
            language = await self._readers.language(workspace, user)
            found = self._complete(what, str(body.get("value") or ""), channel_in(workspace, where), language)
        await ack(options=choices(found))

    async def _on_form(self, ack: Ack, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
        """Do what the form was opened for; what is wrong with it is told in the form itself."""
        workspace = await self._workspaces.get(context.team_id or "")
        view, person = body["view"], body["user"]
        purpose = purpose_of(view)
        if workspace is None or purpose is None or purpose.command not in self._commands:
            await ack()
            return
        values = filled(view)
        asked = Asked(
            line=purpose.command,
            channel=channel_in(workspace, purpose.channel or values.pop(CHANNEL, "")),
            user=str(person["id"]),
            home=str(person.get("team_id") or (body.get("team") or {}).get("id", "")),
            there=purpose.there,
            aloud=purpose.aloud,
            response_url=purpose.response_url,
            language=await self._readers.language(workspace, str(person["id"])),
        )
        doing = asyncio.ensure_future(self._do(asked, workspace, {**purpose.known, **values}))
        self._running.add(doing)
        doing.add_done_callback(self._running.discard)
        await asyncio.wait({doing}, timeout=PATIENCE_SECONDS)
        if not doing.done():
            await ack()
            await answer(await doing, asked, workspace, self._table, self._parse)
            return
        reply = doing.result()
        if not reply.done:
            wrong = errors_of(localised(reply.text, self._table), values, view)
            await (ack(response_action="errors", errors=wrong) if wrong else ack())
        elif asked.response_url:
            await ack()
            await answer(reply, asked, workspace, self._table, self._parse)
        else:
            reply = await with_invitation(reply, asked, workspace)
            say = voice_in(asked.language)
            shown = answered(purpose.command, message_of(reply, self._table, self._parse, say), say)
            await ack(response_action="update", view=shown)
            await self._refresh(workspace, asked.user)

    async def _do(self, asked: Asked, workspace: Workspace, arguments: Mapping[str, str]) -> Reply:
        manager = await self._rights.may_manage(
            workspace, asked.user, home=asked.home, channel=asked.channel.address, there=asked.there
        )
        call = Call(
            command=asked.line,
            arguments=arguments,
            channel=asked.channel,
            user=asked.user,
            manager=manager,
            # What one person alone sees can hold none.
            pictures=asked.aloud,
            language=asked.language,
        )
        return await answer_call(call, self._ask)
