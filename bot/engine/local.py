"""Wake-ups within one process."""

import asyncio
from collections import defaultdict
from datetime import timedelta


class LocalEngine:
    """Wakes the waiters of a topic; a wake-up that nobody waits for is kept for the next who does."""

    def __init__(self, url: str = "local:") -> None:
        self._topics: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def open(self) -> None:
        """Do nothing: there is nothing to connect to."""

    async def wake(self, topic: str) -> None:
        """Tell whoever waits for the topic to look; several calls are one."""
        self._topics[topic].set()

    async def wait(self, topic: str, timeout: timedelta) -> bool:  # noqa: ASYNC109 (the port's name)
        """Return ``True`` when woken, ``False`` once the time has passed."""
        event = self._topics[topic]
        try:
            async with asyncio.timeout(timeout.total_seconds()):
                await event.wait()
        except TimeoutError:
            return False
        event.clear()
        return True

    async def close(self) -> None:
        """Wake everybody, so that nobody waits for what will not come."""
        for event in self._topics.values():
            event.set()
