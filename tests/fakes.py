"""Stand-ins for the world, each held to the contract of its port by tests/contracts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.feed import Article, Entry, EntryRef, Feed, FeedState, Health
from bot.errors import UnreachableFeedError, UnreadableFeedError
from bot.feeds.article import make_article
from bot.feeds.lists import read_list
from bot.feeds.process import ReaderProcess
from bot.ports import Found, Poll


@dataclass(slots=True)
class Shelved:
    """A feed on the shelf."""

    title: str = "A feed"
    entries: list[Entry] = field(default_factory=list)
    #: Where it says that it stands.
    canonical: str | None = None
    #: The hub that it names.
    hub: str | None = None
    #: 200 in good times.
    status: int = 200
    #: Goes up with each change, as an ETag would.
    version: int = 0


class FeedShelf:
    """A FeedSource that reads from memory: feeds by address."""

    def __init__(self, every: timedelta = timedelta(minutes=30)) -> None:
        self.shelf: dict[str, Shelved] = {}
        self.polls: list[str] = []
        #: Address → the list of feeds there.
        self.lists: dict[str, bytes] = {}
        #: Address of an entry → the article there.
        self.pages: dict[str, str] = {}
        self.pages_read: list[str] = []
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.closed = False
        self._every = every
        self._feeds: dict[str, Feed] = {}

    def publish(  # noqa: PLR0913  an entry has that many parts
        self,
        url: str,
        *,
        id: str | None = None,  # noqa: A002  what feeds call it
        title: str = "",
        summary: str | None = None,
        content: str | None = None,
        link: str | None = None,
        published: datetime | None = None,
    ) -> None:
        """Put an entry into the feed at an address, in place of one with the same id."""
        feed = self._at(url)
        name = id or f"{url}#{len(feed.entries) + 1}"
        entry = Entry(
            ref=EntryRef("", name),
            outlet="",
            url=link or f"{url}/{name}",
            title=title,
            summary=summary,
            content=content,
            published=published,
            fetched=published or datetime.min,  # noqa: DTZ901  replaced when it is fetched
        )
        feed.entries = [old for old in feed.entries if old.ref.id != name]
        feed.entries.append(entry)
        feed.version += 1

    def answer(self, url: str, status: int) -> None:
        """Let the feed at an address answer with a status from now on."""
        self._at(url).status = status

    def _at(self, url: str) -> Shelved:
        return self.shelf.setdefault(url, Shelved())

    async def poll(self, feed: Feed, state: FeedState, now: datetime) -> Poll:
        """Visit a feed once; a failure is told in the state, never raised."""
        self.polls.append(feed.id)
        self._feeds[feed.id] = feed
        shelved = self.shelf.get(feed.url, Shelved(status=404))
        state = replace(state, polls=state.polls + 1, last_poll=now, due=now + self._every)
        if shelved.status != 200:
            health = Health.GONE if shelved.status == 410 else Health.FAILING
            error = f"{feed.url} answered {shelved.status}."
            return Poll(state=replace(state, health=health, failures=state.failures + 1, error=error))
        etag = f'"{shelved.version}"'
        state = replace(state, health=Health.OK, failures=0, error=None, last_success=now)
        state = replace(state, hub=shelved.hub, topic=feed.url if shelved.hub else None)
        if state.etag == etag:
            return Poll(state=replace(state, not_modified=state.not_modified + 1))
        return Poll(state=replace(state, etag=etag, body_hash=etag), entries=_entries(shelved, feed, now))

    async def read(self, feed: Feed, state: FeedState, body: bytes, content_type: str, now: datetime) -> Poll:
        """Read what a hub has pushed: here the address of the shelf's feed that holds it."""
        self._feeds[feed.id] = feed
        pushed = self.shelf.get(body.decode(errors="replace"))
        if pushed is None:
            raise UnreadableFeedError(feed.url, "is in no feed format that we know")
        return Poll(state=replace(state, push_missed=False), entries=_entries(pushed, feed, now))

    async def ask_hub(self, hub: str, form: Mapping[str, str]) -> None:
        """Send a request to a hub, which keeps it."""
        status = self._at(hub).status
        if status not in {200, 202}:
            raise UnreachableFeedError(hub, f"answered {status}")
        self.forms.append((hub, dict(form)))

    async def discover(self, url: str, now: datetime) -> Sequence[Found]:
        """Find the feeds of a site or the feed at an address."""
        found = [address for address in self.shelf if address == url or address.startswith(f"{url.rstrip('/')}/")]
        if not found:
            raise UnreachableFeedError(url, "answered 404, no such page")
        return tuple(self._found(number, address, now) for number, address in enumerate(found, start=1))

    def _found(self, number: int, address: str, now: datetime) -> Found:
        shelved = self.shelf[address]
        feed = Feed(id=f"shelf-{number}", url=address, outlet=shelved.title, canonical=shelved.canonical)
        return Found(feed=feed, entries=_entries(shelved, feed, now), rhythm=self._every)

    async def read_list(self, url: str) -> Sequence[Feed]:
        """Return the feeds of the list that was put at an address."""
        if url not in self.lists:
            raise UnreachableFeedError(url, "answered 404, no such page")
        return await read_list(self.lists[url], url, ReaderProcess())

    async def full_text(self, entry: Entry) -> Entry:
        """Return the entry with the article that was put on its page, if any."""
        self.pages_read.append(entry.url)
        if entry.url not in self.pages:
            raise UnreachableFeedError(entry.url, "answered 404, no such page")
        return replace(entry, full=self.pages[entry.url])

    def lacks_for_full_text(self) -> str | None:
        """Pages on the shelf need nothing."""
        return None

    def article(self, entry: Entry, revision: int) -> Article:
        """Return the entry as text without markup, made as the real one makes it."""
        feed = self._feeds.get(entry.ref.feed)
        return make_article(
            entry,
            revision,
            language=feed.language if feed else None,
            workspace=feed.workspace if feed else None,
        )

    async def close(self) -> None:
        """Note that nobody needs us any more."""
        self.closed = True


def _entries(shelved: Shelved, feed: Feed, now: datetime) -> tuple[Entry, ...]:
    return tuple(
        replace(entry, ref=EntryRef(feed.id, entry.ref.id), outlet=feed.outlet, fetched=now)
        for entry in shelved.entries
    )
