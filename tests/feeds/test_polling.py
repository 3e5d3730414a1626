import asyncio
import gc
import gzip
import socket
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.http_exceptions import BadHttpMessage
from yarl import URL

from bot.domain.feed import Feed, FeedState, Health
from bot.errors import FeedError
from bot.feeds.answer import Answer
from bot.feeds.cadence import CROWD, NEVER
from bot.feeds.fetch import NO_ROOM, ROOM, Limits
from bot.feeds.guard import Guard
from bot.feeds.parse.document import Document
from bot.feeds.source import MOVED_FOR_GOOD, PUT_OFF, Source
from tests.feeds.servers import Site, rss

NOW = datetime(2025, 5, 14, 12, 0, tzinfo=UTC)
NEW = FeedState(due=NOW)
SHORT = Limits(total=timedelta(seconds=0.4), connect=timedelta(seconds=0.3), silence=timedelta(seconds=0.3))


@pytest.fixture
async def source() -> AsyncIterator[Source]:
    source = Source("desk@example.org", ["127.0.0.0/8"], limits=SHORT)
    yield source
    await source.close()


def feed(url: str) -> Feed:
    return Feed(id="courier", url=url, outlet="Courier")


async def poll(source: Source, url: str, state: FeedState = NEW) -> FeedState:
    return (await source.poll(feed(url), state, NOW)).state


async def test_validators_are_sent_byte_for_byte_and_never_invented(site: Site, source: Source) -> None:
    odd = {"ETag": 'W/"a,b  c"x', "Last-Modified": "yesterday, about noon"}
    url = site.page("/feed", rss("One"), headers=odd)

    state = await poll(source, url)
    state = await poll(source, url, state)

    first, second = site.requests
    assert "If-None-Match" not in first.headers
    assert "If-Modified-Since" not in first.headers
    assert second.headers["If-None-Match"] == odd["ETag"]
    assert second.headers["If-Modified-Since"] == odd["Last-Modified"]
    assert state.not_modified == 1


async def test_validators_are_dropped_when_an_answer_has_none(site: Site, source: Source) -> None:
    state = await poll(source, site.page("/feed", rss("One"), headers={"ETag": '"1"'}))
    state = await poll(source, site.page("/feed", rss("Two")), state)

    assert (state.etag, state.last_modified) == (None, None)


async def test_we_say_who_we_are_and_keep_no_cookies(site: Site, source: Source) -> None:
    url = site.page("/feed", rss("One"), headers={"Set-Cookie": "a=b"})

    await poll(source, url)
    await poll(source, url)

    last = site.requests[-1].headers
    assert last["User-Agent"].startswith("Dragoman/")
    assert "+desk@example.org" in last["User-Agent"]
    assert last["Accept-Encoding"] == "gzip, deflate, br"
    assert "Cookie" not in last


async def test_an_unchanged_body_is_not_read_again(site: Site, source: Source) -> None:
    url = site.page("/feed", rss("One"))
    first = await source.poll(feed(url), NEW, NOW)

    second = await source.poll(feed(url), first.state, NOW)

    assert (len(first.entries), second.entries, second.state.not_modified) == (1, (), 0)


async def test_a_body_that_could_not_be_read_is_looked_at_again(site: Site, source: Source) -> None:
    url = site.page("/feed", "no feed at all", headers={"ETag": '"1"'})

    state = await poll(source, url)

    assert (state.etag, state.body_hash, state.health) == (None, None, Health.FAILING)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "raw deflate"])
async def test_packed_bodies_are_unpacked(site: Site, source: Source, coding: str) -> None:
    plain = rss("One").encode()
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(plain),
        "deflate": zlib.compress(plain),
        "br": brotli.compress(plain),
        "raw deflate": raw.compress(plain) + raw.flush(),
    }[coding]
    url = site.page("/feed", packed, headers={"Content-Encoding": coding.rpartition(" ")[2]})

    assert len((await source.poll(feed(url), NEW, NOW)).entries) == 1


async def test_a_permanent_move_is_told_once_it_was_seen_three_times(site: Site, source: Source) -> None:
    new = site.page("/new", rss("One"))
    old = site.page("/old", status=301, headers={"Location": "/new"})

    state = NEW
    for seen in range(1, MOVED_FOR_GOOD + 1):
        state = await poll(source, old, state)
        assert (state.moved_to, state.moved_seen, state.health) == (new, seen, Health.OK)
    state = await poll(source, new, state)
    assert (state.moved_to, state.moved_seen) == (None, 0)


