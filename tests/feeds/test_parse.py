import os
import signal
import time
import tomllib
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.errors import UnreadableFeedError
from bot.feeds import parse
from bot.feeds.identity import name_items
from bot.feeds.parse.dates import moment
from bot.feeds.parse.document import Document
from bot.feeds.parse.feedparser import FeedparserWorker

URL = "https://feeds.example/feed"
GOLDEN = sorted((Path(__file__).parent.parent / "data" / "feeds").glob("*.toml"))


class Never:
    """A fall-back that nobody should need."""

    async def read(self, body: bytes, url: str, content_type: str) -> Document:
        raise UnreadableFeedError(url, "the fast way did not do")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker() -> AsyncIterator[FeedparserWorker]:
    worker = FeedparserWorker()
    yield worker
    await worker.close()


# JSON Feed is none of feedparser's formats, and over the others it stumbles.
OURS_ALONE = frozenset({"notice-before", "koi8-by-header", "bom-and-blank", "jsonfeed"})


def pair(golden: Path) -> tuple[bytes, dict[str, Any]]:
    [file] = [file for file in golden.parent.glob(f"{golden.stem}.*") if file != golden]
    return file.read_bytes(), tomllib.loads(golden.read_text(encoding="utf-8"))


def facts_of(document: Document) -> list[dict[str, Any]]:
    return [
        {"id": name, "link": item.link, "title": item.title}
        | {key: value for key in ("summary", "content", "published") if (value := getattr(item, key)) is not None}
        for name, item in name_items(document.items)
    ]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.stem)
async def test_a_feed_file_gives_the_entries_written_beside_it(golden: Path, worker: FeedparserWorker) -> None:
    body, expected = pair(golden)

    fall_back = worker if expected.get("slow") else Never()
    document = await parse.read(body, URL, expected.get("content_type", ""), fall_back)

    assert document.title == expected["title"]
    assert facts_of(document) == expected["items"]
    assert document.language == expected.get("language")
    assert document.ttl == (timedelta(minutes=expected["ttl_minutes"]) if "ttl_minutes" in expected else None)
    assert sorted(document.skip_hours) == expected.get("skip_hours", [])
    assert sorted(document.skip_days) == expected.get("skip_days", [])


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "golden", [golden for golden in GOLDEN if golden.stem not in OURS_ALONE], ids=lambda golden: golden.stem
)
async def test_feedparser_finds_the_same_ids_and_dates(golden: Path, worker: FeedparserWorker) -> None:
    body, expected = pair(golden)

    document = await worker.read(body, URL, expected.get("content_type", ""))

    dates = {name: item.published for name, item in name_items(document.items)}
    assert dates == {row["id"]: row.get("published") for row in expected["items"]}


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "nothing at all"),
        (b"  \n", "nothing at all"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><!-- hi --><!DOCTYPE HTML><html/>", "web page"),
        (b"{]", "malformed"),
        (b'{"items": 3}', "no JSON Feed"),
        (b'{"a": ' * 100_000, "malformed"),
        (b"Hello, world", "no feed format"),
        (b"<opml><body/></opml>", "no feed format"),
        (bytes(range(256)) * 20, "no feed format"),
    ],
)
async def test_what_is_no_feed_is_refused_in_words(body: bytes, words: str, worker: FeedparserWorker) -> None:
    with pytest.raises(UnreadableFeedError, match=words):
        await parse.read(body, URL, "", worker)


def test_a_guid_that_is_no_address_is_no_link() -> None:
    body = b"<rss><channel><item><guid>http://harbour.[example/2</guid><title>Two</title></item></channel></rss>"

    document = parse.fast_or_none(body, URL, "")

    assert document is not None
    assert [(item.id, item.link) for item in document.items] == [("http://harbour.[example/2", "")]


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(12))
    + b"]><rss><channel><title>&m;</title><item><title>&m;</title></item></channel></rss>"
)


@pytest.mark.asyncio(loop_scope="module")
async def test_an_entity_bomb_never_reaches_the_fast_way(worker: FeedparserWorker) -> None:
    assert parse.fast(BOMB, URL, "") == (None, 0)
    with suppress(UnreadableFeedError):
        document = await worker.read(BOMB, URL, "")
        assert sum(len(item.title) for item in document.items) < 100_000


