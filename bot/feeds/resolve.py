"""Names become addresses: looked up by threads of our own, remembered, each name asked for once at a time.

The loop's own threads are few and shared with everything else: where a lookup
takes 200 ms they manage 30 a second, which is less than 100,000 feeds need.
"""

import asyncio
import socket
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

#: The system does not tell how long an answer holds; this is what most zones say at least.
FRESH = timedelta(minutes=10)
#: While the name servers are silent an old answer serves; the guard and TLS check it all the same.
STALE = timedelta(hours=6)
#: How long "there is no such name" is believed, so that a dead host costs one lookup a round.
ABSENT = timedelta(seconds=30)
#: About 30 MB of names at most.
MOST_NAMES = 100_000
#: 160 lookups a second where each takes 200 ms.
THREADS = 32

#: What the system answers: (family, kind, protocol, canonical name, address).
LookUp = Callable[[str, int], Sequence[tuple[Any, Any, int, str, tuple[Any, ...]]]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a name stands for, and when we asked; an error if it stands for nothing."""

    addresses: tuple[tuple[int, str], ...]
    asked_at: float
    error: OSError | None = None


class CachingResolver(AbstractResolver):
    """Asks the system, so that its hosts file and its name servers hold; remembers what it said."""

    def __init__(self, look_up: LookUp | None = None, now: Callable[[], float] = time.monotonic) -> None:
        """Prepare; threads start with the first lookups.

        Args:
            look_up: Returns a name's addresses for a family, and may take its time; the system's if ``None``.
            now: Machine time in seconds.
        """
        self._look_up = look_up or _ask_system
        self._now = now
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="names")
        self._known: OrderedDict[tuple[str, int], _Answer] = OrderedDict()
        self._asking: dict[tuple[str, int], asyncio.Future[_Answer]] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name.

        Raises:
            OSError: If there is no such name, or nobody can tell now.
        """
        key = (host, int(family))
        known = self._known.get(key)
        if known is None or self._is_over(known):
            known = await self._ask(key, known)
        if known.error is not None:
            raise known.error
        flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=flags)
            for kind, address in known.addresses
        ]

    async def close(self) -> None:
        """Wait for no lookup any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _is_over(self, answer: _Answer) -> bool:
        return self._age(answer) > (ABSENT if answer.error else FRESH).total_seconds()

    def _age(self, answer: _Answer) -> float:
        return self._now() - answer.asked_at

    async def _ask(self, key: tuple[str, int], before: _Answer | None) -> _Answer:
        """Return what the system says; everybody who wants the same name waits for the same answer."""
        asking = self._asking.get(key)
        if asking is None:
            asking = asyncio.ensure_future(self._fresh(key, before))
            self._asking[key] = asking
            asking.add_done_callback(lambda _: self._asking.pop(key, None))
        # One visitor's patience may end; the others still want to know.
        return await asyncio.shield(asking)

    async def _fresh(self, key: tuple[str, int], before: _Answer | None) -> _Answer:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self._threads, self._look_up, *key)
            addresses = tuple(dict.fromkeys((int(kind), str(where[0])) for kind, _, _, _, where in found))
            answer = _Answer(addresses, self._now())
        except OSError as unknown:
            # Told without its traceback, which would keep whole visits in memory.
            answer = _Answer((), self._now(), type(unknown)(*unknown.args))
            serves = before is not None and before.error is None and self._age(before) < STALE.total_seconds()
            if before is not None and serves and _is_passing(unknown):
                return before
        self._known[key] = answer
        self._known.move_to_end(key)
        if len(self._known) > MOST_NAMES:
            self._known.popitem(last=False)
        return answer


def _ask_system(host: str, family: int) -> Sequence[tuple[Any, Any, int, str, tuple[Any, ...]]]:
    return socket.getaddrinfo(host, 0, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)


def _is_passing(failed: OSError) -> bool:
    """Tell whether nobody could answer, rather than that somebody said no."""
    return failed.errno in {socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_SYSTEM}