async def test_what_lies_behind_a_temporary_redirect_is_not_learned(site: Site, source: Source) -> None:
    site.page("/third", rss("One"))
    second = site.page("/second", status=302, headers={"Location": "/third"})
    first = site.page("/first", status=308, headers={"Location": "/second"})

    assert (await poll(source, first)).moved_to == second
    assert (await poll(source, second)).moved_to is None


async def test_redirects_in_a_circle_end(site: Site, source: Source) -> None:
    url = site.page("/loop", status=302, headers={"Location": "/loop"})

    state = await poll(source, url)

    assert state.error is not None
    assert "redirects more than 5 times" in state.error
    assert len(site.requests) == 6


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://169.254.169.254/latest/meta-data", "metadata"),
        ("http://10.0.0.1/", "private"),
        ("http://[::1]/", "loopback"),
        ("http://0x7f.1/", "unusual"),
        ("file:///etc/passwd", "neither http"),
        ("http://a:b@example.org/", "password"),
        ("http://[/", "no"),
    ],
)
async def test_a_redirect_to_a_forbidden_address_is_refused(site: Site, source: Source, target: str, why: str) -> None:
    url = site.page("/feed", status=302, headers={"Location": target})

    state = await poll(source, url)

    assert state.error is not None
    assert "redirects to" in state.error
    assert why in state.error


async def test_a_name_that_resolves_to_this_machine_is_refused(site: Site) -> None:
    source = Source("desk@example.org", ports=[80, 443, int(site.url("/").split(":")[2].strip("/"))])
    url = site.page("/feed", rss("One")).replace("127.0.0.1", "localhost")

    state = await poll(source, url)
    await source.close()

    assert state.error is not None
    assert "loopback" in state.error
    assert site.requests == []


@pytest.mark.parametrize(("status", "words"), [(404, "no such page"), (403, "refuses"), (500, "trouble"), (418, "418")])
async def test_a_status_becomes_a_sentence_and_a_growing_wait(
    site: Site, source: Source, status: int, words: str
) -> None:
    url = site.page("/feed", status=status)

    first = await poll(source, url)
    second = await poll(source, url, replace(first, last_success=NOW - timedelta(days=2)))

    assert first.error is not None
    assert second.error is not None
    assert words in first.error
    assert second.failures == 2
    assert second.due > first.due


async def test_gone_is_for_good(site: Site, source: Source) -> None:
    state = await poll(source, site.page("/feed", status=410))

    assert (state.health, state.due) == (Health.GONE, NEVER)
    assert state.error is not None
    assert "gone for good" in state.error


@pytest.mark.parametrize("status", [200, 304, 429, 503])
async def test_retry_after_is_obeyed_whatever_the_status(site: Site, source: Source, status: int) -> None:
    url = site.page("/feed", rss("One"), status=status, headers={"Retry-After": "7200"})

    assert (await poll(source, url)).due >= NOW + timedelta(hours=2)


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "public, max-age=6000"},
        {"Cache-Control": 'MAX-AGE="6500"', "Age": "500"},
        {"Date": "Wed, 14 May 2025 12:00:00 GMT", "Expires": "Wed, 14 May 2025 13:40:00 GMT"},
    ],
)
async def test_freshness_is_obeyed(site: Site, source: Source, headers: dict[str, str]) -> None:
    state = await poll(source, site.page("/feed", rss("One"), headers=headers))

    assert timedelta(minutes=100) <= state.due - NOW <= timedelta(minutes=105)


@pytest.mark.parametrize("headers", [{"Cache-Control": "max-age=x"}, {"Expires": "0"}, {"Retry-After": "soon"}])
async def test_nonsense_in_headers_asks_for_nothing(site: Site, source: Source, headers: dict[str, str]) -> None:
    state = await poll(source, site.page("/feed", rss("One"), headers=headers))

    assert state.due - NOW < timedelta(minutes=32)


async def test_the_feeds_own_ttl_and_skip_hours_are_obeyed(site: Site, source: Source) -> None:
    head = "<ttl>90</ttl><skipHours><hour>13</hour></skipHours>"

    state = await poll(source, site.page("/feed", rss("One", head=head)))

    assert timedelta() <= state.due - datetime(2025, 5, 14, 14, 0, tzinfo=UTC) <= CROWD


