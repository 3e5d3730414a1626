"""What people ask is done once, however often the platform hands it to us, and to whichever of our processes."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

from bot import log
from bot.ports import Store

_log = log.get("platforms")

# Most of what comes twice comes within minutes and to the same process.
REMEMBERED = 10_000

# People are answered within 3 s: a store that is busy for so long is not waited for.
PATIENCE_SECONDS = 1.0


class Once:
    """Knows what was handed to us before: in this process, and, over a store, before a restart or in another."""

    def __init__(
        self, platform: str, store: Store | None = None, machine_now: Callable[[], datetime] | None = None
    ) -> None:
        """Know nothing yet.

        Args:
            platform: Whose requests these are.
            store: Remembers them for all processes; without one this process alone does.
            machine_now: Machine time, for the store.
        """
        self._platform = platform
        self._store = store
        self._machine_now = machine_now
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._noting: set[asyncio.Task[None]] = set()

    def is_new_here(self, request: str) -> bool:
        """Return whether a request comes to this process for the first time, and remember it."""
        if request in self._seen:
            return False
        self._seen[request] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True

    async def is_new(self, request: str) -> bool:
        """Return whether a request comes to any of us for the first time, and remember it.

        It is looked up before and written down beside the answer: who waits
        for the disk answers late. So two processes that are handed one
        request at the very same moment both answer it, and one that is killed
        in the middle leaves it to who comes after. Where the store does not
        tell in time a request is new: an answer too many is better than none.
        """
        if not self.is_new_here(request):
            return False
        if self._store is None or self._machine_now is None:
            return True
        name = f"{self._platform}:{request}"
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), self._store.read() as session:
                if await session.requests.came(name):
                    return False
        except TimeoutError:
            _log.warning("store too busy to tell whether this came before", platform=self._platform)
        noting = asyncio.create_task(self._note(self._store, name, self._machine_now()))
        self._noting.add(noting)
        noting.add_done_callback(self._noting.discard)
        return True

    async def finish(self) -> None:
        """Wait until all is written down."""
        await asyncio.gather(*self._noting, return_exceptions=True)

    async def _note(self, store: Store, name: str, at: datetime) -> None:
        async with store.write() as session:
            await session.requests.note(name, at)
