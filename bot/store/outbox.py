"""What is to be sent, and who is sending it.

A claim is a lease with a number, the fence, that grows with every claim: a
sender that froze and wakes after somebody else took over is refused. Of each
channel only one delivery is out at a time, the earliest that may go, so
people read things in the order in which they became known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, TextClause, bindparam, column, select, text

from bot.domain.delivery import EDIT, POST, Delivery, Status
from bot.store.codec import decode, encode
from bot.store.tables import Key, Moment, outbox
from bot.store.transaction import Transaction, put

#: Behind every line.
EDIT_RANK = 2**31 - 1
#: Stands for a moment that was never named.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

_OF_ALERT = (
    select(outbox.c.delivery, outbox.c.status, outbox.c.attempts, outbox.c.fence, outbox.c.shown)
    .where(outbox.c.alert == bindparam("of"))
    .order_by(outbox.c.channel, outbox.c.rank)
)

# A part may go once its post holds a message id and no earlier part waits.
_MAY_GO = """
o.status = 'waiting' AND (o.rank = 0 OR (
  EXISTS (SELECT 1 FROM outbox AS p
          WHERE p.channel = o.channel AND p.alert = o.alert AND p.rank = 0 AND p.posted)
  AND NOT EXISTS (SELECT 1 FROM outbox AS e
                  WHERE e.channel = o.channel AND e.alert = o.alert AND e.rank < o.rank AND e.status = 'waiting')))
"""

_GIVE_UP_ORPHANS = """
UPDATE outbox SET status = 'given-up'
WHERE status = 'waiting' AND rank > 0 AND EXISTS (
  SELECT 1 FROM outbox AS p
  WHERE p.channel = outbox.channel AND p.alert = outbox.alert AND p.rank = 0 AND p.status = 'given-up' AND NOT p.posted)
"""

# Each channel's first that may go, found by leaps from channel to channel in
# the index of what waits: a look costs as many steps as there are channels,
# however long their queues are.
_FIRST = f"""
WITH RECURSIVE places(channel) AS (
  SELECT (SELECT channel FROM outbox WHERE status = 'waiting' ORDER BY channel LIMIT 1)
  UNION ALL
  SELECT (SELECT n.channel FROM outbox AS n
          WHERE n.status = 'waiting' AND n.channel > places.channel ORDER BY n.channel LIMIT 1)
  FROM places WHERE places.channel IS NOT NULL
), first AS (
  SELECT (SELECT o.number FROM outbox AS o
          WHERE o.channel = places.channel AND {_MAY_GO} ORDER BY o.number LIMIT 1) AS number
  FROM places WHERE places.channel IS NOT NULL
)
"""  # noqa: S608 (no value is pasted in)

# PostgreSQL checks the conditions on the locked row again after it waited,
# so they stand once more outside of the search for each channel's first.
_CLAIM = f"""
{_FIRST}, free AS MATERIALIZED (
  SELECT number FROM outbox AS o
  WHERE number IN (SELECT number FROM first) AND status = 'waiting'
    AND (not_before IS NULL OR not_before <= :now)
    AND NOT EXISTS (SELECT 1 FROM outbox AS b
                    WHERE b.channel = o.channel AND b.leased_until IS NOT NULL
                      AND b.status = 'waiting' AND b.leased_until > :now)
    AND (leased_until IS NULL OR leased_until <= :now)
  ORDER BY number LIMIT :limit {{lock}}
)
UPDATE outbox SET fence = fence + 1, leased_until = :until, again = {{no}}
WHERE number IN (SELECT number FROM free)
RETURNING number, delivery, status, attempts, fence, shown
"""  # noqa: S608 (no value is pasted in)

_NEXT = f"""
{_FIRST}
SELECT min({{later}}(
  coalesce(o.not_before, :first),
  coalesce((SELECT max(b.leased_until) FROM outbox AS b
            WHERE b.channel = o.channel AND b.leased_until IS NOT NULL AND b.status = 'waiting'), :first))) AS moment
FROM outbox AS o WHERE o.number IN (SELECT number FROM first)
"""  # noqa: S608

# Those behind a post that is missing or given up will never go.
_WAITING = """
SELECT count(*) FROM outbox AS o WHERE o.status = 'waiting' AND (o.rank = 0 OR EXISTS (
  SELECT 1 FROM outbox AS p
  WHERE p.channel = o.channel AND p.alert = o.alert AND p.rank = 0 AND (p.posted OR p.status = 'waiting')))
"""

_SETTLE = """
UPDATE outbox
SET delivery = :delivery, attempts = :attempts, shown = :shown, posted = :posted,
    status = CASE WHEN again THEN 'waiting' ELSE :status END,
    not_before = :not_before, again = {no}, leased_until = NULL
WHERE channel = :channel AND alert = :alert AND rank = :rank AND fence = :fence
"""

# An edit that is on its way right now must be followed by another, but not
# be overtaken by it: the lease stands, and settling it lets it wait again.
_EDIT_AGAIN = """
UPDATE outbox
SET again = (leased_until IS NOT NULL AND status = 'waiting'), status = 'waiting',
    attempts = CASE WHEN status = 'waiting' THEN attempts ELSE 0 END
