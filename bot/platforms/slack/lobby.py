"""App Home is shown to who opens it, and what they press there is done."""

import json
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot import log
from bot.domain.audience import Channel
from bot.domain.command import Call, Command
from bot.locales import Voice, voice_in
from bot.platforms.asking import answer_call, lacking
from bot.platforms.slack.channels import DIRECT, channel_in
from bot.platforms.slack.dialogs import Dialogs
from bot.platforms.slack.events import PLATFORM
from bot.platforms.slack.forms import Purpose, answered
from bot.platforms.slack.home import LEVEL, NAMED, NO_MORE, OPEN, STOP, WHO, Hears, chosen, home_view
from bot.platforms.slack.options import SlackOptions
from bot.platforms.slack.readers import Readers
from bot.platforms.slack.records import Records
from bot.platforms.slack.replies import message_of
from bot.platforms.slack.rights import Rights
from bot.platforms.slack.workspaces import Workspace, Workspaces
from bot.ports import Ask, Parse

_log = log.get("slack")

# Slack tells every opening of the page; most find it as it was.
REMEMBERED = 5_000

EVERYTHING = "all"

Ack = Callable[..., Awaitable[Any]]


class Lobby:
    """Keeps each reader's page true."""

    def __init__(  # noqa: PLR0913 - what it asks, whom, and who may
        self,
        *,
        options: SlackOptions,
        table: Sequence[Command],
        parse: Parse,
        ask: Ask,
        workspaces: Workspaces,
        rights: Rights,
        readers: Readers,
        records: Records | None,
    ) -> None:
        self._who_may = NAMED if options.managers else WHO[options.who_may]
        self._table = table
        self._commands = {command.name: command for command in table}
        self._parse = parse
        self._ask = ask
        self._workspaces = workspaces
        self._rights = rights
        self._readers = readers
        self._records = records
        self._shown: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._dialogs: Dialogs | None = None

    def attach(self, app: AsyncApp, dialogs: Dialogs) -> None:
        """Make the app call us for what is pressed on the page."""
        self._dialogs = dialogs
        app.action(re.compile(f"^{re.escape(OPEN)}:"))(self._on_open)
        app.action(LEVEL)(self._on_level)
        app.action(STOP)(self._on_stop)

    async def show(self, workspace: Workspace, user: str, *, has_page: bool = False) -> None:
        """Publish a reader's page, unless it shows the same already."""
        say = voice_in(await self._readers.language(workspace, user))
        view = home_view(await self._heard(workspace, user, say), who_may=self._who_may, say=say)
        looks = sha256(json.dumps(view).encode()).hexdigest()
        if has_page and self._shown.get((workspace.team, user)) == looks:
            return
        try:
            await workspace.client.views_publish(user_id=user, view=view)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as refused:
            _log.warning("page not shown", team=workspace.team, why=type(refused).__name__)
            return
        self._shown[workspace.team, user] = looks
        if len(self._shown) > REMEMBERED:
            self._shown.popitem(last=False)

    async def _heard(self, workspace: Workspace, user: str, say: Voice) -> list[Hears]:
        """Return what the channels hear that the reader is in; of others not even the names are told."""
        if self._records is None:
            return []
        async with self._records.store.read() as session:
            ours = {
                channel.address: channel
                for channel in await session.channels.all()
                if channel.platform == PLATFORM and channel.workspace == workspace.team
            }
        mine = await self._rights.among(workspace, user, tuple(ours))
        mine |= {address for address, channel in ours.items() if _is_talk_with(channel, user)}
        found: list[Hears] = []
        async with self._records.store.read() as session:
            stories = {
                story.id: (story.slug, story.title) for story in await self._records.stories(session, workspace.team)
            }
            stories[EVERYTHING] = (EVERYTHING, say("Every story"))
            for channel in (ours[address] for address in ours if address in mine):
                subscriptions = await session.channels.subscriptions(channel.id)
                watches = await session.channels.watches(channel.id)
                if subscriptions or watches:
                    told = [(each, *stories.get(each.story, (each.story, each.story))) for each in subscriptions]
                    found.append(Hears(channel=channel, subscriptions=told, watches=watches))
        return found

    async def _talks_here(self, channel: Channel, user: str) -> bool:
        """Return whether a place is somebody's own conversation with us."""
        if self._records is None:
            return False
        async with self._records.store.read() as session:
            known = await session.channels.get(channel.id)
        return known is not None and _is_talk_with(known, user)

    async def _on_open(self, ack: Ack, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        workspace = await self._workspaces.get(context.team_id or "")
        command = self._commands.get(str(body["actions"][0].get("value", "")))
        if workspace is None or command is None or self._dialogs is None:
            return
        # What is only read is read here, alone with the reader.
        here = "" if command.manages else str(body["user"]["id"])
        purpose = Purpose(command=command.name, channel=here, there=bool(here))
        asked = lacking(command, {}, pressed=False)
        language = await self._readers.language(workspace, str(body["user"]["id"]))
        await self._dialogs.open(workspace, str(body.get("trigger_id") or ""), command, asked, purpose, language)

    async def _on_level(self, ack: Ack, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        action = body["actions"][0]
        level = str((action.get("selected_option") or {}).get("value", ""))
        row = chosen(str(action.get("block_id", "")))
        if row is None:
            return
        channel, arguments = row
        if level == NO_MORE:
            await self._do(body, context, channel, "unsubscribe", {"story": arguments.get("story", "")})
        else:
            await self._do(body, context, channel, "subscribe", {**arguments, "level": level})

    async def _on_stop(self, ack: Ack, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
        await ack()
        row = chosen(str(body["actions"][0].get("block_id", "")))
        if row is not None:
            await self._do(body, context, row[0], "watch remove", row[1])

    async def _do(
        self,
        body: Mapping[str, Any],
        context: AsyncBoltContext,
        address: str,
        command: str,
        arguments: Mapping[str, str],
    ) -> None:
        """Do what was chosen, tell in a form what could not be done, and draw the page anew."""
        workspace = await self._workspaces.get(context.team_id or "")
        if workspace is None:
            return
        person = body["user"]
        user, home = str(person["id"]), str(person.get("team_id") or (body.get("team") or {}).get("id", ""))
        channel = channel_in(workspace, address)
        there = await self._talks_here(channel, user)
        manager = await self._rights.may_manage(workspace, user, home=home, channel=address, there=there)
        say = voice_in(await self._readers.language(workspace, user))
        call = Call(
            command=command, arguments=arguments, channel=channel, user=user, manager=manager, language=say.language
        )
        reply = await answer_call(call, self._ask)
        if not reply.done:
            shown = answered(command, message_of(reply, self._table, self._parse, say), say)
            try:
                await workspace.client.views_open(trigger_id=str(body.get("trigger_id") or ""), view=shown)
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as refused:
                _log.warning("answer lost", channel=channel.id, why=type(refused).__name__)
        await self.show(workspace, user)


def _is_talk_with(channel: Channel, user: str) -> bool:
    """Return whether a channel is a direct message; whoever chose what it hears is the one person in it."""
    return channel.address.startswith(DIRECT) and channel.keeper == user
