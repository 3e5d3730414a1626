"""One visit to a server: capped, timed, guarded on every hop, polite in its headers."""

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.errors import FeedError, ForbiddenAddressError, UnreachableFeedError
from bot.feeds.answer import Answer
from bot.feeds.failures import forget_frames, in_words
from bot.feeds.guard import Guard, GuardedResolver
from bot.feeds.manners import BusyError, Manners

MOST_BYTES = 5_000_000
# Real feeds shrink to a tenth; only a bomb shrinks to a hundredth. A small
# body may repeat itself, so the ratio counts once there is something to fear.
BOMB_RATIO = 100
BOMB_FROM_BYTES = 500_000
#: Most feeds are smaller than the first. Of bodies that are larger than so much only so many go on
#: at a time, and each so much in so long at least.
ROOM = ((64_000, 16), (300_000, 2))
#: Who waits longer for such a place comes back after a while.
ROOM_WAIT = timedelta(seconds=8)
NO_ROOM = timedelta(minutes=5)
STEP_BYTES = 32_000
STEP = timedelta(seconds=2)
#: Unread bytes of one connection; twice as much is kept at most.
UNREAD_BYTES = 32_768
MOST_REDIRECTS = 5
#: The header lines of a chatty server are allowed to be this long, and to be so many.
MOST_HEADER_BYTES = 32_768
MOST_HEADERS = 64
#: A site that leads from one of its pages to another is asked again within a moment.
KEPT_OPEN_SECONDS = 2.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.3"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how much one visit may take; machine time."""

    total: timedelta = timedelta(seconds=30)
    connect: timedelta = timedelta(seconds=10)
    silence: timedelta = timedelta(seconds=15)
    body_bytes: int = MOST_BYTES


Gate = Callable[[URL], Awaitable[None]]


