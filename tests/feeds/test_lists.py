"""Lists of feeds as files, in and out."""

import json
import tomllib
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.config import Settings
from bot.domain.feed import Feed
from bot.errors import FeedListError
from bot.feeds.lists import WRITERS, as_toml, read_list
from bot.feeds.process import ReaderProcess

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader() -> AsyncIterator[ReaderProcess]:
    reader = ReaderProcess()
    yield reader
    await reader.close()


WIRE = Feed(id="wire", url="https://wire.example/feed?a=1&b=2", outlet='The "Wire" <b>', language="en")
HARICIYE = Feed(
    id="hariciye", url="https://dışişleri.example/ş", outlet="Dışişleri", country="tur", kind="ministry", full_text=True
)


@pytest.mark.parametrize("form", WRITERS)
async def test_what_is_written_reads_back_the_same(form: str, reader: ReaderProcess) -> None:
    written = WRITERS[form]([WIRE, HARICIYE]).encode()
    assert await read_list(written, f"feeds.{form}", reader) == (WIRE, HARICIYE)


async def test_the_written_tables_are_settings() -> None:
    tables = tomllib.loads(as_toml([WIRE, HARICIYE]))
    assert [row.url for row in Settings(**tables).feeds.add] == [WIRE.url, HARICIYE.url]


async def urls(data: bytes, reader: ReaderProcess) -> list[tuple[str, str]]:
    return [(feed.url, feed.outlet) for feed in await read_list(data, "list", reader)]


async def test_other_readers_opml_is_read_with_its_folders_and_in_its_encoding(reader: ReaderProcess) -> None:
    opml = """<?xml version="1.0" encoding="windows-1254"?><opml version="1.1"><body>
      <outline text="News"><outline type="rss" title="Dünya" text="Dünya Ajansı" xmlUrl="https://dunya.example/rss"/></outline>
      <outline text="No address"/><outline type="link" text="A list" url="https://lists.example/x.opml"/>
      <outline text="Again" xmlUrl="https://dunya.example/rss"/>
    </body></opml>"""
    assert await urls(opml.encode("cp1254"), reader) == [("https://dunya.example/rss", "Dünya Ajansı")]


async def test_json_may_be_addresses_or_tables(reader: ReaderProcess) -> None:
    both = ["https://a.example/", {"url": "https://b.example/", "outlet": "B", "colour": 3, "kind": "gossip"}]
    assert await urls(json.dumps(both).encode(), reader) == [("https://a.example/", ""), ("https://b.example/", "B")]
    assert await urls(json.dumps({"feeds": both[:1]}).encode(), reader) == [("https://a.example/", "")]


async def test_addresses_may_stand_a_line_each(reader: ReaderProcess) -> None:
    assert await urls(b"# ours\nhttps://a.example/feed\n\n  https://b.example/feed\n", reader) == [
        ("https://a.example/feed", ""),
        ("https://b.example/feed", ""),
    ]


async def test_seeds_and_settings_are_lists_too(reader: ReaderProcess) -> None:
    assert await urls(b'[[feed]]\nurl = "https://a.example/"\noutlet = "A"\n', reader) == [("https://a.example/", "A")]
    assert await urls(b'[feeds]\nstarter = false\n[[feeds.add]]\nurl = "https://a.example/"\n', reader) == [
        ("https://a.example/", "")
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00", "is empty, or in no encoding"),
        (b"<html><body>Hi</body></html>", "names no feed"),
        (b"<opml><body><outline", "names no feed"),
        (b"[]", "names no feed"),
        (b'{"feeds": 3}', "names no feed"),
        (b"[3, null, {}]", "names no feed"),
        (b'{"feeds": [', "is not JSON"),
        (b"[" * 200_000, "is neither OPML, nor JSON, nor TOML"),
        (b"Hello, world", "is neither OPML, nor JSON, nor TOML"),
        (b"<opml></outline></outline></opml>", "names no feed"),
    ],
)
async def test_what_is_no_list_is_told_in_words(data: bytes, words: str, reader: ReaderProcess) -> None:
    with pytest.raises(FeedListError, match=words):
        await read_list(data, "feeds.opml", reader)


async def test_a_list_that_is_built_to_take_for_ever_costs_its_reader_only() -> None:
    categories = ",".join(map(str, range(200_000)))
    hostile = f'<opml><body><outline xmlUrl="https://a.example/" category="{categories}"/></body></opml>'
    reader = ReaderProcess(timedelta(seconds=1))

    with pytest.raises(FeedListError, match="takes too long to read"):
        await read_list(hostile.encode(), "feeds.opml", reader)

    assert reader.pid is None