async def test_a_ttl_is_obeyed_by_another_process_after_an_unchanged_answer_and_after_a_failure(site: Site) -> None:
    head = "<ttl>90</ttl><skipDays><day>Thursday</day></skipDays><language>tr-TR</language>"
    url = site.page("/feed", rss("One", head=head), headers={"ETag": '"1"'})
    state = await visit_anew(url, NEW)

    unchanged = await visit_anew(url, state)
    site.page("/feed", status=503)
    failed = await visit_anew(url, state)

    assert unchanged.not_modified == 1
    assert unchanged.language == "tr"
    assert min(unchanged.due, failed.due) >= NOW + timedelta(minutes=90)
    assert unchanged.not_before == failed.not_before == NOW + timedelta(minutes=90)


async def visit_anew(url: str, state: FeedState) -> FeedState:
    """Poll from a process that knows nothing but what was kept."""
    source = Source("desk@example.org", ["127.0.0.0/8"], limits=SHORT)
    try:
        return await poll(source, url, state)
    finally:
        await source.close()


@pytest.mark.parametrize(
    ("later", "minutes"), [({}, 100), ({"Cache-Control": "max-age=3000"}, 50), ({"Cache-Control": "no-cache"}, 30)]
)
async def test_freshness_holds_on_a_304_that_does_not_repeat_it(
    site: Site, source: Source, later: dict[str, str], minutes: int
) -> None:
    answers = iter([(200, {"ETag": '"1"', "Cache-Control": "max-age=6000"}), (304, later)])

    async def handle(request: web.Request) -> web.Response:
        status, headers = next(answers)
        return web.Response(status=status, headers=headers, body=rss("One").encode() if status == 200 else None)

    url = site.handle("/feed", handle)
    state = await poll(source, url, await poll(source, url))

    assert timedelta(minutes=minutes) <= state.due - NOW <= timedelta(minutes=minutes * 1.05)


async def test_every_byte_of_a_validator_comes_back_or_none(source: Source) -> None:
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        etag = '"žluť"'.encode() if len(asked) % 2 else b'"caf\xe9"'
        body = rss("One").encode()
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nETag: " + etag + b"\r\n")
        writer.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
        state = await poll(source, url)
        state = await poll(source, url, state)
        await poll(source, url, state)

    assert b"If-None-Match" not in asked[0]
    assert b'If-None-Match: "\xc5\xbelu\xc5\xa5"\r\n' in asked[1]
    # Bytes that we could not send back exactly are not sent at all.
    assert b"If-None-Match" not in asked[2]


async def test_a_429_rests_every_host_of_its_domain_and_no_other(site: Site) -> None:
    source, ask = at_names(site)
    site.page("/full", status=429, headers={"Retry-After": "600"})
    site.page("/feed", rss("One"))

    first = await ask("news.example.co.uk", "/full")
    second = await ask("sport.example.co.uk", "/feed")
    other = await ask("example.org", "/feed")
    await source.close()

    assert first.due >= NOW + timedelta(minutes=10)
    assert (second.polls, second.health) == (0, Health.NEW)
    assert timedelta(minutes=9) < second.due - NOW <= timedelta(minutes=10)
    assert other.health is Health.OK
    assert [request.host.partition(":")[0] for request in site.requests] == ["news.example.co.uk", "example.org"]


async def test_a_redirect_into_a_domain_that_rests_waits_for_it(site: Site) -> None:
    source, ask = at_names(site)
    site.page("/full", status=429, headers={"Retry-After": "600"})
    port = URL(site.url("/")).port
    site.page("/old", status=302, headers={"Location": f"http://b.example.com:{port}/feed"})

    await ask("a.example.com", "/full")
    state = await ask("example.org", "/old")
    await source.close()

    assert len(site.requests) == 2
    assert state.due > NOW + timedelta(minutes=9)
    assert state.failures == 0


def at_names(site: Site) -> tuple[Source, Callable[[str, str], Awaitable[FeedState]]]:
    """Return a source for which every name stands for the site, and a way to poll a path at a name."""
    port = URL(site.url("/")).port

    class Everywhere(AbstractResolver):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> list[ResolveResult]:
            return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0)]

        async def close(self) -> None:
            """Nothing is open."""

    class AsIfPublic(Guard):
        """Lets this machine through as if it were on the internet."""

        def is_internal(self, host: str) -> bool:
            return False

    source = Source(
        "desk@example.org", limits=SHORT, resolver=Everywhere(), gap=timedelta(), guard=AsIfPublic(["127.0.0.0/8"])
    )
    return source, lambda host, path: poll(source, f"http://{host}:{port}{path}")


