"""What sites say to robots in ``/robots.txt`` (RFC 9309), asked once a day and obeyed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from yarl import URL

from bot.errors import FeedError, ForbiddenAddressError
from bot.feeds.fetch import Answer

#: The name that rules may be addressed to.
AGENT = "Dragoman"
# RFC 9309, 2.4: no older than a day. Who could not be asked is asked again sooner.
DAY = timedelta(hours=24)
AGAIN = timedelta(hours=1)
#: RFC 9309, 2.5: at least so much is read; what comes after it is not.
MOST_BYTES = 512_000
#: Sites remembered; the oldest falls off.
MOST_SITES = 2_000
OK, TOO_MANY, SERVER_ERROR = 200, 429, 500


class Fetches(Protocol):
    """What we ask of whoever visits addresses."""

    async def get(self, url: str, *, accept: str | None = None) -> Answer:
        """Visit an address."""
        ...


@dataclass(frozen=True, slots=True)
class _Rules:
    until_seconds: float
    #: Protego's, or whether everything is allowed.
    says: Any


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
            return _Rules(self._in(DAY), Protego.parse(text))
        if answer.status == TOO_MANY or answer.status >= SERVER_ERROR:
            return _Rules(self._in(AGAIN), says=False)
        # No such file, or one that is kept from us: nothing is said.
        return _Rules(self._in(DAY), says=True)

    def _in(self, span: timedelta) -> float:
        return self._now() + span.total_seconds()
