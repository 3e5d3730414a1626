"""Whoever wanted a feed is told once when it has failed for long, and once when it is back."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot.domain.alert import Alert, Card, Section
from bot.domain.audience import CONSOLE, PAGE
from bot.domain.delivery import POST, Delivery
from bot.domain.feed import Feed, FeedState, Health
from bot.ports import Session

#: A feed that fails for so long, and so often, is not back by itself within the hour.
SUSTAINED = timedelta(hours=6)
FAILURES = 4
#: While nothing at all could be read, it is our own network that fails; after a day we tell all the same.
OWN_TROUBLE = timedelta(hours=24)
#: The kind of an alert that tells of a feed, not of the news.
KIND = "feed"


class Notices:
    """Sees feeds fail and recover."""

    def __init__(self) -> None:
        #: When any feed was last read, news time: then the network was there.
        self._any_success: datetime | None = None

    def noted(self, before: FeedState, after: FeedState, now: datetime) -> FeedState:
        """Return a feed's state after a visit with how long it has failed, and whether that must be told now."""
        if after.health is Health.OK:
            self._any_success = max(now, self._any_success or now)
            return replace(after, failing_since=None, owner_told=False)
        if after.health is Health.NEW:
            return after
        since = before.failing_since or now
        return replace(
            after, failing_since=since, owner_told=before.owner_told or self._is_sustained(after, since, now)
        )

    def _is_sustained(self, state: FeedState, since: datetime, now: datetime) -> bool:
        if state.health is Health.GONE:
            return True
        if state.failures < FAILURES or now - since < SUSTAINED:
            return False
        read_meanwhile = self._any_success is not None and self._any_success > since
        return read_meanwhile or now - since >= OWN_TROUBLE


async def tell(session: Session, feed: Feed, before: FeedState, after: FeedState, now: datetime) -> None:
    """Write a notice into the outbox if a visit gave reason for one.

    It goes to the channel that added the feed, otherwise to the console and
    the page, where whoever runs us reads.
    """
    if before.owner_told == after.owner_told:
        return
    card = _failing(feed, after) if after.owner_told else _back(feed, before, now)
    since = (after.failing_since or before.failing_since or now).isoformat()
    name = f"{feed.id}\n{since}\n{after.owner_told}"
    alert = Alert(
        id=f"feed-{sha256(name.encode(errors='replace')).hexdigest()[:16]}",
        at=now,
        story="",
        kind=KIND,
        headline=card.title,
        workspace=feed.workspace,
    )
    wanted = [feed.added_in] if feed.added_in else [CONSOLE.id, PAGE.id]
    channels = [channel for channel in wanted if await session.channels.get(channel) is not None]
    if not channels:
        return
    await session.alerts.put(alert, card)
    await session.outbox.put(Delivery(channel=channel, alert=alert.id, part=POST) for channel in channels)


def _failing(feed: Feed, state: FeedState) -> Card:
    gone = state.health is Health.GONE
    title = f"{feed.outlet} has ended its feed" if gone else f"{feed.outlet} cannot be read"
    since = f"since {_when(state.failing_since)}" if state.failing_since and not gone else ""
    again = "I no longer look." if gone else "I look again by myself and tell you when it is back."
    what = " ".join(filter(None, (state.error or f"`{feed.id}` does not answer", since)))
    return _card(feed, title, f"{what}. {again} Remove it with `/feeds remove {feed.id}`.")


def _back(feed: Feed, before: FeedState, now: datetime) -> Card:
    span = f" since {_when(before.failing_since)}" if before.failing_since else ""
    line = f"It could not be read{span}. What came meanwhile is caught up with and marked late."
    return _card(feed, f"{feed.outlet} can be read again", line)


def _card(feed: Feed, title: str, line: str) -> Card:
    return Card(title=title, place=f"feed {feed.id}", sections=(Section(title="", lines=(line,)),))


def _when(moment: datetime | None) -> str:
    return f"{moment:%-d %B, %H:%M} UTC" if moment else ""
