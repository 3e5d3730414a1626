import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import aiohttp
import pytest

from bot import seeds
from bot.clock import SetClock
from bot.demo.shelf import LATEST, Shelf
from bot.demo.week import Outlet, read_week

OUTLETS = read_week(seeds.packaged() / "demo")
END = datetime(2025, 5, 18, tzinfo=UTC)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def one_of(format_: str) -> Outlet:
    return next(outlet for outlet in OUTLETS if outlet.format == format_)


def test_the_week_has_eight_outlets_three_formats_and_enough_entries() -> None:
    assert len(OUTLETS) >= 8
    assert {outlet.format for outlet in OUTLETS} == {"rss", "atom", "json"}
    assert sum(len({version.id for version in outlet.versions}) for outlet in OUTLETS) >= 120


def test_an_entry_reads_as_its_latest_version() -> None:
    outlet = next(outlet for outlet in OUTLETS if outlet.id == "meridian-wire")
    edited = next(version for version in outlet.versions if version.title.startswith("UPDATE 1-Putin offers"))
    before, after = edited.at - timedelta(minutes=1), edited.at
    assert [entry.title for entry in outlet.entries(before) if entry.id == edited.id] != [edited.title]
    assert [entry.title for entry in outlet.entries(after) if entry.id == edited.id] == [edited.title]


async def test_feeds_are_empty_before_the_week_and_fill(session: aiohttp.ClientSession) -> None:
    clock = SetClock(datetime(2025, 5, 10, tzinfo=UTC))
    outlet = one_of("json")
    async with Shelf(OUTLETS, clock.now, timedelta(minutes=100)) as shelf:
        async with session.get(shelf.url(outlet)) as answer:
            assert json.loads(await answer.text())["items"] == []
        clock.set(END)
        async with session.get(shelf.url(outlet)) as answer:
            assert len(json.loads(await answer.text())["items"]) == min(LATEST, len(outlet.entries(END)))


@pytest.mark.parametrize(("format_", "tag"), [("rss", ".//item"), ("atom", "{http://www.w3.org/2005/Atom}entry")])
async def test_xml_feeds_hold_their_entries(session: aiohttp.ClientSession, format_: str, tag: str) -> None:
    outlet = one_of(format_)
    async with (
        Shelf(OUTLETS, lambda: END, timedelta(minutes=100)) as shelf,
        session.get(shelf.url(outlet)) as answer,
    ):
        found = ET.fromstring(await answer.read()).findall(tag)  # noqa: S314
        assert len(found) == min(LATEST, len(outlet.entries(END)))


async def test_an_unchanged_feed_answers_304(session: aiohttp.ClientSession) -> None:
    async with Shelf(OUTLETS, lambda: END, timedelta(minutes=100)) as shelf:
        async with session.get(shelf.url(OUTLETS[0])) as answer:
            tag = answer.headers["ETag"]
            assert answer.headers["Cache-Control"] == "max-age=6000"
            assert "Last-Modified" in answer.headers
        async with session.get(shelf.url(OUTLETS[0]), headers={"If-None-Match": tag}) as answer:
            assert answer.status == 304
        async with session.get(shelf.url(OUTLETS[0]) + "-not-there") as answer:
            assert answer.status == 404
