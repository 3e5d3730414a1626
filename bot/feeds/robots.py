"""What sites say to robots in ``/robots.txt`` (RFC 9309), asked once a day and obeyed."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from yarl import URL

from bot.errors import FeedError, ForbiddenAddressError
from bot.feeds.answer import Answer
from bot.feeds.manners import BusyError

#: The name that rules may be addressed to.
AGENT = "Dragoman"
# RFC 9309, 2.4: no older than a day. Who could not be asked is asked again sooner.
DAY = timedelta(hours=24)
AGAIN = timedelta(hours=1)
#: RFC 9309, 2.5: at least so much is read; what comes after it is not.
MOST_BYTES = 512_000
#: Sites remembered; the oldest falls off.
MOST_SITES = 2_000
#: Who would wait longer for its turn goes without its page.
PATIENCE = timedelta(seconds=20)
OK, TOO_MANY, SERVER_ERROR = 200, 429, 500


class Fetches(Protocol):
    """What we ask of whoever visits addresses."""

    async def get(self, url: str, *, accept: str | None = None) -> Answer:
        """Visit an address."""
        ...


@dataclass(slots=True)
class _Rules:
    until_seconds: float
    #: Protego's, or whether everything is allowed.
    says: Any
    #: What it wants between two visits, and when the next may be; machine time.
    gap_seconds: float = 0.0
    free_seconds: float = 0.0


class Robots:
    """Remembers what each site allows."""

    def __init__(self, fetcher: Fetches, now: Callable[[], float] = time.monotonic) -> None:
        """Ask through a fetcher.

        Args:
            fetcher: Who visits the sites.
            now: Machine time in seconds.
        """
        self._fetcher = fetcher
        self._now = now
        self._sites: dict[URL, _Rules] = {}

    async def check(self, url: URL) -> None:
        """Let an address pass.

        Raises:
            ForbiddenAddressError: If its site wants no robots there, or could
                not be asked.
            BusyError: If the site has to rest.
        """
        site = url.origin()
        rules = self._sites.get(site)
        if rules is None or rules.until_seconds <= self._now():
            self._sites.pop(site, None)
            rules = self._sites[site] = await self._ask(site)
            if len(self._sites) > MOST_SITES:
                del self._sites[next(iter(self._sites))]
        allowed = rules.says if isinstance(rules.says, bool) else rules.says.can_fetch(str(url), AGENT)
        if not allowed:
            raise ForbiddenAddressError(str(url), "may not be read by robots, its site says in robots.txt")
        await self._wait(rules)

    async def _wait(self, rules: _Rules) -> None:
        """Keep the gap that a site asks for with Crawl-delay, which RFC 9309 leaves to our courtesy."""
        wait = rules.free_seconds - self._now()
        if wait > PATIENCE.total_seconds():
            raise BusyError(timedelta(seconds=wait))
        rules.free_seconds = max(rules.free_seconds, self._now()) + rules.gap_seconds
        await asyncio.sleep(max(wait, 0.0))

    async def _ask(self, site: URL) -> _Rules:
        try:
            answer = await self._fetcher.get(str(site / "robots.txt"), accept="text/plain, */*;q=0.5")
        except ForbiddenAddressError:
            raise
        except FeedError:
            return _Rules(self._in(AGAIN), says=False)
        if answer.status == OK:
            from protego import Protego  # noqa: PLC0415  of the extra `fulltext`

            text = answer.body[:MOST_BYTES].decode("utf-8-sig", "replace")
            parsed = Protego.parse(text)
            return _Rules(self._in(DAY), parsed, gap_seconds=min(parsed.crawl_delay(AGENT) or 0.0, DAY.total_seconds()))
        if answer.status == TOO_MANY or answer.status >= SERVER_ERROR:
            return _Rules(self._in(AGAIN), says=False)
        # No such file, or one that is kept from us: nothing is said.
        return _Rules(self._in(DAY), says=True)

    def _in(self, span: timedelta) -> float:
        return self._now() + span.total_seconds()
