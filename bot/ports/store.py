"""The store, and one transaction of it."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.ports.audience import Channels, Departures, Installations, Outbox, Requests
from bot.ports.news import Alerts, Articles, Feeds, Pushes, Stories


class Session(Protocol):
    """One transaction: everything in it happens, or nothing."""

    feeds: Feeds
    pushes: Pushes
    articles: Articles
    stories: Stories
    alerts: Alerts
    channels: Channels
    installations: Installations
    departures: Departures
    requests: Requests
    outbox: Outbox


class Store(Protocol):
    """Keeps everything."""

    async def open(self) -> None:
        """Connect and bring the schema up to date.

        Raises:
            NewerDatabaseError: If a newer Dragoman wrote it.
        """
        ...

    def write(self) -> AbstractAsyncContextManager[Session]:
        """Open a transaction that commits at the end and rolls back on an exception."""
        ...

    def read(self) -> AbstractAsyncContextManager[Session]:
        """Open a transaction for looking only."""
        ...

    async def close(self) -> None: ...