async def test_a_server_that_says_nothing_is_given_up(site: Site, source: Source) -> None:
    async def silent(request: web.Request) -> web.StreamResponse:
        await site.stop.wait()
        return web.Response()

    state = await poll(source, site.handle("/feed", silent))
    site.stop.set()

    assert state.error is not None
    assert "did not answer in full" in state.error


async def test_a_body_that_drips_is_given_up(site: Site, source: Source) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while not site.stop.is_set():
            await response.write(b"<")
            await asyncio.sleep(0.05)
        return response

    state = await poll(source, site.handle("/feed", drip))
    site.stop.set()

    assert state.error is not None
    assert "did not answer in full" in state.error


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
async def test_a_bomb_is_stopped_before_it_unfolds(site: Site, coding: str) -> None:
    zeros = bytes(60_000_000)
    packed = {
        "gzip": gzip.compress(zeros, 1),
        "deflate": zlib.compress(zeros, 1),
        "br": brotli.compress(zeros, quality=1),
    }
    source = Source("desk@example.org", ["127.0.0.0/8"])
    url = site.page("/feed", packed[coding], headers={"Content-Encoding": coding})

    state = await poll(source, url)
    await source.close()

    assert state.error is not None
    assert "sent more than 5 MB" in state.error or "hundredfold" in state.error


async def test_a_giant_is_stopped(site: Site) -> None:
    source = Source("desk@example.org", ["127.0.0.0/8"])

    state = await poll(source, site.page("/feed", b"<rss>" + b"abcdefgh" * 700_000))
    await source.close()

    assert state.error is not None
    assert "more than 5 MB" in state.error


async def test_a_large_feed_is_read_whole(site: Site, source: Source) -> None:
    titles = [f"Number {number} {'x' * 90}" for number in range(3_000)]

    found = await source.poll(feed(site.page("/feed", rss(*titles))), NEW, NOW)

    assert len(found.entries) == 3_000


async def test_a_large_body_that_comes_slowly_is_given_up_before_others_wait_for_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.feeds.fetch.STEP", timedelta(seconds=0.1))
    source = Source("desk@example.org", ["127.0.0.0/8"])

    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"<rss>" + b" " * 200_000)
        await site.stop.wait()
        return response

    urls = [site.handle(f"/{number}", slow) for number in range(12)]
    async with asyncio.timeout(3):
        states = await asyncio.gather(*(poll(source, url) for url in urls))
    site.stop.set()
    await source.close()

    assert all("too slowly" in (state.error or "") for state in states)


async def test_an_element_of_thousands_of_attributes_is_refused_before_its_tree_fills_the_memory(
    site: Site, source: Source
) -> None:
    attributes = " ".join(f'a{number}="x"' for number in range(60_000))
    body = f"<rss><channel><item {attributes}><title>x</title></item></channel></rss>"

    state = await poll(source, site.page("/feed", body))

    assert state.health is Health.FAILING
    assert "thousands of attributes" in (state.error or "")


async def test_a_large_feed_with_a_long_text_and_many_signs_of_equality_is_read(site: Site, source: Source) -> None:
    titles = [f"{number} {'a = b, ' * 600}" for number in range(100)]

    found = await source.poll(feed(site.page("/feed", rss(*titles))), NEW, NOW)

    assert len(found.entries) == 100


async def test_large_bodies_keep_their_place_until_they_are_read(site: Site) -> None:
    source = Reading("desk@example.org", ["127.0.0.0/8"])
    size, places = ROOM[-1]
    body = rss("x" * size)

    await asyncio.gather(*(poll(source, site.page(f"/{number}", body)) for number in range(places * 3)))
    await source.close()

    assert source.most == places


