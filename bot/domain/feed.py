"""What comes in: feeds, their entries, and the articles made of them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

#: Who publishes a feed.
KINDS = ("outlet", "agency", "ministry", "body", "mediator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that somebody wants read."""

    #: Short name, unique in the installation, e.g. ``un-news``.
    id: str
    url: str
    #: Who publishes it, as readers know them.
    outlet: str
    #: ISO 639-1, or ``None`` if the feed has not said.
    language: str | None = None
    #: An actor id, or ``None``.
    country: str | None = None
    #: One of `KINDS`.
    kind: str = "outlet"
    #: The workspace that it is private to; ``None`` is the commons.
    workspace: str | None = None
    #: The channel that added it, which is told when it fails; ``None`` for feeds of seeds and settings.
    added_in: str | None = None
    #: It only teases, and the articles on its site are to be read too; ``None`` is no, unless somebody says so.
    full_text: bool | None = None
    #: Other addresses that led to it when it was added, by redirect or by its own word.
    aliases: tuple[str, ...] = ()
    #: Where it says that it stands; some say the wrong thing.
    canonical: str | None = None
    #: The address that seeds or settings give it; ``None`` if it was added in the chat.
    declared: str | None = None


class Health(StrEnum):
    """How a feed is doing."""

    NEW = "new"
    OK = "ok"
    FAILING = "failing"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What we remember of a feed between two polls; moments are news time, UTC."""

    health: Health = Health.NEW
    #: When it is polled next.
    due: datetime
    etag: str | None = None
    last_modified: str | None = None
    #: SHA-256 of the last body, hexadecimal.
    body_hash: str | None = None
    last_poll: datetime | None = None
    last_success: datetime | None = None
    #: When the feed last had an entry that we did not know.
    last_new: datetime | None = None
    #: Polls that failed in a row.
    failures: int = 0
    #: Since when it has failed, and that whoever wanted it was told so.
    failing_since: datetime | None = None
    owner_told: bool = False
    #: The last failure, in words for the person who added the feed.
    error: str | None = None
    #: Where a permanent redirect pointed, and how often in a row.
    moved_to: str | None = None
    moved_seen: int = 0
    polls: int = 0
    not_modified: int = 0
    #: Entries that were new to us, and those of them that told a diplomatic event.
    entries: int = 0
    told: int = 0
    #: Why the last page that was to be read in full was not, ``None`` if it was.
    page_error: str | None = None
    #: Mean seconds between new entries, ``None`` until two were seen.
    rhythm_seconds: float | None = None
    #: The server allows no earlier poll.
    not_before: datetime | None = None
    #: What the last full answer said it stays fresh for; a 304 that says nothing leaves it so.
    fresh_seconds: float | None = None
    #: What the feed says of itself, as it stood when it was last read: how long
    #: it stays fresh, and the hours (0 to 23) and weekdays (Monday is 0), UTC, at
    #: which nobody need ask.
    ttl_seconds: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    #: ISO 639-1, as the feed says.
    language: str | None = None
    #: How soon the stories that it feeds want it read again, ``None`` while they are quiet.
    wanted_seconds: float | None = None

    #: The hub that the feed names, and its own address as the hub knows it.
    hub: str | None = None
    topic: str | None = None
    #: The hub has promised to push; polls only make sure.
    pushed: bool = False
    #: A poll found what the hub had not pushed; it is trusted again once it pushes.
    push_missed: bool = False

    def hurried(self, due: datetime) -> "FeedState":
        """Return the state with an earlier due time, as far as the feed's server allows; one that fails waits on."""
        if self.health is not Health.OK:
            return self
        return replace(self, due=min(self.due, max(due, self.not_before or due)))


@dataclass(frozen=True, slots=True, order=True)
class EntryRef:
    """The identity of an entry: its feed and the id the feed gives it."""

    feed: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed as it was fetched; texts are HTML or plain."""

    ref: EntryRef
    outlet: str
    url: str
    title: str
    summary: str | None = None
    content: str | None = None
    #: The article on its own page, a paragraph a line, where that was fetched.
    full: str | None = None
    #: What the feed says, UTC; ``None`` if it says nothing readable.
    published: datetime | None = None
    fetched: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An entry as text: the title, a blank line, the body without markup."""

    ref: EntryRef
    outlet: str
    url: str
    title: str
    #: Starts with the title; every evidence span points into it.
    text: str
    #: ISO 639-1, or ``None`` if unknown.
    language: str | None = None
    #: Never later than ``fetched``; equals it if the feed gave no date.
    published: datetime
    fetched: datetime
    #: 0 for the first version, one more for each edit.
    revision: int = 0
    workspace: str | None = None
