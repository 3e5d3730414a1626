"""What platforms handed us lately."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.store.tables import Moment, requests
from bot.store.transaction import Transaction, put

_ONE = select(requests.c.id).where(requests.c.id == bindparam("which"))
_FORGET = delete(requests).where(requests.c.at < bindparam("before", type_=Moment))


class SqlRequests:
    """What platforms handed to any of our processes lately; moments are machine time."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def came(self, request: str) -> bool:
        """Tell whether a request came before, to whomever."""
        return bool(await self._transaction.rows(_ONE, {"which": request}))

    async def note(self, request: str, at: datetime) -> None:
        """Remember a request by its platform's id."""
        await put(self._transaction, requests, [{"id": request, "at": at}], replace=False)

    async def forget(self, before: datetime) -> int:
        """Forget the requests that came before a moment; return how many."""
        return await self._transaction.run(_FORGET, {"before": before})
