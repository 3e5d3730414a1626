"""Lists of feeds as files, in and out."""

import json
import tomllib

import pytest

from bot.config import Settings
from bot.domain.feed import Feed
from bot.errors import FeedListError
from bot.feeds.lists import WRITERS, as_toml, read_list

WIRE = Feed(id="wire", url="https://wire.example/feed?a=1&b=2", outlet='The "Wire" <b>', language="en")
HARICIYE = Feed(
    id="hariciye", url="https://dışişleri.example/ş", outlet="Dışişleri", country="tur", kind="ministry", full_text=True
)


@pytest.mark.parametrize("form", WRITERS)
def test_what_is_written_reads_back_the_same(form: str) -> None:
    assert read_list(WRITERS[form]([WIRE, HARICIYE]).encode(), f"feeds.{form}") == (WIRE, HARICIYE)


def test_the_written_tables_are_settings() -> None:
    tables = tomllib.loads(as_toml([WIRE, HARICIYE]))
    assert [row.url for row in Settings(**tables).feeds.add] == [WIRE.url, HARICIYE.url]


def urls(data: bytes) -> list[tuple[str, str]]:
    return [(feed.url, feed.outlet) for feed in read_list(data, "list")]


def test_other_readers_opml_is_read_with_its_folders_and_in_its_encoding() -> None:
    opml = """<?xml version="1.0" encoding="windows-1254"?><opml version="1.1"><body>
      <outline text="News"><outline type="rss" title="Dünya" text="Dünya Ajansı" xmlUrl="https://dunya.example/rss"/></outline>
      <outline text="No address"/><outline type="link" text="A list" url="https://lists.example/x.opml"/>
      <outline text="Again" xmlUrl="https://dunya.example/rss"/>
    </body></opml>"""
    assert urls(opml.encode("cp1254")) == [("https://dunya.example/rss", "Dünya Ajansı")]


def test_json_may_be_addresses_or_tables() -> None:
    both = ["https://a.example/", {"url": "https://b.example/", "outlet": "B", "colour": 3, "kind": "gossip"}]
    assert urls(json.dumps(both).encode()) == [("https://a.example/", ""), ("https://b.example/", "B")]
    assert urls(json.dumps({"feeds": both[:1]}).encode()) == [("https://a.example/", "")]


def test_addresses_may_stand_a_line_each() -> None:
    assert urls(b"# ours\nhttps://a.example/feed\n\n  https://b.example/feed\n") == [
        ("https://a.example/feed", ""),
        ("https://b.example/feed", ""),
    ]


def test_seeds_and_settings_are_lists_too() -> None:
    assert urls(b'[[feed]]\nurl = "https://a.example/"\noutlet = "A"\n') == [("https://a.example/", "A")]
    assert urls(b'[feeds]\nstarter = false\n[[feeds.add]]\nurl = "https://a.example/"\n') == [
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
def test_what_is_no_list_is_told_in_words(data: bytes, words: str) -> None:
    with pytest.raises(FeedListError, match=words):
        read_list(data, "feeds.opml")
