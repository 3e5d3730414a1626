"""What the store keeps of the news: feeds, entries, stories, and what was said of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.alert import Alert, Card
from bot.domain.feed import Article, EntryRef, Feed, FeedState
from bot.domain.push import Push
from bot.domain.story import LogEntry, Story


@dataclass(frozen=True, slots=True)
class Known:
    """What the store remembers of an entry that it has seen."""

    ref: EntryRef
    revision: int
    #: SHA-256 of title and body, hexadecimal.
    content_hash: str
    link: str
    title_hash: str
    #: When this revision was fetched, news time.
    fetched: datetime
    #: SHA-256 of all that the feed gave, markup included, hexadecimal; empty if it was not noted.
    raw_hash: str = ""
    #: The same of the versions before it, the last of them last.
    former: tuple[str, ...] = ()


class Feeds(Protocol):
    """The feeds and what we remember of them."""

    async def all(self) -> Sequence[tuple[Feed, FeedState]]:
        """Return all feeds by id, everybody's own included; for who polls, never for who reads."""
        ...

    async def seen_by(self, workspace: str | None) -> Sequence[tuple[Feed, FeedState]]:
        """Return everybody's feeds and a workspace's own, by id."""
        ...

    async def get(self, feed: str) -> tuple[Feed, FeedState] | None: ...
    async def put(self, feed: Feed, state: FeedState) -> None:
        """Add a feed, or replace what is known of it."""
        ...

    async def remove(self, feed: str) -> bool:
        """Forget a feed but for its addresses; its articles and events stay."""
        ...

    async def was_removed(self, feed: Feed) -> bool:
        """Tell whether somebody removed a feed of one of its addresses."""
        ...

    async def readmit(self, feed: Feed) -> None:
        """Forget that a feed was removed."""
        ...

    async def claim_due(
        self, now: datetime, machine_now: datetime, lease: timedelta, limit: int
    ) -> Sequence[tuple[Feed, FeedState]]:
        """Take due feeds that nobody else holds, earliest due first."""
        ...

    async def settle(self, states: Mapping[str, FeedState]) -> None:
        """Write what polls left, by feed, and give the claims back; a feed removed meanwhile stays removed."""
        ...

    async def hurry(self, feeds: Iterable[str], due: datetime) -> None:
        """Let feeds be due by a moment if their servers allow; those that fail or are visited now are left alone."""
        ...

    async def next_due(self) -> datetime | None: ...
    async def mark(self) -> tuple[int, ...]:
        """Return numbers that are others once a feed was added or removed; they cost less than the feeds."""
        ...


class Pushes(Protocol):
    """The subscriptions at hubs, one a feed at most; moments are machine time."""

    async def of(self, feeds: Iterable[str]) -> Mapping[str, Push]:
        """Return the subscriptions of feeds, by feed."""
        ...

    async def by_token(self, token: str) -> Push | None:
        """Return the subscription of a callback's address."""
        ...

    async def due(self, now: datetime, limit: int) -> Sequence[Push]:
        """Return those to be asked for now, longest due first."""
        ...

    async def put(self, push: Push) -> None:
        """Add a subscription, or replace its feed's former one."""
        ...

    async def remove(self, feed: str) -> None: ...


class Articles(Protocol):
    """The entries seen and their texts."""

    async def known(self, feed: str, ids: Iterable[str]) -> Mapping[str, Known]: ...
    async def known_links(self, feed: str, links: Iterable[str]) -> Mapping[str, Known]: ...
    async def titles(self, feed: str, limit: int) -> frozenset[str]:
        """Return the title hashes of a feed's latest entries."""
        ...

    async def put(self, article: Article, known: Known) -> None:
        """Add an article, or replace its former revision."""
        ...

    async def seen(self, known: Iterable[Known], at: datetime) -> None:
        """Remember entries without keeping their texts (a first read)."""
        ...

    async def get(self, refs: Iterable[EntryRef]) -> Mapping[EntryRef, Article]: ...
    async def since(self, moment: datetime) -> Sequence[Article]:
        """Return the articles fetched at or after the moment, in order of arrival."""
        ...

    async def forget_texts(self, before: datetime) -> int:
        """Drop the texts of articles fetched before the moment; return how many."""
        ...


