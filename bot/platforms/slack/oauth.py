"""Other workspaces install the app by themselves: Slack's OAuth, with Bolt's own flow."""

import logging
from collections.abc import Awaitable, Callable

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation as Granted
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError
from bot.platforms.slack.manifest import INSTALL, REDIRECT, scopes
from bot.platforms.slack.options import SlackOptions
from bot.platforms.slack.vault import STATE_SECONDS, Vault
from bot.platforms.slack.workspaces import Workspace, Workspaces

LetIn = Callable[[Workspace], Awaitable[None]]


def flow(
    options: SlackOptions, client: AsyncWebClient, vault: Vault, workspaces: Workspaces, let_in: LetIn
) -> AsyncOAuthFlow:
    """Return what answers ``/slack/install`` and the way back from Slack's page.

    Args:
        options: With the app's id and secret, and the address of ours.
        client: Without a token.
        vault: Signs the word that comes back.
        workspaces: Keeps who let us in.
        let_in: Called with each of them.
    """
    settings = AsyncOAuthSettings(
        client_id=options.client_id,
        client_secret=options.client_secret,
        scopes=scopes(groups=bool(options.groups)),
        user_scopes=[],
        install_path=INSTALL,
        redirect_uri_path=REDIRECT,
        redirect_uri=f"{(options.url or '').rstrip('/')}{REDIRECT}",
        authorization_url=options.authorize or None,
        installation_store=_Shelf(workspaces, let_in),
        installation_store_bot_only=True,
        state_store=_States(vault),
        state_expiration_seconds=STATE_SECONDS,
    )
    # Its own warnings hold the code that Slack gave, so nobody is told them.
    quiet = logging.getLogger("bot.platforms.slack.oauth")
    quiet.setLevel(logging.CRITICAL)
    return AsyncOAuthFlow(client=client, settings=settings, logger=quiet)


class _States(AsyncOAuthStateStore):
    """The signed word that ties the way back to the browser that set out."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        return self._vault.new_state()

    async def async_consume(self, state: str) -> bool:
        return self._vault.take_state(state)


class _Shelf(AsyncInstallationStore):
    """Takes in what Slack grants."""

    def __init__(self, workspaces: Workspaces, let_in: LetIn) -> None:
        self._workspaces = workspaces
        self._let_in = let_in

    async def async_save(self, installation: Granted) -> None:
        """Keep an installation.

        Raises:
            BoltError: If it is none that we can use; the person reads why.
        """
        if not installation.team_id or not installation.bot_token:
            raise BoltError("Dragoman is installed in one workspace at a time, not in a whole organisation.")
        try:
            found = await self._workspaces.let_in(
                installation.team_id,
                installation.bot_token,
                name=installation.team_name or "",
                account=installation.bot_user_id or "",
                by=installation.user_id or "",
            )
        except (BotError, SlackApiError) as refused:
            raise BoltError(str(refused)) from refused
        await self._let_in(found)
