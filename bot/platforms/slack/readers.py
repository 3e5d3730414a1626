"""Which language each person reads, as Slack knows it."""

import asyncio
from collections import OrderedDict

import aiohttp
from slack_sdk.errors import SlackApiError

from bot import log
from bot.locales import language_of
from bot.platforms.slack.workspaces import Workspace

_log = log.get("slack")

# People change the language of their client once in years.
FRESH_SECONDS = 3_600.0
# Who cannot be asked for is asked for again soon.
UNKNOWN_SECONDS = 10.0
REMEMBERED = 5_000


class Readers:
    """Asks Slack in which language somebody's client runs, and remembers."""

    def __init__(self, otherwise: str) -> None:
        """Keep what holds for whom Slack does not tell.

        Args:
            otherwise: A language or locale.
        """
        self._otherwise = otherwise
        #: Until when on the loop's clock a person's language holds.
        self._known: OrderedDict[tuple[str, str], tuple[float, str]] = OrderedDict()

    async def language(self, workspace: Workspace, user: str) -> str:
        """Return what a person reads: their own language if it is ours, else the workspace's."""
        now, key = asyncio.get_running_loop().time(), (workspace.team, user)
        until, known = self._known.get(key, (0.0, ""))
        if now < until:
            return known
        locale, holds = "", UNKNOWN_SECONDS
        if user:
            try:
                asked = {"user": user, "include_locale": "true"}
                found = (await workspace.client.api_call("users.info", data=asked)).get("user")
                locale, holds = str((found or {}).get("locale") or ""), FRESH_SECONDS
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as refused:
                _log.info("Slack does not say what somebody reads", why=type(refused).__name__)
        language = language_of(locale, self._otherwise)
        self._known[key] = (now + holds, language)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return language
