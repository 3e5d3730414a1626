"""Who may change what a channel hears, asked on every call."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot import log
from bot.platforms.slack.options import SlackOptions
from bot.platforms.slack.workspaces import Workspace

_log = log.get("slack")

# What Slack said of a person holds for a breath, so that one click is not
# five questions; whoever loses a right loses it here as quickly.
FRESH_SECONDS = 10.0
REMEMBERED = 2_000

#: What ``users.conversations`` gives at once, and how often we turn the page.
PAGE = 200
PAGES = 25

#: How many channels are asked for their people one by one.
ASKED = 50

#: The method does not exist.
_UNASKED = object()


class Rights:
    """Asks Slack who somebody is and where they are."""

    def __init__(self, options: SlackOptions) -> None:
        self._options = options
        self._fresh: OrderedDict[tuple[str, str, str], tuple[float, Any]] = OrderedDict()

    async def may_manage(self, workspace: Workspace, user: str, *, home: str, channel: str, there: bool) -> bool:
        """Return whether a person may change what a channel hears.

        Args:
            workspace: Where the channel is ours.
            user: The person.
            home: The workspace that the person belongs to.
            channel: The channel's own id.
            there: Slack itself says that the person is in the channel: they typed there.
        """
        # In a channel shared with another workspace, its people may ask, not change.
        if not user or home != workspace.team:
            return False
        if self._options.managers and not await self._is_named(workspace, user):
            return False
        if self._options.who_may == "admins" and not await self._is_admin(workspace, user):
            return False
        return there or await self.is_in(workspace, user, channel)

    async def is_in(self, workspace: Workspace, user: str, channel: str) -> bool:
        """Return whether a person is in a channel, as far as we can see."""
        return channel in await self.among(workspace, user, (channel,))

    async def among(self, workspace: Workspace, user: str, channels: Sequence[str]) -> frozenset[str]:
        """Return those of some channels that a person is in; private ones only if we are in them too."""
        found = await self._ask("channels", workspace, user)
        if found is _UNASKED:
            return frozenset([each for each in channels[:ASKED] if user in await self._members(workspace, each)])
        return frozenset(channels) & frozenset(found if isinstance(found, list) else ())

    async def _members(self, workspace: Workspace, channel: str) -> Sequence[str]:
        found = await self._ask("members", workspace, channel)
        return found if isinstance(found, list) else ()

    async def _is_named(self, workspace: Workspace, user: str) -> bool:
        """Return whether a person is one of the managers, or in one of their user groups."""
        if user in self._options.people:
            return True
        for group in self._options.groups:
            found = await self._ask("group", workspace, group)
            if isinstance(found, list) and user in found:
                return True
        return False

    async def _is_admin(self, workspace: Workspace, user: str) -> bool:
        person = await self._ask("person", workspace, user)
        return isinstance(person, dict) and bool(person.get("is_admin") or person.get("is_owner"))

    async def _ask(self, what: str, workspace: Workspace, whom: str) -> Any:
        """Ask Slack, or remember; nothing if it does not answer, so that nobody gains a right by that."""
        now = asyncio.get_running_loop().time()
        key = (what, workspace.team, whom)
        until, known = self._fresh.get(key, (0.0, None))
        if now < until:
            return known
        try:
            found = await ASK[what](workspace, whom)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as refused:
            _log.warning("Slack does not say who somebody is", what=what, why=type(refused).__name__)
            return None
        self._fresh[key] = (now + FRESH_SECONDS, found)
        if len(self._fresh) > REMEMBERED:
            self._fresh.popitem(last=False)
        return found


async def _person(workspace: Workspace, user: str) -> Any:
    return (await workspace.client.api_call("users.info", data={"user": user})).get("user")


async def _channels(workspace: Workspace, user: str) -> Any:
    """Return the channels of a person; `_UNASKED` where there is no such method, as in rebuilt Slacks."""
    try:
        pages = await _pages(workspace, "users.conversations", user=user, types="public_channel,private_channel")
    except SlackApiError as refused:
        data = getattr(refused.response, "data", None)
        if isinstance(data, dict) and data.get("error", "unknown_method") == "unknown_method":
            return _UNASKED
        raise
    return [str(channel["id"]) for page in pages for channel in page.get("channels") or []]


async def _members(workspace: Workspace, channel: str) -> list[str]:
    pages = await _pages(workspace, "conversations.members", channel=channel)
    return [str(member) for page in pages for member in page.get("members") or []]


async def _group(workspace: Workspace, group: str) -> list[str]:
    """Return who is in a user group; nobody where the workspace has no such group."""
    try:
        answer = await workspace.client.usergroups_users_list(usergroup=group)
    except SlackApiError as refused:
        data = getattr(refused.response, "data", None)
        if isinstance(data, dict) and data.get("error") == "no_such_subteam":
            return []
        raise
    return [str(user) for user in answer.get("users") or []]


async def _pages(workspace: Workspace, method: str, **body: Any) -> list[Any]:
    """Return all pages that a method has to turn."""
    found: list[Any] = []
    cursor = ""
    for _ in range(PAGES):
        page = await workspace.client.api_call(method, data={**body, "limit": PAGE, "cursor": cursor})
        found.append(page)
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            break
    return found


ASK: Mapping[str, Callable[[Workspace, str], Awaitable[Any]]] = {
    "person": _person,
    "channels": _channels,
    "members": _members,
    "group": _group,
}
