"""The feeds and when each is due."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, or_, select, text, update

from bot.domain.address import keys_of
from bot.domain.feed import Feed, FeedState
from bot.store.codec import decode, encode
from bot.store.tables import Key, Moment, feeds, removed_feeds
from bot.store.transaction import Transaction, put

_ALL = select(feeds.c.feed, feeds.c.state).order_by(feeds.c.id)
_SEEN_BY = _ALL.where(or_(feeds.c.workspace.is_(None), feeds.c.workspace == bindparam("seen_by", type_=Key)))
_ONE = _ALL.where(feeds.c.id == bindparam("which"))
_REMOVE = delete(feeds).where(feeds.c.id == bindparam("which"))
_REMOVED = select(removed_feeds.c.address).where(removed_feeds.c.address.in_(bindparam("asked", expanding=True)))
_READMIT = delete(removed_feeds).where(removed_feeds.c.address == bindparam("again"))
_SETTLE = (
    update(feeds)
    .where(feeds.c.id == bindparam("which"))
    .values(state=bindparam("left"), due=bindparam("next_due"), leased_until=None)
)
_WAITING = select(feeds.c.id, feeds.c.state).where(
    feeds.c.id.in_(bindparam("asked", expanding=True)), feeds.c.due > bindparam("by"), feeds.c.leased_until.is_(None)
)
_NEXT = select(func.min(feeds.c.due))
_MARK = select(*(select(func.count()).select_from(table).scalar_subquery() for table in (feeds, removed_feeds)))

_CLAIM = """
WITH due AS MATERIALIZED (
  SELECT id FROM feeds
  WHERE due <= :now AND (leased_until IS NULL OR leased_until <= :machine_now)
  ORDER BY due LIMIT :limit {lock}
)
UPDATE feeds SET leased_until = :until WHERE id IN (SELECT id FROM due) RETURNING feed, state
"""


def _claim(lock: str) -> Any:
    moments = (bindparam(name, type_=Moment) for name in ("now", "machine_now", "until"))
    return text(_CLAIM.format(lock=lock)).bindparams(*moments)


_CLAIMS = {"sqlite": _claim(""), "postgresql": _claim("FOR UPDATE SKIP LOCKED")}


class SqlFeeds:
    """The feeds and what we remember of them."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def all(self) -> Sequence[tuple[Feed, FeedState]]:
        """Return all feeds by id, everybody's own included; for who polls, never for who reads."""
        return [_read(row) for row in await self._transaction.rows(_ALL)]

    async def seen_by(self, workspace: str | None) -> Sequence[tuple[Feed, FeedState]]:
        """Return everybody's feeds and a workspace's own, by id."""
        return [_read(row) for row in await self._transaction.rows(_SEEN_BY, {"seen_by": workspace})]

    async def get(self, feed: str) -> tuple[Feed, FeedState] | None:
        """Return a feed and its state, if there is one of this id."""
        found = await self._transaction.rows(_ONE, {"which": feed})
        return _read(found[0]) if found else None

    async def put(self, feed: Feed, state: FeedState) -> None:
        """Add a feed, or replace what is known of it; a claim on it ends."""
        row = {
            "id": feed.id,
            "workspace": feed.workspace,
            "due": state.due,
            "leased_until": None,
            "feed": encode(feed),
            "state": encode(state),
        }
        await put(self._transaction, feeds, [row])

    async def remove(self, feed: str) -> bool:
        """Forget a feed but for its addresses; its articles and events stay."""
        found = await self.get(feed)
        # What a workspace does with its own feeds says nothing about everybody's.
        if found is not None and found[0].workspace is None:
            rows = [{"address": key} for key in sorted(keys_of(found[0]))]
            await put(self._transaction, removed_feeds, rows, replace=False)
        return await self._transaction.run(_REMOVE, {"which": feed}) > 0

    async def was_removed(self, feed: Feed) -> bool:
        """Tell whether somebody removed a feed of one of its addresses."""
        return bool(await self._transaction.rows(_REMOVED, {"asked": sorted(keys_of(feed))}))

    async def readmit(self, feed: Feed) -> None:
        """Forget that a feed was removed; a workspace's own says nothing about everybody's."""
        if feed.workspace is not None:
            return
        await self._transaction.run(_READMIT, [{"again": key} for key in sorted(keys_of(feed))])

    async def claim_due(
        self, now: datetime, machine_now: datetime, lease: timedelta, limit: int
    ) -> Sequence[tuple[Feed, FeedState]]:
        """Take due feeds that nobody else holds, earliest due first."""
        found = await self._transaction.rows(
            _CLAIMS[self._transaction.dialect],
            {"now": now, "machine_now": machine_now, "until": machine_now + lease, "limit": limit},
        )
        return sorted(map(_read, found), key=lambda claimed: (claimed[1].due, claimed[0].id))

    async def settle(self, states: Mapping[str, FeedState]) -> None:
        """Write what polls left, by feed, and give the claims back; a feed removed meanwhile stays removed."""
        if states:
            rows = [{"which": feed, "left": encode(state), "next_due": state.due} for feed, state in states.items()]
            await self._transaction.run(_SETTLE, rows)

    async def hurry(self, feeds: Iterable[str], due: datetime) -> None:
        """Let feeds be due by a moment if their servers allow; those that fail or are visited now are left alone."""
        found = await self._transaction.rows(_WAITING, {"asked": sorted(set(feeds)), "by": due})
        states = {row.id: decode(FeedState, row.state) for row in found}
        sooner = {feed: state.hurried(due) for feed, state in states.items()}
        await self.settle({feed: state for feed, state in sooner.items() if state != states[feed]})

    async def mark(self) -> tuple[int, ...]:
        """Return numbers that are others once a feed was added or removed."""
        [row] = await self._transaction.rows(_MARK)
        return tuple(map(int, row))

    async def next_due(self) -> datetime | None:
        """Return when the next feed is due, claimed ones included."""
        [row] = await self._transaction.rows(_NEXT)
        moment: datetime | None = row[0]
        return moment


def _read(row: Row[Any]) -> tuple[Feed, FeedState]:
    return decode(Feed, row.feed), decode(FeedState, row.state)
