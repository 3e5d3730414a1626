"""Everything that was said."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, not_, or_, select

from bot.domain.alert import Alert, Card, Mode
from bot.ports import Held
from bot.store.codec import decode, encode
from bot.store.tables import Key, Moment, alerts
from bot.store.tables import held as waiting
from bot.store.transaction import Transaction, put

_BOTH = select(alerts.c.alert, alerts.c.card)
_SEEN = or_(alerts.c.workspace.is_(None), alerts.c.workspace == bindparam("seen_by", type_=Key))
_ONE = _BOTH.where(alerts.c.id == bindparam("which", type_=Key), _SEEN)
_OF_STORY = (
    select(alerts.c.alert)
    .where(alerts.c.story == bindparam("of"), alerts.c.at >= bindparam("since"), _SEEN)
    .order_by(alerts.c.at, alerts.c.number)
)
# A workspace's own version stands in place of everybody's.
_own = alerts.alias("own")
_REPLACED = (
    select(_own.c.id)
    .where(_own.c.id == alerts.c.id + bindparam("suffix"), _own.c.workspace == bindparam("seen_by", type_=Key))
    .exists()
)
_LAST = (
    _BOTH.where(alerts.c.mode == Mode.POST.value, _SEEN, not_(_REPLACED))
    .order_by(alerts.c.at.desc(), alerts.c.number.desc())
    .limit(bindparam("most"))
)
_MARK = select(func.coalesce(func.max(alerts.c.number), 0))
_LAST_OF_STORY = _LAST.where(alerts.c.story == bindparam("of"))

_HELD = (
    select(waiting.c.alert, waiting.c.due)
    .where(waiting.c.story == bindparam("of"), waiting.c.workspace.is_not_distinct_from(bindparam("whose", type_=Key)))
    .order_by(waiting.c.due)
)
_DROP = delete(waiting).where(waiting.c.id == bindparam("which", type_=Key))
_NEXT_HELD = select(func.min(waiting.c.due, type_=Moment).label("due"))
_RELEASE = (
    delete(waiting).where(waiting.c.due <= bindparam("now", type_=Moment)).returning(waiting.c.alert, waiting.c.due)
)

AT_LAST = datetime(9999, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


class SqlAlerts:
    """Everything that was said; a workspace may have a version of its own of what was said to all."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, alert: Alert, card: Card | None) -> None:
        """Add an alert, or replace its version of the same workspace; the card is what its post looks like now."""
        row = {
            "id": alert.id + _suffix(alert.workspace),
            "story": alert.story,
            "mode": alert.mode.value,
            "at": alert.at,
            "alert": encode(alert),
            "card": None if card is None else encode(card),
            "workspace": alert.workspace,
        }
        await put(self._transaction, alerts, [row])

    async def get(self, alert: str, workspace: str | None = None) -> tuple[Alert, Card | None] | None:
        """Return an alert and its card as a workspace sees them, if there is one of this id for it."""
        for suffix in dict.fromkeys((_suffix(workspace), "")):
            found = await self._transaction.rows(_ONE, {"which": alert + suffix, "seen_by": workspace})
            if found:
                return _read(found[0])
        return None

    async def of_story(
        self, story: str, since: datetime | None = None, workspace: str | None = None
    ) -> Sequence[Alert]:
        """Return a story's alerts in order of their time, as a workspace sees them."""
        values = {"of": story, "since": since or LONG_AGO, "seen_by": workspace}
        seen = [decode(Alert, row.alert) for row in await self._transaction.rows(_OF_STORY, values)]
        own = {alert.id for alert in seen if alert.workspace is not None}
        return [alert for alert in seen if alert.workspace is not None or alert.id not in own]

    async def last(
        self, limit: int, story: str | None = None, workspace: str | None = None
    ) -> Sequence[tuple[Alert, Card | None]]:
        """Return the latest posts as a workspace sees them, newest first."""
        values = {"most": limit, "seen_by": workspace, "suffix": _suffix(workspace)}
        found = (
            await self._transaction.rows(_LAST, values)
            if story is None
            else await self._transaction.rows(_LAST_OF_STORY, {**values, "of": story})
        )
        return [_read(row) for row in found]

    async def mark(self) -> tuple[int, ...]:
        """Return numbers that are others once something more was said."""
        [row] = await self._transaction.rows(_MARK)
        return (int(row[0]),)

    async def hold(self, held: Held) -> None:
        """Let a post wait, or change one that waits."""
        alert = held.alert
        row = {
            "id": alert.id + _suffix(alert.workspace),
            "story": alert.story,
            "workspace": alert.workspace,
            "due": held.due,
            "alert": encode(alert),
        }
        await put(self._transaction, waiting, [row])

    async def held(self, story: str, workspace: str | None = None) -> Sequence[Held]:
        """Return what waits of a story for exactly this workspace, or for everybody."""
        found = await self._transaction.rows(_HELD, {"of": story, "whose": workspace})
        return [Held(alert=decode(Alert, row.alert), due=row.due) for row in found]

    async def drop(self, alert: Alert) -> None:
        """Let a post wait no more, and never go."""
        await self._transaction.run(_DROP, {"which": alert.id + _suffix(alert.workspace)})

    async def next_held(self) -> datetime | None:
        """Return when the first post that waits is due, news time."""
        [row] = await self._transaction.rows(_NEXT_HELD)
        due: datetime | None = row.due
        return due

    async def release(self, now: datetime | None) -> Sequence[Held]:
        """Take out the posts that are due, or all of them, the first one first; nobody else gets them."""
        found = await self._transaction.rows(_RELEASE, {"now": now or AT_LAST})
        held = [Held(alert=decode(Alert, row.alert), due=row.due) for row in found]
        return sorted(held, key=lambda one: (one.due, one.alert.id))


def _suffix(workspace: str | None) -> str:
    """Return what sets the id of a workspace's own version apart."""
    return "" if workspace is None else f"@{workspace}"


def _read(row: Row[Any]) -> tuple[Alert, Card | None]:
    return decode(Alert, row.alert), None if row.card is None else decode(Card, row.card)
