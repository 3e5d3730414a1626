"""One request at a time and a small gap for everybody behind a registrable domain; machine time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from yarl import URL

from bot.feeds.guard import Guard

GAP = timedelta(seconds=1)
#: Who would wait longer than this comes back later, and gives its place to others.
PATIENCE = timedelta(seconds=20)


class BusyError(Exception):
    """A domain rests, or there is a queue; ``wait`` says for how long."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"busy for {wait}")
        self.wait = wait


@dataclass(slots=True)
class _Domain:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    queue: int = 0
    #: The loop's time before which nobody may ask.
    free_at: float = 0.0
    rests: bool = False


class Manners:
    """Keeps us from being a burden on one publisher, however many feeds it has."""

    def __init__(self, guard: Guard, gap: timedelta = GAP) -> None:
        self._guard = guard
        self._gap = gap.total_seconds()
        self._domains: dict[str, _Domain] = {}
        self._suffixes: Any = None

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for our turn at the domain of an address, and hold it.

        Raises:
            BusyError: If the wait would be long.
        """
        host = (URL(url).raw_host or "").rstrip(".")
        if self._guard.is_internal(host):
            yield
            return
        now = asyncio.get_running_loop().time()
        domain = self._domains.setdefault(self._registrable(host), _Domain())
        wait = max(domain.free_at - now, 0.0) + domain.queue * self._gap
        if wait > PATIENCE.total_seconds() or (domain.rests and wait > 0):
            raise BusyError(timedelta(seconds=wait))
        domain.queue += 1
        try:
            async with domain.turn:
                await asyncio.sleep(max(domain.free_at - asyncio.get_running_loop().time(), 0.0))
                domain.rests = False
                try:
                    yield
                finally:
                    domain.free_at = max(domain.free_at, asyncio.get_running_loop().time() + self._gap)
        finally:
            domain.queue -= 1

    def rest(self, url: str, span: timedelta) -> None:
        """Leave a whole domain alone, since it said that we ask too much."""
        host = (URL(url).raw_host or "").rstrip(".")
        if self._guard.is_internal(host):
            return
        domain = self._domains.setdefault(self._registrable(host), _Domain())
        domain.free_at = max(domain.free_at, asyncio.get_running_loop().time() + span.total_seconds())
        domain.rests = True

    def _registrable(self, host: str) -> str:
        if self._suffixes is None:
            # 40 ms, so not before the first visit outside. Only the registries'
            # suffixes: all of Tumblr or Blogspot is one publisher's servers.
            from publicsuffixlist import PublicSuffixList  # noqa: PLC0415

            self._suffixes = PublicSuffixList(only_icann=True)
        return self._suffixes.privatesuffix(host.lower()) or host.lower()
