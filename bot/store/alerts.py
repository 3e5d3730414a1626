"""Everything that was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from bot.domain.alert import Alert, Card, Mode
from bot.store.codec import decode, encode
from bot.store.tables import alerts
from bot.store.transaction import Transaction, put

_BOTH = select(alerts.c.alert, alerts.c.card)
_ONE = _BOTH.where(alerts.c.id == bindparam("which"))
_OF_STORY = select(alerts.c.alert).where(alerts.c.story == bindparam("of")).order_by(alerts.c.at, alerts.c.number)
_OF_STORY_SINCE = _OF_STORY.where(alerts.c.at >= bindparam("since"))
_LAST = (
    _BOTH.where(alerts.c.mode == Mode.POST.value)
    .order_by(alerts.c.at.desc(), alerts.c.number.desc())
    .limit(bindparam("most"))
)
_LAST_OF_STORY = _LAST.where(alerts.c.story == bindparam("of"))


class SqlAlerts:
    """Everything that was said."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, alert: Alert, card: Card | None) -> None:
        """Add an alert, or replace it; the card is what its post looks like now."""
        row = {
            "id": alert.id,
            "story": alert.story,
            "mode": alert.mode.value,
            "at": alert.at,
            "alert": encode(alert),
            "card": None if card is None else encode(card),
        }
        await put(self._transaction, alerts, [row])

    async def get(self, alert: str) -> tuple[Alert, Card | None] | None:
        """Return an alert and its card, if there is one of this id."""
        found = await self._transaction.rows(_ONE, {"which": alert})
        return _read(found[0]) if found else None

    async def of_story(self, story: str, since: datetime | None = None) -> Sequence[Alert]:
        """Return a story's alerts in order of their time."""
        found = (
            await self._transaction.rows(_OF_STORY, {"of": story})
            if since is None
            else await self._transaction.rows(_OF_STORY_SINCE, {"of": story, "since": since})
        )
        return [decode(Alert, row.alert) for row in found]

    async def last(self, limit: int, story: str | None = None) -> Sequence[tuple[Alert, Card | None]]:
        """Return the latest posts, newest first."""
        found = (
            await self._transaction.rows(_LAST, {"most": limit})
            if story is None
            else await self._transaction.rows(_LAST_OF_STORY, {"of": story, "most": limit})
        )
        return [_read(row) for row in found]


def _read(row: Row[Any]) -> tuple[Alert, Card | None]:
    return decode(Alert, row.alert), None if row.card is None else decode(Card, row.card)
