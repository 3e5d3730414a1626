"""What we ask of the network: visits to feeds, and what they bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.feed import Article, Entry, Feed, FeedState


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What one visit to a feed brought."""

    #: What to remember, with the next due time.
    state: FeedState
    #: Empty after a 304, an unchanged body or a failure.
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed that stands behind an address, and what it holds just now."""

    feed: Feed
    #: Oldest first.
    entries: tuple[Entry, ...] = ()
    #: The mean span between its entries, if it can be told.
    rhythm: timedelta | None = None


class FeedSource(Protocol):
    """Reads feeds over the network."""

    async def poll(self, feed: Feed, state: FeedState, now: datetime) -> Poll:
        """Visit a feed once; a failure is told in the state, never raised."""
        ...

    async def read(self, feed: Feed, state: FeedState, body: bytes, content_type: str, now: datetime) -> Poll:
        """Read what a hub has pushed of a feed.

        Raises:
            FeedError: If it is no feed.
        """
        ...

    async def ask_hub(self, hub: str, form: Mapping[str, str]) -> None:
        """Send a request to a hub.

        Raises:
            FeedError: If it cannot be reached, or does not take it.
        """
        ...

    async def discover(self, url: str, now: datetime) -> Sequence[Found]:
        """Find the feeds of a site or the feed at an address, best first.

        Raises:
            FeedError: If there is none, or it cannot be reached.
        """
        ...

    async def read_list(self, url: str) -> Sequence[Feed]:
        """Return the feeds of a list that stands at an address; an id is empty where it gives none.

        Raises:
            FeedError: If it cannot be reached.
            FeedListError: If it is no list of feeds.
        """
        ...

    async def full_text(self, entry: Entry) -> Entry:
        """Return the entry with the article on its page.

        Raises:
            FeedError: If that cannot or may not be had.
        """
        ...

    def lacks_for_full_text(self) -> str | None:
        """Return what has to be installed before pages can be read, ``None`` if nothing."""
        ...

    def article(self, entry: Entry, revision: int) -> Article:
        """Return the entry as text without markup."""
        ...

    async def close(self) -> None:
        """Let go of sockets and worker processes."""
        ...