class Stories(Protocol):
    """Stories, their logs, and which articles belong to them."""

    async def all(self) -> Sequence[Story]: ...
    async def put(self, story: Story) -> None: ...
    async def log(self, story: str, workspace: str | None = None) -> Sequence[LogEntry]:
        """Return what a workspace sees of a story's log, in the order in which it was written."""
        ...

    async def whole_log(self, story: str) -> Sequence[LogEntry]:
        """Return a story's log with every workspace's own lines; for who files, never for who reads."""
        ...

    async def append(self, story: str, entries: Iterable[LogEntry]) -> None:
        """Write to a log; an entry whose id stands there already is left out."""
        ...

    async def owned(self) -> Sequence[tuple[str, str]]:
        """Return each story with each workspace that has lines of its own in the log, once."""
        ...

    async def corrections(self) -> Sequence[tuple[str, LogEntry]]:
        """Return what people wrote into the logs, of every workspace, with the story, in order."""
        ...

    async def written_since(self, number: int) -> Sequence[tuple[int, str, str]]:
        """Return the lines that any process wrote behind a line of this number: number, story and id."""
        ...

    async def last_written(self) -> int:
        """Return the number of the last line in any log, 0 before the first."""
        ...

    async def join(
        self, story: str, article: EntryRef, origin: str, duplicate_of: EntryRef | None, workspace: str | None = None
    ) -> None:
        """Note that an article belongs to a story, for a workspace alone if its feed is private."""
        ...

    async def articles(self, story: str, workspace: str | None = None) -> Sequence[tuple[EntryRef, str]]:
        """Return a story's articles that a workspace sees, with their origins, in order of arrival."""
        ...

    async def of_article(self, article: EntryRef) -> Sequence[str]: ...
    async def mark(self) -> tuple[int, ...]:
        """Return numbers that are others once a story was opened or corrected, or a workspace has a line of its own."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A post that waits for more of its kind."""

    alert: Alert
    #: When it goes, news time.
    due: datetime


class Alerts(Protocol):
    """Everything that was said; a workspace may have a version of its own of what was said to all."""

    async def put(self, alert: Alert, card: Card | None) -> None:
        """Add an alert, or replace its version of the same workspace; the card is what its post looks like now."""
        ...

    async def get(self, alert: str, workspace: str | None = None) -> tuple[Alert, Card | None] | None:
        """Return an alert as a workspace sees it; another workspace's is as good as unknown."""
        ...

    async def of_story(
        self, story: str, since: datetime | None = None, workspace: str | None = None
    ) -> Sequence[Alert]:
        """Return a story's alerts in order of their time, as a workspace sees them."""
        ...

    async def last(
        self, limit: int, story: str | None = None, workspace: str | None = None
    ) -> Sequence[tuple[Alert, Card | None]]:
        """Return the latest posts as a workspace sees them, newest first."""
        ...

    async def mark(self) -> tuple[int, ...]:
        """Return numbers that are others once something more was said."""
        ...

    async def hold(self, held: Held) -> None:
        """Let a post wait, or change one that waits."""
        ...

    async def held(self, story: str, workspace: str | None = None) -> Sequence[Held]:
        """Return what waits of a story for exactly this workspace, or for everybody."""
        ...

    async def drop(self, alert: Alert) -> None:
        """Let a post wait no more, and never go."""
        ...

    async def next_held(self) -> datetime | None:
        """Return when the first post that waits is due, news time."""
        ...

    async def release(self, now: datetime | None) -> Sequence[Held]:
        """Take out the posts that are due, or all of them, the first one first; nobody else gets them."""
        ...