async def test_a_feed_that_finds_no_place_for_its_large_body_comes_back_later(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.feeds.fetch.ROOM_WAIT", timedelta(seconds=0.05))
    source = Reading("desk@example.org", ["127.0.0.0/8"])
    size, places = ROOM[-1]
    body = rss("x" * size)

    states = await asyncio.gather(*(poll(source, site.page(f"/{number}", body)) for number in range(places + 1)))
    await source.close()

    [put_off] = [state for state in states if state.last_success is None]
    assert (put_off.failures, put_off.due) == (0, NOW + NO_ROOM)


class Reading(Source):
    """Takes its time to read, and counts how many bodies wait for it."""

    now = most = 0

    async def _read(self, answer: Answer) -> Document:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.2)
        self.now -= 1
        return Document()


async def test_a_failed_visit_leaves_nothing_to_the_garbage_collector_that_a_server_wrote(site: Site) -> None:
    source = Source("desk@example.org", ["127.0.0.0/8"])

    async def many(request: web.Request) -> web.StreamResponse:
        return web.Response(headers={f"X-{number}": "a" for number in range(200)})

    url = site.handle("/feed", many)
    gc.collect()
    gc.disable()
    try:
        state = await poll(source, url)
        # The socket is closed a moment later.
        await asyncio.sleep(0.05)
        kept = [held for held in gc.get_objects() if isinstance(held, BadHttpMessage)]
    finally:
        gc.enable()
    await source.close()

    assert state.error is not None
    assert "not proper HTTP" in state.error
    assert kept == []


async def test_large_odd_feeds_do_not_queue_for_the_reader_of_last_resort(site: Site) -> None:
    source = Source("desk@example.org", ["127.0.0.0/8"], parse_limit=timedelta(seconds=1))
    nested = "<b>" * 200_000
    urls = [
        site.page(
            f"/{number}",
            f'<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><item><title>{number}{nested}</title></item></channel></rss>',
        )
        for number in range(7)
    ]

    states = await asyncio.gather(*(poll(source, url) for url in urls))
    await source.close()

    put_off = [state for state in states if state.failures == 0 and state.last_success is None]
    assert len(put_off) >= 2
    assert all(state.due == NOW + PUT_OFF for state in put_off)


async def test_a_broken_packing_is_told(site: Site, source: Source) -> None:
    url = site.page("/feed", b"not gzip", headers={"Content-Encoding": "gzip"})

    assert (await poll(source, url)).health is Health.FAILING


async def test_a_web_page_instead_of_a_feed_is_told(site: Site, source: Source) -> None:
    state = await poll(source, site.page("/feed", "<!-- hi --><!DOCTYPE html><html><body>Hello</body></html>"))

    assert state.error is not None
    assert "a web page, not a feed" in state.error


async def test_a_port_where_nobody_listens_is_told(source: Source) -> None:
    state = await poll(source, "http://127.0.0.1:1/feed")

    assert state.error is not None
    assert state.error == "127.0.0.1:1/feed refused the connection"


async def test_a_key_in_the_address_is_not_told(site: Site, source: Source) -> None:
    state = await poll(source, site.page("/feed", status=404) + "?key=hunter2")

    assert state.error is not None
    assert "hunter2" not in state.error


@pytest.mark.parametrize(
    "url", ["", "::::", "http://", "http://[", "http://exa mple.org", "http://" + "a" * 300 + ".org/"]
)
async def test_an_address_that_is_none_is_told_not_raised(source: Source, url: str) -> None:
    assert (await poll(source, url)).health is Health.FAILING


async def test_a_site_tells_its_feeds(site: Site, source: Source) -> None:
    site.page("/news.xml", rss("One"))
    head = '<link rel="alternate" type="application/rss+xml" href="news.xml"><link rel=stylesheet href="/x.css">'
    page = site.page("/", f"<html><head>{head}</head><body>Hi</body></html>", headers={"Content-Type": "text/html"})

    [found] = await source.discover(page, NOW)

    assert (found.feed.url, found.feed.id, found.feed.outlet) == (site.url("/news.xml"), "a-feed", "A feed")


async def test_a_site_without_a_link_is_tried_at_common_places(site: Site, source: Source) -> None:
    site.page("/rss.xml", rss("One"))
    page = site.page("/about/us", "<html><body>Hi</body></html>")

    [found] = await source.discover(page, NOW)

    assert found.feed.url == site.url("/rss.xml")


async def test_a_site_without_feeds_is_an_error_in_words(site: Site, source: Source) -> None:
    with pytest.raises(FeedError, match="neither is a feed nor names one"):
        await source.discover(site.page("/", "<html><body>Hi</body></html>"), NOW)
