"""One transaction's repositories, bundled."""

from bot.ports import (
    Alerts,
    Articles,
    Channels,
    Departures,
    Feeds,
    Installations,
    Outbox,
    Pushes,
    Requests,
    Session,
    Stories,
)
from bot.store.alerts import SqlAlerts
from bot.store.articles import SqlArticles
from bot.store.channels import SqlChannels
from bot.store.departures import SqlDepartures
from bot.store.feeds import SqlFeeds
from bot.store.installations import SqlInstallations
from bot.store.outbox import SqlOutbox
from bot.store.pushes import SqlPushes
from bot.store.requests import SqlRequests
from bot.store.stories import SqlStories
from bot.store.transaction import Transaction


class SqlSession:
    """One transaction: everything in it happens, or nothing."""

    def __init__(self, transaction: Transaction) -> None:
        self.feeds: Feeds = SqlFeeds(transaction)
        self.pushes: Pushes = SqlPushes(transaction)
        self.articles: Articles = SqlArticles(transaction)
        self.stories: Stories = SqlStories(transaction)
        self.alerts: Alerts = SqlAlerts(transaction)
        self.channels: Channels = SqlChannels(transaction)
        self.installations: Installations = SqlInstallations(transaction)
        self.departures: Departures = SqlDepartures(transaction)
        self.requests: Requests = SqlRequests(transaction)
        self.outbox: Outbox = SqlOutbox(transaction)


def session(transaction: Transaction) -> Session:
    """Return the repositories of a transaction."""
    return SqlSession(transaction)
