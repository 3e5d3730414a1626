"""Posts of small words that have waited long enough go."""

from collections.abc import Callable

from bot.ports import Clock, Engine, Store
from bot.services.ingest import Ingest


class Gathering:
    """Looks which waiting posts are due, by the store's own times."""

    def __init__(self, store: Store, ingest: Callable[[], Ingest], engine: Engine, clock: Clock) -> None:
        self._store = store
        self._ingest = ingest
        self._engine = engine
        self._clock = clock

    async def round(self) -> int:
        """Let go what is due; return how many posts went."""
        now = self._clock.now()
        async with self._store.read() as session:
            due = await session.alerts.next_held()
        if due is None or due > now:
            return 0
        said = await self._ingest().release(now)
        if said:
            await self._engine.wake("deliver")
        return len(said)
