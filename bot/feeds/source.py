"""The FeedSource of the real world: polls, finds and reads feeds over HTTP."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import TypeVar

from aiohttp.abc import AbstractResolver
from multidict import CIMultiDict
from yarl import URL

from bot.domain.feed import Article, Entry, Feed, FeedState
from bot.errors import FeedError, UnreachableFeedError, UnreadableFeedError
from bot.feeds.answer import NOT_MODIFIED, Answer
from bot.feeds.article import make_article
from bot.feeds.cadence import LONGEST_REST
from bot.feeds.entries import make_entries
from bot.feeds.extras import missing
from bot.feeds.fetch import Fetcher, Limits
from bot.feeds.fulltext import FullText
from bot.feeds.guard import Guard
from bot.feeds.hub import hub_of
from bot.feeds.manners import GAP, BusyError, Manners
from bot.feeds.parse.document import Document
from bot.feeds.parse.feedparser import FeedparserWorker
from bot.feeds.process import LONGEST, ReaderProcess
from bot.feeds.robots import Robots
from bot.feeds.state import failed, gone, succeeded, with_document, with_headers, with_push
from bot.feeds.words import status_in_words
from bot.log import get
from bot.ports import Found, Poll

#: How often in a row a permanent redirect must be seen before it is believed.
MOVED_FOR_GOOD = 3
OK, GONE, TOO_MANY = 200, 410, 429
#: What a hub answers that takes a request: 202, says the standard.
TAKEN = frozenset({200, 201, 202, 204})
#: How long a domain rests that says "too many requests" and not for how long.
REST = timedelta(minutes=15)
#: Bodies from this size on are parsed in a thread, so that others go on.
LARGE_BYTES = 300_000
#: Large bodies that the reader of last resort has or that wait for it; more are looked at later.
MOST_ODD = 1
PUT_OFF = timedelta(minutes=5)
T = TypeVar("T")
log = get("feeds")


class Source:
    """Reads feeds over the network."""

    def __init__(  # noqa: PLR0913  all but the first three are for tests
        self,
        contact: str = "",
        internal: Sequence[str] = (),
        ports: Sequence[int] = (80, 443),
        *,
        limits: Limits | None = None,
        gap: timedelta = GAP,
        parse_limit: timedelta = LONGEST,
        resolver: AbstractResolver | None = None,
        guard: Guard | None = None,
    ) -> None:
        """Prepare; nothing is opened before the first visit.

        Args:
            contact: Who polls, for the User-Agent: a web page or an address to write to.
            internal: Networks that feeds may come from though they are internal, on any port.
            ports: Ports that public feeds may come from.
            limits: Time and size of one visit.
            gap: Machine time between two visits to one registrable domain.
            parse_limit: How long the reader of last resort may think.
            resolver: Who looks names up; the system if ``None``.
            guard: Who says where we may go, in place of one made from ``internal`` and ``ports``.
        """
        guard = guard or Guard(internal, ports)
        self._manners = Manners(guard, gap)
        self._fetcher = Fetcher(guard, self._manners, contact, limits=limits, resolver=resolver)
        self._worker = FeedparserWorker(parse_limit)
        # Pages in a process of their own: one that hangs must not keep feeds waiting.
        self._page_reader = ReaderProcess(parse_limit)
        self._full_text = FullText(self._fetcher, Robots(self._fetcher), self._page_reader)
        # A tree takes ten times the memory of its text.
        self._large = asyncio.Semaphore(1)
        self._odd = 0
        # What an article takes from its feed: its language and its workspace.
        self._belongs: dict[str, tuple[str | None, str | None]] = {}

    async def poll(self, feed: Feed, state: FeedState, now: datetime) -> Poll:
        """Visit a feed once; a failure is told in the state, never raised.

        When ``moved_to`` was seen MOVED_FOR_GOOD times in a row, the caller
        makes it the feed's address.
        """
        try:
            # A large body keeps its place until it is read, so that few of them are in memory, not only on their way.
            async with AsyncExitStack() as room:
                answer = await self._fetcher.get(
                    feed.url, etag=state.etag, last_modified=state.last_modified, room=room
                )
                return await self._answered(feed, state, answer, now)
        except BusyError as busy:
            return Poll(state=replace(state, due=now + min(busy.wait, LONGEST_REST)))
        except FeedError as wrong:
            return Poll(state=failed(feed, state, wrong.what, now))
        except Exception as wrong:  # noqa: BLE001  one feed's surprise must not end the round
            log.warning("feed failed in an unforeseen way", feed=feed.id, error=repr(wrong))
            return Poll(state=failed(feed, state, f"could not be read ({type(wrong).__name__})", now))

    async def _answered(self, feed: Feed, state: FeedState, answer: Answer, now: datetime) -> Poll:
        seen = state.moved_seen + 1 if answer.moved_to and answer.moved_to == state.moved_to else 1
        state = replace(state, moved_to=answer.moved_to, moved_seen=seen if answer.moved_to else 0)
        if answer.status == NOT_MODIFIED:
            state = replace(state, not_modified=state.not_modified + 1)
            return Poll(state=succeeded(feed, state, answer, now))
        if answer.status != OK:
            return Poll(state=self._refused(feed, state, answer, now))
        digest = sha256(answer.body).hexdigest()
        if digest == state.body_hash:
            return Poll(state=succeeded(feed, with_headers(state, answer), answer, now))
        document = await self._read(answer)
        self._belongs[feed.id] = (feed.language or document.language, feed.workspace)
        entries = make_entries(feed, document, answer.url, now)
        hub, topic = hub_of(answer, document)
        state = with_document(with_headers(state, answer), document, entries, now)
        state = replace(state, body_hash=digest, hub=hub, topic=topic)
        return Poll(state=succeeded(feed, state, answer, now), entries=entries)

    def _refused(self, feed: Feed, state: FeedState, answer: Answer, now: datetime) -> FeedState:
        what = status_in_words(answer.status)
        if answer.status == GONE:
            return gone(feed, state, what, now)
        if answer.status == TOO_MANY:
            self._manners.rest(URL(answer.url), min(answer.retry_after() or REST, LONGEST_REST))
        return failed(feed, state, what, now, answer)

    async def read(self, feed: Feed, state: FeedState, body: bytes, content_type: str, now: datetime) -> Poll:
        """Read what a hub has pushed of a feed.

        Raises:
            FeedError: If it is no feed.
        """
        address = feed.url
        answer = Answer(
            status=OK, url=address, moved_to=None, headers=CIMultiDict({"Content-Type": content_type}), body=body
        )
        try:
            document = await self._read(answer)
        except BusyError as busy:
            raise UnreadableFeedError(address, "came while too much else is read") from busy
        self._belongs[feed.id] = (feed.language or state.language, feed.workspace)
        entries = make_entries(feed, document, address, now)
        return Poll(state=with_push(state, entries, now), entries=entries)

    async def ask_hub(self, hub: str, form: Mapping[str, str]) -> None:
        """Send a request to a hub.

        Raises:
            FeedError: If it cannot be reached, or does not take it.
        """
        try:
            status = await self._fetcher.post(hub, form)
        except BusyError as busy:
            raise UnreachableFeedError(hub, "was asked too often just now") from busy
        if status not in TAKEN:
            raise UnreachableFeedError(hub, status_in_words(status))

    async def _read(self, answer: Answer) -> Document:
        # lxml is not needed before the first body, and costs start-up time.
        from bot.feeds import parse  # noqa: PLC0415

        kind = answer.headers.get("Content-Type", "")
        if len(answer.body) < LARGE_BYTES:
            return await parse.read(answer.body, answer.url, kind, self._worker)
        if parse.is_overloaded(answer.body):
            raise UnreadableFeedError(answer.url, "has an element of thousands of attributes, made to harm readers")
        attempt = None
        if not parse.looks_like_html(answer.body):
            async with self._large:
                attempt = await in_a_thread_of_its_own(partial(parse.fast, answer.body, answer.url, kind))
        if attempt is None or parse.is_all(attempt):
            return await parse.read(answer.body, answer.url, kind, self._worker, attempt)
        if self._odd >= MOST_ODD:
            raise BusyError(PUT_OFF)
        self._odd += 1
        try:
            return await parse.read(answer.body, answer.url, kind, self._worker, attempt)
        finally:
            self._odd -= 1

    async def discover(self, url: str, now: datetime) -> Sequence[Found]:
        """Find the feeds of a site or the feed at an address, best first.

        Raises:
            FeedError: If there is none, or it cannot be reached.
        """
        from bot.feeds.discover import find  # noqa: PLC0415  reads HTML, so it needs lxml

        return await find(url, self._visit, now)

    async def read_list(self, url: str) -> Sequence[Feed]:
        """Return the feeds of a list that stands at an address; an id is empty where it gives none.

        Raises:
            FeedError: If it cannot be reached.
            FeedListError: If it is no list of feeds.
        """
        from bot.feeds.lists import read_list  # noqa: PLC0415  only whoever has a list needs it

        answer = await self._get(url)
        try:
            return await read_list(answer.body, url, self._page_reader)
        except BusyError as busy:
            raise _too_often(url) from busy

    async def _visit(self, url: str) -> tuple[Answer, Document | None]:
        """Return an answer, and its document if it is a feed."""
        answer = await self._get(url)
        try:
            return answer, await self._read(answer)
        except UnreadableFeedError:
            return answer, None
        except BusyError as busy:
            raise _too_often(url) from busy

    async def _get(self, url: str) -> Answer:
        """Return an answer with a body."""
        try:
            answer = await self._fetcher.get(url)
        except BusyError as busy:
            raise _too_often(url) from busy
        if answer.status != OK:
            raise UnreachableFeedError(url, status_in_words(answer.status))
        return answer

    async def full_text(self, entry: Entry) -> Entry:
        """Return the entry with the article on its page.

        Raises:
            FeedError: If that cannot or may not be had.
        """
        try:
            return await self._full_text.fill(entry)
        except BusyError as busy:
            raise _too_often(entry.url) from busy

    def lacks_for_full_text(self) -> str | None:
        """Return what has to be installed before pages can be read, ``None`` if nothing."""
        return missing()

    def article(self, entry: Entry, revision: int) -> Article:
        """Return the entry as text without markup."""
        language, workspace = self._belongs.get(entry.ref.feed, (None, None))
        return make_article(entry, revision, language=language, workspace=workspace)

    async def close(self) -> None:
        """Let go of sockets and worker processes."""
        await self._fetcher.close()
        await self._worker.close()
        await self._page_reader.close()


def _too_often(url: str) -> UnreachableFeedError:
    return UnreachableFeedError(url, "was asked too often just now; try again in a few minutes")


async def in_a_thread_of_its_own(work: Callable[[], T]) -> T:
    """Do work in a thread that ends with it: lxml remembers every name that a thread has ever met."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="large")
    try:
        return await asyncio.get_running_loop().run_in_executor(thread, work)
    finally:
        thread.shutdown(wait=False)
