"""How soon each feed is wanted again: as soon as the liveliest story that it feeds asks for."""

from collections.abc import Iterable
from datetime import datetime, timedelta

#: A feed feeds a story for so long after it last reported to it.
FEEDS = timedelta(days=5)
# The last report, whoever brought it, tells how lively a story is: the first
# row that still holds says how soon its feeds are wanted.
LIVELY = (
    (timedelta(hours=2), timedelta(minutes=2)),
    (timedelta(hours=12), timedelta(minutes=5)),
    (timedelta(hours=48), timedelta(minutes=15)),
)


class Pace:
    """Remembers which feed reported to which story, and when each story last moved; news time."""

    def __init__(self) -> None:
        self._reports: dict[str, dict[str, datetime]] = {}
        self._moved: dict[str, datetime] = {}

    def note(self, feed: str, story: str, at: datetime) -> None:
        """Remember that a feed reported to a story."""
        of_story = self._reports.setdefault(story, {})
        of_story[feed] = max(at, of_story.get(feed, at))
        self._moved[story] = max(at, self._moved.get(story, at))

    def wanted(self, feed: str, now: datetime) -> timedelta | None:
        """Return how soon the stories of a feed want it again, ``None`` if all of them are quiet."""
        spans = [
            wanted
            for story, feeds in self._reports.items()
            if feed in feeds and now - feeds[feed] <= FEEDS and (wanted := self.asks(story, now)) is not None
        ]
        return min(spans, default=None)

    def asks(self, story: str, now: datetime) -> timedelta | None:
        """Return how soon a story wants its feeds read again, ``None`` if it is quiet."""
        moved = self._moved.get(story)
        if moved is None:
            return None
        return next((wanted for age, wanted in LIVELY if now - moved <= age), None)

    def feeds_of(self, stories: Iterable[str], now: datetime) -> frozenset[str]:
        """Return the feeds that have reported to one of the stories of late."""
        return frozenset(
            feed for story in stories for feed, at in self._reports.get(story, {}).items() if now - at <= FEEDS
        )
