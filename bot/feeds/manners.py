"""One request at a time and a small gap for everybody behind a registrable domain; machine time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any

from yarl import URL

from bot.feeds.guard import Guard, literal

GAP = timedelta(seconds=1)
#: Who would wait longer than this comes back later, and gives its place to others.
PATIENCE = timedelta(seconds=20)
#: And who has waited so long because those before it were slow goes as well.
QUEUE = timedelta(seconds=40)
#: After so many turns the domains that nobody waits for are forgotten.
TIDY_AFTER = 5_000


class BusyError(Exception):
    """A domain rests, or there is a queue; ``wait`` says when our place is free."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"busy for {wait}")
        self.wait = wait


@dataclass(slots=True)
class _Domain:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    queue: int = 0
    #: The loop's time before which nobody may ask.
    free_at: float = 0.0
    #: Until then each gap is promised to somebody who was sent away.
    promised_until: float = 0.0
    rests: bool = False


class Manners:
    """Keeps us from being a burden on one publisher, however many feeds it has."""

    def __init__(self, guard: Guard, gap: timedelta = GAP) -> None:
        self._guard = guard
        self._gap = gap.total_seconds()
        self._domains: dict[str, _Domain] = {}
        self._turns = 0

    @asynccontextmanager
    async def turn(self, url: URL) -> AsyncIterator[None]:
        """Wait for our turn at the domain of an address, and hold it.

        Raises:
            BusyError: If the wait would be long.
        """
        host = url.raw_host or ""
        if self._guard.is_internal(host):
            yield
            return
        domain = self._domain(host)
        self._turn_away_if_busy(domain)
        domain.queue += 1
        try:
            await self._acquire(domain)
            try:
                while (wait := domain.free_at - _now()) > 0:
                    if domain.rests:
                        # Whoever went before us was told that we ask too much.
                        self._turn_away(domain, wait)
                    await asyncio.sleep(wait)
                domain.rests = False
                try:
                    yield
                finally:
                    domain.free_at = max(domain.free_at, _now() + self._gap)
            finally:
                domain.turn.release()
        finally:
            domain.queue -= 1

    def rest(self, url: URL, span: timedelta) -> None:
        """Leave a whole domain alone, since it said that we ask too much."""
        host = url.raw_host or ""
        if self._guard.is_internal(host):
            return
        domain = self._domain(host)
        domain.free_at = max(domain.free_at, _now() + span.total_seconds())
        domain.rests = True

    async def _acquire(self, domain: _Domain) -> None:
        try:
            async with asyncio.timeout(QUEUE.total_seconds() if domain.turn.locked() else None):
                await domain.turn.acquire()
        except TimeoutError:
            self._turn_away(domain, PATIENCE.total_seconds())

    def _turn_away_if_busy(self, domain: _Domain) -> None:
        wait = max(domain.free_at - _now(), 0.0) + domain.queue * self._gap
        if wait > PATIENCE.total_seconds() or (domain.rests and wait > 0):
            self._turn_away(domain, wait)

    def _turn_away(self, domain: _Domain, wait: float) -> None:
        """Promise a place of its own to each that is sent away, so that they do not come back together."""
        place = max(_now() + wait, domain.promised_until)
        domain.promised_until = place + self._gap
        raise BusyError(timedelta(seconds=place - _now()))

    def _domain(self, host: str) -> _Domain:
        self._turns += 1
        if self._turns % TIDY_AFTER == 0:
            now = _now()
            self._domains = {
                name: domain
                for name, domain in self._domains.items()
                if domain.queue or max(domain.free_at, domain.promised_until) > now
            }
        return self._domains.setdefault(registrable(host), _Domain())


@lru_cache(maxsize=10_000)
def registrable(host: str) -> str:
    """Return the domain that somebody has registered, of a host below it; an address is its own."""
    host = host.rstrip(".").lower()
    if literal(host) is not None:
        return host
    return _suffixes().privatesuffix(host) or host


@lru_cache(maxsize=1)
def _suffixes() -> Any:
    # 40 ms, so not before the first visit outside. Only the registries'
    # suffixes: all of Tumblr or Blogspot is one publisher's servers.
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415

    return PublicSuffixList(only_icann=True)


def _now() -> float:
    return asyncio.get_running_loop().time()
