"""Feeds at the command line: lists in and out, and what answers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli.probe import probe
from bot.config import Settings
from bot.domain.feed import Feed
from tests.cli.test_cli import dragoman
from tests.feeds.servers import Site, rss


def test_a_list_is_taken_in_once_and_given_out(tmp_path: Path) -> None:
    names = {"DRAGOMAN_FEEDS__STARTER": "false", "DRAGOMAN_DATABASE": f"sqlite:///{tmp_path / 'x.sqlite3'}"}
    file = tmp_path / "feeds.json"
    file.write_text(
        '["https://www.courier.example/feed", "https://www.courier.example/feed/", "courier.example/other"]'
    )

    first = dragoman("feeds", "import", str(file), **names)
    second = dragoman("feeds", "import", str(file), **names)
    exported = dragoman("feeds", "export", "--as", "toml", **names)

    assert (first.returncode, second.returncode) == (0, 0)
    assert "1 feed added, 1 read already." in first.stdout
    assert "courier.example/other is no web address" in first.stderr
    assert "0 feeds added, 2 read already." in second.stdout
    assert '[[feeds.add]]\nurl = "https://www.courier.example/feed"\nid = "courier"' in exported.stdout


@pytest.mark.parametrize("written", ["", "Hello"])
def test_a_file_that_is_no_list_is_told_without_a_trace(tmp_path: Path, written: str) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(written)
    answer = dragoman("feeds", "import", str(file), DRAGOMAN_DATABASE=f"sqlite:///{tmp_path / 'x.sqlite3'}")
    assert answer.returncode == 1
    assert answer.stderr.startswith("feeds.opml is ")
    assert "Traceback" not in answer.stderr


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site().open() as site:
        yield site


def settings(*own: str) -> Settings:
    feeds = {"starter": False, "internal": ["127.0.0.0/8"], "add": [{"url": url} for url in own]}
    return Settings(feeds=feeds)  # type: ignore[arg-type]


def a_feed(name: str, url: str) -> Feed:
    return Feed(id=name, url=url, outlet=name, declared=url)


async def test_a_probe_asks_each_feed_once_and_names_those_that_fail(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    good, dead = site.page("/good", rss("One", "Two")), site.page("/dead", status=404)
    moved = site.page("/moved", status=301, headers={"Location": "/good"})

    status = await probe(settings(), [a_feed("good", good), a_feed("dead", dead), a_feed("moved", moved)])

    told = capsys.readouterr().out
    assert status == 0
    assert f"warning   dead                     {dead.removeprefix('http://')} answered 404, no such page" in told
    assert "ok        good                     2 entries" in told
    assert f"moved to {good}" in told
    assert "2 of 3 feeds can be read." in told
    assert len(site.requests) == 4


async def test_a_feed_of_the_operators_own_that_fails_is_an_error(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    dead = site.page("/dead", status=410)
    assert await probe(settings(dead), [a_feed("dead", dead)]) == 1
    told = capsys.readouterr().out
    assert "FAILS     dead" in told
    assert "Is this machine online" in told
