"""The workspaces that we act in, each with a client of its own."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot import log
from bot.domain.installation import Installation
from bot.errors import PlatformError
from bot.platforms.slack.events import PLATFORM
from bot.platforms.slack.records import Records
from bot.platforms.slack.vault import Vault
from bot.ports import Store

_log = log.get("slack")

# An acknowledgement must not wait for the store, which may be busy filing.
FRESH_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace, and how we speak there."""

    team: str
    client: AsyncWebClient
    #: What our account is called there, and its id.
    bot: str = "Dragoman"
    account: str = ""
    #: Who installed us, if anybody did by themselves.
    installer: str = ""


class Workspaces:
    """Which workspaces have let us in; those of the store are looked up when first needed."""

    def __init__(
        self,
        client: Callable[[str | None], AsyncWebClient],
        records: Records | None,
        vault: Vault | None,
    ) -> None:
        """Keep what is needed to look them up.

        Args:
            client: Makes a client for a token.
            records: Where installations are kept; ``None``: nobody installs us by themselves.
            vault: Opens their tokens; ``None`` likewise.
        """
        self._client = client
        self._records = records
        self._vault = vault
        self._own: Workspace | None = None
        #: By workspace: the sealed token, and what became of it.
        self._known: dict[str, tuple[str, Workspace]] = {}
        #: By workspace: until when on the loop's clock what the store said holds, and what it said.
        self._fresh: dict[str, tuple[float, Workspace | None]] = {}

    async def add_own(self, token: str) -> None:
        """Act in the workspace of a token of the settings.

        Raises:
            SlackApiError: If Slack refuses the token.
        """
        client = self._client(token)
        us = await client.auth_test()
        self._own = Workspace(
            str(us["team_id"]), client, str(us.get("user") or "Dragoman"), str(us.get("user_id") or "")
        )

    async def get(self, team: str) -> Workspace | None:
        """Return a workspace, ``None`` if it has not let us in."""
        if self._own is not None and self._own.team == team:
            return self._own
        if self._records is None or self._vault is None:
            return None
        now = asyncio.get_running_loop().time()
        until, fresh = self._fresh.get(team, (0.0, None))
        if now < until:
            return fresh
        # Another process may have taken an installation in or out, so the store is asked again soon.
        found = await self._look_up(self._records.store, self._vault, team)
        self._fresh[team] = (now + FRESH_SECONDS, found)
        return found

    async def _look_up(self, store: Store, vault: Vault, team: str) -> Workspace | None:
        async with store.read() as session:
            found = await session.installations.get(PLATFORM, team)
        if found is None:
            self._known.pop(team, None)
            return None
        sealed, known = self._known.get(team, ("", None))
        if known is None or sealed != found.sealed:
            try:
                token = vault.open(team, found.sealed)
            except PlatformError as unreadable:
                _log.error("installation cannot be used", team=team, why=str(unreadable))
                return None
            known = Workspace(team, self._client(token), found.account_name or "Dragoman", found.account, found.by)
            self._known[team] = (found.sealed, known)
        return known

    async def let_in(self, team: str, token: str, *, name: str, account: str, by: str) -> Workspace:
        """Keep a new installation, its token sealed.

        Raises:
            SlackApiError: If the token is not one of this workspace.
            PlatformError: If nobody can install us by themselves here, or the token is another workspace's.
        """
        if self._records is None or self._vault is None:
            raise PlatformError("This Dragoman takes no installations: `slack.client_id` is not set.")
        us = await self._client(token).auth_test()
        if us.get("team_id") != team:
            raise PlatformError("Slack gave a token of another workspace.")
        installation = Installation(
            platform=PLATFORM,
            workspace=team,
            name=name,
            sealed=self._vault.seal(team, token),
            account=account,
            account_name=str(us.get("user") or ""),
            by=by,
            at=self._records.machine_now(),
        )
        async with self._records.store.write() as session:
            await session.installations.put(installation)
        self._fresh.pop(team, None)
        _log.info("installed", team=team)
        found = await self.get(team)
        assert found is not None  # noqa: S101 - it was written a moment ago
        return found

    async def leave(self, team: str) -> None:
        """Forget an installation with its token."""
        self._known.pop(team, None)
        self._fresh.pop(team, None)
        if self._records is not None:
            async with self._records.store.write() as session:
                await session.installations.remove(PLATFORM, team)

    def is_own(self, team: str) -> bool:
        """Return whether the settings' own token is for this workspace."""
        return self._own is not None and self._own.team == team


class Authorize(AsyncAuthorize):
    """Tells Bolt whether a request comes from a workspace that has let us in."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def __call__(  # noqa: PLR0913 - as Bolt calls it
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """Return with what token we act, ``None`` for a workspace that has not let us in."""
        found = await self._workspaces.get(team_id or "")
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=found.team,
            bot_token=found.client.token,
            bot_user_id=found.account or None,
            user_id=user_id,
        )
