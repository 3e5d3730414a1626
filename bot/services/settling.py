"""What became of deliveries is written down: one commit for all that ended while the last was under way."""

import asyncio
from datetime import datetime

from bot.domain.delivery import Delivery
from bot.ports import Store

#: Deliveries of one transaction.
MOST = 500


class Settling:
    """Settles deliveries; each is told when its own row is committed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[tuple[Delivery, datetime | None, asyncio.Future[bool]]] = []
        self._work: asyncio.Task[None] | None = None

    async def settle(self, delivery: Delivery, not_before: datetime | None) -> bool:
        """Write a delivery back and free it; ``False`` if its fence is outdated."""
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((delivery, not_before, kept))
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._empty(), name="deliver: settling")
        return await kept

    async def _empty(self) -> None:
        # Who ends in this turn of the loop comes along.
        await asyncio.sleep(0)
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                async with self._store.write() as session:
                    kept = [await session.outbox.settle(row, not_before=when) for row, when, _ in batch]
            except BaseException as wrong:
                for _, _, waiting in batch:
                    if not waiting.done():
                        waiting.set_exception(wrong if isinstance(wrong, Exception) else asyncio.CancelledError())
                if not isinstance(wrong, Exception):
                    raise
            else:
                for (_, _, waiting), answer in zip(batch, kept, strict=True):
                    if not waiting.done():
                        waiting.set_result(answer)
