"""What Slack tells without being asked is taken in: where we may post, who let us in, who threw us out."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot import log
from bot.domain.audience import Presence
from bot.domain.command import Command
from bot.locales import voice_in
from bot.platforms.slack.events import GONE, HOME, PLATFORM, REMOVED, presence_of, takes_our_token
from bot.platforms.slack.lobby import Lobby
from bot.platforms.slack.readers import Readers
from bot.platforms.slack.records import Records
from bot.platforms.slack.replies import card_message
from bot.platforms.slack.workspaces import Workspace, Workspaces
from bot.platforms.welcome import welcome
from bot.ports import Heard

_log = log.get("slack")

Ack = Callable[[], Awaitable[Any]]


class News:
    """Hears Slack's events."""

    def __init__(  # noqa: PLR0913 - what it knows, and whom it tells
        self,
        *,
        workspaces: Workspaces,
        table: Sequence[Command],
        heard: Heard,
        records: Records | None,
        lobby: Lobby,
        readers: Readers,
    ) -> None:
        self._workspaces = workspaces
        self._table = table
        self._heard = heard
        self._records = records
        self._lobby = lobby
        self._readers = readers

    def attach(self, app: AsyncApp) -> None:
        """Make the app tell us every event; those of no use would be logged with all that they hold otherwise."""
        app.event(re.compile(".*"))(self._on_event)

    async def let_in(self, workspace: Workspace) -> None:
        """Go on in a workspace that has let us in, and greet who did."""
        await self._heard(Presence(platform=PLATFORM, workspace=workspace.team))
        if workspace.installer:
            await self._greet(workspace, workspace.installer, workspace.installer)

    async def _on_event(self, ack: Ack, body: Mapping[str, Any], event: Mapping[str, Any]) -> None:
        await ack()
        team = str(body.get("team_id", ""))
        if event.get("type") in GONE:
            if takes_our_token(event):
                await self._thrown_out(team)
            return
        workspace = await self._workspaces.get(team)
        if workspace is not None and event.get("type") == HOME:
            if event.get("tab") == "home":
                await self._lobby.show(workspace, str(event.get("user", "")), has_page=bool(event.get("view")))
            return
        presence = presence_of(event, team, workspace.account) if workspace else None
        if workspace is None or presence is None:
            return
        await self._heard(presence)
        if event.get("type") == "member_joined_channel" and presence.address and not await self._knows(presence):
            await self._greet(workspace, presence.address, str(event.get("inviter") or ""))

    async def _thrown_out(self, team: str) -> None:
        """Forget the workspace's token, unless it works: who installs anew may be faster than this news."""
        workspace = await self._workspaces.get(team)
        if workspace is not None:
            try:
                await workspace.client.auth_test()
            except SlackApiError:
                await self._workspaces.leave(team)
            except (aiohttp.ClientError, TimeoutError):
                pass  # Slack cannot be asked; it says with the next message whether the token works
            else:
                return
        _log.warning("thrown out", team=team)
        await self._heard(Presence(platform=PLATFORM, workspace=team, why=REMOVED))

    async def _knows(self, presence: Presence) -> bool:
        """Return whether the channel follows something already, so that it needs no introduction."""
        if self._records is None:
            return False
        async with self._records.store.read() as session:
            return await session.channels.get(f"{PLATFORM}:{presence.workspace}:{presence.address}") is not None

    async def _greet(self, workspace: Workspace, address: str, reader: str) -> None:
        say = voice_in(await self._readers.language(workspace, reader))
        said = card_message(welcome(say), self._table, say)
        try:
            await workspace.client.chat_postMessage(
                channel=address, text=said.text, blocks=list(said.blocks), unfurl_links=False, unfurl_media=False
            )
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as refused:
            _log.warning("first words lost", team=workspace.team, why=type(refused).__name__)