@pytest.mark.asyncio(loop_scope="module")
async def test_nested_tags_without_end_do_no_harm(worker: FeedparserWorker) -> None:
    assert parse.fast(b"<rss><channel>" + b"<a>" * 200_000, URL, "") == (None, 0)


async def test_a_worker_that_was_killed_is_replaced() -> None:
    worker = FeedparserWorker()
    body = b"<rss><channel><title>T</title><item><title>One</title></item></channel></rss>"
    await worker.read(body, URL, "")
    first = worker.pid
    assert first is not None

    os.kill(first, signal.SIGKILL)
    with pytest.raises(UnreadableFeedError):
        await worker.read(body, URL, "")
    document = await worker.read(body, URL, "")
    second = worker.pid
    await worker.close()

    assert len(document.items) == 1
    assert second != first
    assert worker.pid is None


async def test_a_feed_that_takes_too_long_costs_its_worker_only() -> None:
    worker = FeedparserWorker(timedelta(seconds=1))
    slow = b"<rss><channel><item " + b" ".join(b'a%d="x"' % n for n in range(100_000)) + b"></item></channel></rss>"

    with pytest.raises(UnreadableFeedError, match="too long"):
        await worker.read(slow * 4, URL, "")

    assert worker.pid is None
    await worker.close()


@pytest.mark.parametrize(
    "hostile",
    [
        b"<!---->" * 300_000 + b"x",
        b"<rss><![CDATA[" * 150_000,
        b"<rss>" + b"&" * 2_000_000,
        b"<rss " + b'a="' * 500_000,
        b"<item>" * 300_000,
        b"<?xml " * 300_000,
        b'<?xml version="1.0" encoding="punycode"?>' + b"a-" * 500_000,
        b"\xff\xfe" + b"<\x00" * 500_000,
    ],
)
def test_hostile_bytes_take_no_longer_than_their_length_allows(hostile: bytes) -> None:
    start = time.process_time()

    document, _ = parse.fast(hostile, URL, "")

    assert not parse.looks_like_html(hostile)
    assert document is None
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, 14 May 2025 22:41:00 +0300", "2025-05-14T19:41:00"),
        ("Wed, 14 May 2025 22:41:00 GMT", "2025-05-14T22:41:00"),
        ("Wednesday, 14-May-25 22:41:00 UTC", "2025-05-14T22:41:00"),
        ("14 May 2025 22:41 EST", "2025-05-15T03:41:00"),
        ("Wed, 14 May 2025 22:41:00 GMT+0300", "2025-05-14T19:41:00"),
        ("Wed, 14 May 2025 22:41:00 +0000 (UTC)", "2025-05-14T22:41:00"),
        ("Wed, 14 May 2025 24:00:00 GMT", "2025-05-15T00:00:00"),
        ("Wed, 14 May 2025", "2025-05-14T00:00:00"),
        ("Ср, 14 May 2025 22:41:00 MSK", "2025-05-14T19:41:00"),
        ("2025-05-14T22:41:00Z", "2025-05-14T22:41:00"),
        ("2025-05-14T22:41:00.1234567+03:00", "2025-05-14T19:41:00"),
        ("2025-05-14T22:41+0300", "2025-05-14T19:41:00"),
        ("2025-05-14 22:41:00", "2025-05-14T22:41:00"),
        ("2025-05-14 22:41:00 +03", "2025-05-14T19:41:00"),
        ("20250514T224100Z", "2025-05-14T22:41:00"),
        ("2025-05", "2025-05-01T00:00:00"),
        ("May 14, 2025 10:41 PM", "2025-05-14T22:41:00"),
        ("Wed May 14 22:41:00 2025", "2025-05-14T22:41:00"),
        ("Wed, 31 Dec 1969 19:00:00 -0500", "1970-01-01T00:00:00"),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, expected: str) -> None:
    assert moment(text) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "32 May 2025 10:00", "2025-13-01", "99999999999", "14.05.2025", "0"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert moment(text) is None