WHERE channel = :channel AND alert = :alert AND rank = :rank
"""


def _statement(sql: str, dialect: str, *moments: str, keys: Sequence[str] = ()) -> TextClause:
    postgres = dialect == "postgresql"
    filled = sql.format(
        lock="FOR UPDATE SKIP LOCKED" if postgres else "",
        no="FALSE" if postgres else "0",
        later="greatest" if postgres else "max",
    )
    typed = [bindparam(name, type_=Moment) for name in moments] + [bindparam(name, type_=Key) for name in keys]
    return text(filled).bindparams(*typed)


_ROW = ("channel", "alert")
_STATEMENTS: Mapping[str, Mapping[str, Any]] = {
    dialect: {
        "claim": _statement(_CLAIM, dialect, "now", "until"),
        "settle": _statement(_SETTLE, dialect, "not_before", keys=_ROW),
        "again": _statement(_EDIT_AGAIN, dialect, keys=_ROW),
        "next": _statement(_NEXT, dialect, "first").columns(column("moment", Moment)),
    }
    for dialect in ("sqlite", "postgresql")
}
_HURRY = text(
    "UPDATE outbox SET not_before = NULL WHERE channel = :channel AND status = 'waiting' AND not_before IS NOT NULL"
).bindparams(bindparam("channel", type_=Key))
_ORPHANS = text(_GIVE_UP_ORPHANS)
_COUNT = text(_WAITING)
_COUNT_OF = text(f"{_WAITING} AND o.channel IN (SELECT id FROM channels WHERE workspace = :whose)").bindparams(  # noqa: S608 (no value is pasted in)
    bindparam("whose", type_=Key)
)


class SqlOutbox:
    """What is to be sent; moments are machine time."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, deliveries: Iterable[Delivery]) -> None:
        """Add deliveries; a row that exists stays, but an ``edit`` row waits again."""
        rows = [_row(delivery) for delivery in deliveries]
        # Before the insert, or fresh edits would be touched as well.
        edits = [{name: row[name] for name in (*_ROW, "rank")} for row in rows if row["rank"] == EDIT_RANK]
        if edits:
            await self._transaction.run(self._own("again"), edits)
        await put(self._transaction, outbox, rows, replace=False)

    async def claim(self, now: datetime, lease: timedelta, limit: int) -> Sequence[Delivery]:
        """Take deliveries that may go now, oldest first, one a channel.

        What hangs on a post that was given up is given up here too.
        """
        await self._transaction.run(_ORPHANS, {})
        values = {"now": now, "until": now + lease, "limit": limit}
        found = await self._transaction.rows(self._own("claim"), values)
        return [_read(row) for row in sorted(found, key=lambda row: int(row.number))]

    async def settle(self, delivery: Delivery, *, not_before: datetime | None = None) -> bool:
        """Write a delivery back and free it; ``False`` if its fence is outdated."""
        values = _row(delivery)
        del values["again"], values["leased_until"]
        values["not_before"] = not_before
        return await self._transaction.run(self._own("settle"), values) > 0

    async def of_alert(self, alert: str) -> Sequence[Delivery]:
        """Return an alert's deliveries by channel: the post, its lines, its edit."""
        return [_read(row) for row in await self._transaction.rows(_OF_ALERT, {"of": alert})]

    async def hurry(self, channel: str) -> None:
        """Let what waits for a channel go at once."""
        await self._transaction.run(_HURRY, {"channel": channel})

    async def waiting(self, workspace: str | None = None) -> int:
        """Return how many deliveries may still go, now or later; to everybody, or to a workspace's channels."""
        [row] = (
            await self._transaction.rows(_COUNT)
            if workspace is None
            else await self._transaction.rows(_COUNT_OF, {"whose": workspace})
        )
        return int(row[0])

    async def next_attempt(self) -> datetime | None:
        """Return when the earliest waiting delivery may go, long ago if at once; ``None`` if none may."""
        [row] = await self._transaction.rows(self._own("next"), {"first": LONG_AGO})
        moment: datetime | None = row.moment
        return moment

    def _own(self, name: str) -> Any:
        return _STATEMENTS[self._transaction.dialect][name]


def _rank(part: str) -> int:
    if part == POST:
        return 0
    return EDIT_RANK if part == EDIT else int(part.removeprefix("line:"))


def _row(delivery: Delivery) -> dict[str, Any]:
    return {
        "channel": delivery.channel,
        "alert": delivery.alert,
        "rank": _rank(delivery.part),
        "status": delivery.status.value,
        "attempts": delivery.attempts,
        "fence": delivery.fence,
        "shown": delivery.shown,
        "posted": delivery.message is not None,
        "again": False,
        "not_before": None,
        "leased_until": None,
        "delivery": encode(delivery),
    }


def _read(row: Row[Any]) -> Delivery:
    return replace(
        decode(Delivery, row.delivery),
        status=Status(row.status),
        attempts=row.attempts,
        fence=row.fence,
        shown=row.shown,
    )
