"""Workspaces that have thrown us out, and what becomes of all that was theirs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from bot.store.tables import (
    Key,
    Moment,
    alerts,
    articles,
    channels,
    departures,
    feeds,
    held,
    installations,
    log,
    memberships,
    mutes,
    outbox,
    pushes,
    stories,
    subscriptions,
    watches,
)
from bot.store.transaction import Transaction, put

_WHOSE: Any = bindparam("whose", type_=Key)
_DUE = (
    select(departures.c.workspace)
    .where(departures.c.since <= bindparam("before", type_=Moment))
    .order_by(departures.c.workspace)
)
_BACK = delete(departures).where(departures.c.workspace == _WHOSE)

_THEIR_CHANNELS = select(channels.c.id).where(channels.c.workspace == _WHOSE)
_THEIR_FEEDS = select(feeds.c.id).where(feeds.c.workspace == _WHOSE)
#: What hangs on channels and feeds goes before them.
_FORGET = (
    *(delete(table).where(table.c.channel.in_(_THEIR_CHANNELS)) for table in (subscriptions, watches, mutes, outbox)),
    delete(pushes).where(pushes.c.feed.in_(_THEIR_FEEDS)),
    *(
        delete(table).where(table.c.workspace == _WHOSE)
        for table in (channels, feeds, articles, memberships, log, alerts, held, stories, installations)
    ),
    _BACK,
)


class SqlDepartures:
    """Workspaces that have thrown us out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def note(self, workspace: str, since: datetime) -> None:
        """Remember since when a workspace wants us no more; the first time counts."""
        await put(self._transaction, departures, [{"workspace": workspace, "since": since}], replace=False)

    async def undo(self, workspace: str) -> None:
        """A workspace has let us in again."""
        await self._transaction.run(_BACK, {"whose": workspace})

    async def before(self, moment: datetime) -> Sequence[str]:
        """Return the workspaces that have wanted us no more since a moment or longer."""
        return [row.workspace for row in await self._transaction.rows(_DUE, {"before": moment})]

    async def forget(self, workspace: str) -> None:
        """Remove all that is a workspace's own: channels, feeds, and everything derived from them."""
        for statement in _FORGET:
            await self._transaction.run(statement, {"whose": workspace})