class Fetcher:
    """Holds the one HTTP session of the process."""

    def __init__(
        self,
        guard: Guard,
        manners: Manners,
        contact: str,
        *,
        limits: Limits | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._guard = guard
        self._manners = manners
        self._limits = limits or Limits()
        self._resolver = resolver
        self._agent = user_agent(contact)
        self._room = [(size, asyncio.Semaphore(places)) for size, places in ROOM]
        self._session: aiohttp.ClientSession | None = None

    async def get(  # noqa: PLR0913 - one part of a visit each
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        gate: Gate | None = None,
        room: AsyncExitStack | None = None,
    ) -> Answer:
        """Visit an address, following redirects; validators are sent byte for byte.

        Args:
            url: Where to begin.
            etag: Of the last answer, as it came.
            last_modified: Of the last answer, as it came.
            accept: What to ask for, if not for a feed.
            gate: Asked before each hop; may raise a `FeedError`.
            room: Holds a large body's place among the few until it is closed; without it, until the body is there.

        Raises:
            ForbiddenAddressError: If the guard refuses a hop.
            UnreachableFeedError: If no usable answer comes.
            BusyError: If a domain on the way rests, or others wait for it, or too many large bodies are on their way.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified, "Accept": accept}
        conditions = {name: value for name, value in headers.items() if value}
        try:
            if room is not None:
                return await self._follow(url, conditions, gate, room)
            async with AsyncExitStack() as own:
                return await self._follow(url, conditions, gate, own)
        except FeedError:
            raise
        except TimeoutError as slow:
            forget_frames(slow)
            seconds = self._limits.total.total_seconds()
            raise UnreachableFeedError(url, f"did not answer in full within {seconds:g} s") from slow
        except (aiohttp.ClientError, OSError, ValueError, zlib.error) as failed:
            forget_frames(failed)
            raise UnreachableFeedError(url, in_words(failed)) from failed

    async def post(self, url: str, form: Mapping[str, str]) -> int:
        """Send a form to an address, and return the status of its answer; redirects are not followed.

        Raises:
            ForbiddenAddressError: If the guard refuses the address.
            UnreachableFeedError: If no answer comes.
            BusyError: If its domain rests, or others wait for it.
        """
        address = self._guard.check_url(url)
        try:
            async with (
                self._manners.turn(address),
                asyncio.timeout(self._limits.total.total_seconds()),
                self._open().post(address, data=dict(form), allow_redirects=False) as response,
            ):
                return response.status
        except FeedError:
            raise
        except TimeoutError as slow:
            raise UnreachableFeedError(url, "did not answer") from slow
        except (aiohttp.ClientError, OSError, ValueError) as failed:
            raise UnreachableFeedError(url, in_words(failed)) from failed

    async def _follow(
        self, start: str, conditions: Mapping[str, str], gate: Gate | None, room: AsyncExitStack
    ) -> Answer:
        url, moved_to, permanent = self._guard.check_url(start), None, True
        # aiohttp times one hop; this times all of them together, but not our
        # waiting for a turn, which is no fault of the server.
        left, now = self._limits.total.total_seconds(), asyncio.get_running_loop().time
        for _ in range(MOST_REDIRECTS + 1):
            if gate is not None:
                await gate(url)
            # Each hop has its own turn, and none while it waits for another: two
            # domains that lead to each other would wait for ever.
            async with self._manners.turn(url):
                began = now()
                async with asyncio.timeout(left), self._ask(url, conditions) as response:
                    target = response.headers.get("Location")
                    if response.status not in REDIRECTS or not target:
                        body = await self._read(url, response, room) if response.status == 200 else b""  # noqa: PLR2004
                        return Answer(
                            status=response.status,
                            url=str(url),
                            moved_to=moved_to,
                            headers=response.headers,
                            body=body,
                        )
                    permanent = permanent and response.status in PERMANENT
                left -= now() - began
            url = self._hop(url, target)
            moved_to = str(url) if permanent else moved_to
        raise UnreachableFeedError(start, f"redirects more than {MOST_REDIRECTS} times")

    def _ask(self, url: URL, conditions: Mapping[str, str]) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        return self._open().get(url, headers=conditions, allow_redirects=False)

    def _hop(self, url: URL, target: str) -> URL:
        try:
            return self._guard.check_url(str(url.join(URL(target.strip()))))
        except ForbiddenAddressError as refused:
            raise ForbiddenAddressError(str(url), f"redirects to an address that {refused.what}") from refused
        except ValueError as broken:
            raise UnreachableFeedError(str(url), "redirects to something that is no address") from broken

    async def _read(self, url: URL, response: aiohttp.ClientResponse, room: AsyncExitStack) -> bytes:
        """Read a body piece by piece, so that neither a giant nor a bomb fills the memory.

        What is larger than most feeds goes on a few at a time, and no slower
        than a modem, so that many giants at once do not fill it either.
        """
        pieces: list[bytes] = []
        content, ahead = response.content, iter(self._room)
        most, places = next(ahead)
        size = await self._take(url, content, pieces, most)
        while not content.at_eof():
            if size >= most:
                await _enter(places, room)
                most, places = next(ahead, (self._limits.body_bytes + 1, places))
            before = size
            with suppress(TimeoutError):
                async with asyncio.timeout(STEP.total_seconds()):
                    size += await self._take(url, content, pieces, STEP_BYTES, size)
            if size - before < STEP_BYTES and not content.at_eof():
                raise UnreachableFeedError(str(url), "sends a large body too slowly")
        return b"".join(pieces)

    async def _take(self, url: URL, content: aiohttp.StreamReader, pieces: list[bytes], most: int, had: int = 0) -> int:
        """Append what comes of a body until it has ended or is enough; return how much came."""
        came = 0
        while came < most and (piece := await content.readany()):
            pieces.append(piece)
            came += len(piece)
            size = had + came
            if size > self._limits.body_bytes:
                raise UnreachableFeedError(str(url), f"sent more than {self._limits.body_bytes / 1e6:g} MB")
            packed = content.total_compressed_bytes
            if packed and size > BOMB_FROM_BYTES and size > BOMB_RATIO * packed:
                raise UnreachableFeedError(str(url), "sent a body that grows a hundredfold when unpacked")
        return came

    def _open(self) -> aiohttp.ClientSession:
        """Return the session, made at the first visit since it needs a running loop."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                # aiohttp makes one context for all when it is imported; another costs 24 ms.
                ssl=True,
                resolver=GuardedResolver(self._guard, self._resolver),
                # The resolver below has a cache of its own, and the guard sees every use of it.
                use_dns_cache=False,
                # How many at once is for whoever sends us; a server that hangs must not hold up others.
                limit=0,
                # A feed is asked again after minutes, by when its server has hung up.
                keepalive_timeout=KEPT_OPEN_SECONDS,
                socket_factory=self._guard.make_socket,
            )
            limits = self._limits
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
                timeout=aiohttp.ClientTimeout(
                    total=None,
                    sock_connect=limits.connect.total_seconds(),
                    sock_read=limits.silence.total_seconds(),
                ),
                read_bufsize=UNREAD_BYTES,
                max_line_size=MOST_HEADER_BYTES,
                max_field_size=MOST_HEADER_BYTES,
                max_headers=MOST_HEADERS,
                headers={"User-Agent": self._agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate, br"},
            )
        return self._session

    async def close(self) -> None:
        """Let go of all sockets."""
        if self._session is not None:
            await self._session.close()
            self._session = None


async def _enter(places: asyncio.Semaphore, room: AsyncExitStack) -> None:
    """Take one of the places until the room is left.

    Raises:
        BusyError: If none becomes free in time.
    """
    try:
        async with asyncio.timeout(ROOM_WAIT.total_seconds()):
            await room.enter_async_context(places)
    except TimeoutError as full:
        raise BusyError(NO_ROOM) from full


def user_agent(contact: str) -> str:
    """Return who we are, with the way to reach whoever runs us."""
    try:
        ours = version("dragoman")
    except PackageNotFoundError:
        ours = "0"
    clean = "".join(sign for sign in contact if sign.isprintable()).strip()
    return f"Dragoman/{ours} (feed reader; {f'+{clean}' if clean else 'no contact given'})"
