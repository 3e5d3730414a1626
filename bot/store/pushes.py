"""What hubs have promised to push to us."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.domain.push import Push
from bot.store.codec import decode, encode
from bot.store.tables import pushes
from bot.store.transaction import Transaction, put

_PUSHES = select(pushes.c.push)
_OF = _PUSHES.where(pushes.c.feed.in_(bindparam("asked", expanding=True)))
_BY_TOKEN = _PUSHES.where(pushes.c.token == bindparam("told"))
_DUE = _PUSHES.where(pushes.c.due <= bindparam("now")).order_by(pushes.c.due).limit(bindparam("most"))
_REMOVE = delete(pushes).where(pushes.c.feed == bindparam("of"))


class SqlPushes:
    """The subscriptions at hubs, one a feed at most."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def of(self, feeds: Iterable[str]) -> Mapping[str, Push]:
        """Return the subscriptions of feeds, by feed."""
        asked = sorted(set(feeds))
        found = await self._transaction.rows(_OF, {"asked": asked}) if asked else ()
        return {push.feed: push for row in found for push in (decode(Push, row.push),)}

    async def by_token(self, token: str) -> Push | None:
        """Return the subscription of a callback's address."""
        found = await self._transaction.rows(_BY_TOKEN, {"told": token})
        return decode(Push, found[0].push) if found else None

    async def due(self, now: datetime, limit: int) -> Sequence[Push]:
        """Return those to be asked for now, longest due first."""
        return [decode(Push, row.push) for row in await self._transaction.rows(_DUE, {"now": now, "most": limit})]

    async def put(self, push: Push) -> None:
        """Add a subscription, or replace its feed's former one."""
        row = {"feed": push.feed, "token": push.token, "due": push.due, "push": encode(push)}
        await put(self._transaction, pushes, [row])

    async def remove(self, feed: str) -> None:
        """Forget a feed's subscription."""
        await self._transaction.run(_REMOVE, {"of": feed})
