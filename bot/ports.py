"""What we ask of the world: one protocol for each place where we meet it.

Moments are aware UTC. *News time* is the `Clock`'s; *machine time* is a
monotonic wall clock that never runs fast, used for leases and retries.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.alert import Alert, Card
from bot.domain.audience import Channel, Mute, Presence, Subscription, Watch
from bot.domain.command import Call, Command, Completes, Reply
from bot.domain.delivery import Delivery, Outcome, Parcel
from bot.domain.feed import Article, Entry, EntryRef, Feed, FeedState
from bot.domain.installation import Installation
from bot.domain.picture import Picture, Timeline
from bot.domain.push import Push
from bot.domain.story import LogEntry, Story


class Clock(Protocol):
    """News time; may run fast in a demo or stand in a replay."""

    def now(self) -> datetime:
        """Return the moment it is, in UTC."""
        ...


# ---------------------------------------------------------------- feeds


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


# ---------------------------------------------------------------- store


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


class Channels(Protocol):
    """Channels, their subscriptions, watches and mutes."""

    async def put(self, channel: Channel) -> None: ...
    async def get(self, channel: str) -> Channel | None: ...
    async def all(self) -> Sequence[Channel]: ...
    async def forget(self, channel: str) -> None:
        """Remove a channel with all that it follows, watches and mutes."""
        ...

    async def subscribe(self, subscription: Subscription) -> None: ...
    async def unsubscribe(self, channel: str, story: str) -> bool: ...
    async def subscriptions(self, channel: str | None = None) -> Sequence[Subscription]: ...
    async def put_watch(self, watch: Watch) -> None: ...
    async def remove_watch(self, channel: str, name: str) -> bool: ...
    async def watches(self, channel: str | None = None) -> Sequence[Watch]: ...
    async def mute(self, mute: Mute) -> None: ...
    async def unmute(self, channel: str, story: str) -> bool: ...
    async def mutes(self, channel: str | None = None) -> Sequence[Mute]: ...


class Installations(Protocol):
    """The workspaces that have let us in; tokens stand here sealed."""

    async def all(self, platform: str) -> Sequence[Installation]: ...
    async def get(self, platform: str, workspace: str) -> Installation | None: ...
    async def put(self, installation: Installation) -> None: ...
    async def remove(self, platform: str, workspace: str) -> bool: ...


class Departures(Protocol):
    """Workspaces that have thrown us out; machine time."""

    async def note(self, workspace: str, since: datetime) -> None:
        """Remember since when a workspace wants us no more; the first time counts."""
        ...

    async def undo(self, workspace: str) -> None: ...
    async def before(self, moment: datetime) -> Sequence[str]: ...
    async def forget(self, workspace: str) -> None:
        """Remove all that is a workspace's own: channels, feeds, and everything derived from them."""
        ...


class Outbox(Protocol):
    """What is to be sent; moments are machine time."""

    async def put(self, deliveries: Iterable[Delivery]) -> None:
        """Add deliveries; a row that exists stays, but an ``edit`` row waits again."""
        ...

    async def claim(self, now: datetime, lease: timedelta, limit: int) -> Sequence[Delivery]:
        """Take deliveries that may go now, oldest first.

        Lines and edits stay behind until their post holds a message id. The
        claim raises ``fence``; a claim older than its lease may be taken over.
        """
        ...

    async def settle(self, delivery: Delivery, *, not_before: datetime | None = None) -> bool:
        """Write a delivery back and free it; ``False`` if its fence is outdated."""
        ...

    async def of_alert(self, alert: str) -> Sequence[Delivery]: ...
    async def waiting(self, workspace: str | None = None) -> int:
        """Return how many deliveries may still go, now or later; to everybody, or to a workspace's channels."""
        ...

    async def next_attempt(self) -> datetime | None:
        """Return when the earliest waiting delivery may go."""
        ...


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


# ---------------------------------------------------------------- engine


class Engine(Protocol):
    """Wakes whoever has work; a lost wake-up costs one tick and no more."""

    async def open(self) -> None: ...
    async def wake(self, topic: str) -> None:
        """Tell whoever waits for the topic to look."""
        ...

    async def wait(self, topic: str, timeout: timedelta) -> bool:  # noqa: ASYNC109
        """Return ``True`` when woken, ``False`` once the time has passed."""
        ...

    async def close(self) -> None: ...


# ---------------------------------------------------------------- pictures

#: (what is drawn, a name for the file, what it shows in words) → the picture; ``None`` if it cannot be drawn.
Draw = Callable[[Timeline, str, str], Awaitable[Picture | None]]


# ---------------------------------------------------------------- platforms

Ask = Callable[[Call], Awaitable[Reply]]
#: (what, typed so far, channel) → choices as (value, label), 25 at most.
Complete = Callable[[Completes, str, Channel], Sequence[tuple[str, str]]]
#: A typed line → its command and arguments by option name; a `CommandError` tells the right form.
Parse = Callable[[str], tuple[Command, Mapping[str, str]]]
#: A platform says where we may no longer post, or may again.
Heard = Callable[[Presence], Awaitable[None]]


async def unheard(presence: Presence) -> None:
    """Take in nothing; for whoever keeps no channels."""


class Receiver(Protocol):
    """Takes what hubs send us; each subscription has an address with a token of its own."""

    async def verify(self, token: str, query: Mapping[str, str]) -> str | None:
        """Return what to echo to a hub that asks whether we meant it, ``None`` if we did not."""
        ...

    async def knows(self, token: str) -> bool:
        """Tell whether anything may come for a token."""
        ...

    async def deliver(self, token: str, body: bytes, content_type: str, signature: str) -> None:
        """Take news in; what is not signed as agreed is dropped."""
        ...


class Platform(Protocol):
    """A place where people read us and ask us."""

    name: str
    #: How long one channel wants to rest after a message; zero where the platform's library sees to it.
    pace: timedelta

    async def start(self, ask: Ask, complete: Complete, heard: Heard = unheard) -> None:
        """Connect and begin to answer; returns once connected."""
        ...

    async def send(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Send, edit or add a line; never raises for what the platform does."""
        ...

    async def tell(self, channel: Channel, text: str) -> bool:
        """Tell who keeps a channel something about it, and nobody else; ``False`` if nobody could be told."""
        ...

    async def close(self) -> None: ...
