"""How each feed is doing, told to the person who added it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.commands.feeds import describe
from bot.commands.silence import silences
from bot.domain.address import short_name
from bot.domain.feed import Feed, FeedState, Health
from bot.locales import ENGLISH
from tests.fakes import FeedShelf
from tests.house import House, open_house

NOW = datetime(2025, 5, 14, 12, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
COURIER = Feed(id="courier", url="https://courier.example/feed", outlet="Kyiv Courier")
NOT_FOUND = "courier.example/feed answered 404, no such page"


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (FeedState(due=NOW), "not read yet · next now"),
        (
            FeedState(due=SOON, health=Health.OK, last_success=NOW - timedelta(minutes=2)),
            "read 2 min ago · next in 5 min",
        ),
        (
            FeedState(
                due=SOON,
                health=Health.OK,
                last_success=NOW,
                rhythm_seconds=2400,
                polls=1250,
                not_modified=775,
                entries=340,
                told=12,
            ),
            "read 0 s ago · next in 5 min · an entry every 40 min · 304 at 62% of 1,250 polls · 12 of 340 entries told events",
        ),
        (
            FeedState(due=SOON, health=Health.FAILING, failures=1, error=NOT_FOUND),
            f"{NOT_FOUND}; never read. I look again in 5 min",
        ),
        (
            FeedState(
                due=NOW + timedelta(hours=6),
                health=Health.FAILING,
                failures=4,
                error=NOT_FOUND,
                last_success=NOW - timedelta(days=2),
            ),
            f"{NOT_FOUND}, 4 times in a row; last read 2 d ago. I look again in 6 h",
        ),
        (
            FeedState(due=NOW, health=Health.GONE, error="courier.example/feed is gone for good (410)"),
            "courier.example/feed is gone for good (410); I no longer look",
        ),
    ],
)
def test_a_feed_s_line_tells_its_trouble_once_and_when_we_look_again(state: FeedState, line: str) -> None:
    assert describe(COURIER, state, NOW, ENGLISH) == f"courier · Kyiv Courier · {line}"


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


async def test_a_site_that_cannot_be_read_is_told_in_a_sentence(house: House) -> None:
    reply = await house.ask("/feeds add https://courier.example/")
    assert (reply.done, reply.text) == (False, "the network these tests have none.")


def test_a_short_name_tells_hosts_and_addresses_apart() -> None:
    assert short_name("https://www.courier.example/feed", set()) == "courier"
    assert short_name("https://courier.example/feed", {"courier"}) == "courier-2"
    assert short_name("http://10.1.2.3:8000/feed", set()) == "10-1-2-3"


def test_a_feed_that_is_read_in_full_says_so() -> None:
    line = describe(
        replace(COURIER, full_text=True), FeedState(due=SOON, health=Health.OK, last_success=NOW), NOW, ENGLISH
    )
    assert line.endswith("next in 5 min · in full")


def test_pages_that_may_not_be_read_are_told_on_their_feeds_line() -> None:
    state = FeedState(due=SOON, health=Health.OK, last_success=NOW, page_error="may not be read by robots")
    line = describe(replace(COURIER, full_text=True), state, NOW, ENGLISH)
    assert line.endswith("· in full, but its last page may not be read by robots")


async def test_the_key_in_a_feeds_address_is_not_told_to_the_channel(house: House) -> None:
    async with house.store.write() as session:
        await session.feeds.put(replace(COURIER, url="https://courier.example/feed?key=canary"), FeedState(due=NOW))
    assert "canary" not in (await house.ask("/feeds remove courier")).text


async def test_the_list_counts_how_many_feeds_are_well(house: House) -> None:
    async with house.store.write() as session:
        for number, health in enumerate((Health.OK, Health.OK, Health.FAILING, Health.NEW)):
            await session.feeds.put(replace(COURIER, id=f"f{number}"), FeedState(due=NOW, health=health))
    reply = await house.ask("/feeds list")
    assert reply.card is not None
    assert reply.card.title == "4 feeds: 2 well, 1 failing, 1 not read yet"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/feeds fulltext courier on", "New entries of `courier` are read in full"),
        ("/feeds fulltext courier off", "`courier` is read as its feed tells it"),
        ("/feeds fulltext courier perhaps", "`perhaps` is neither; write `on` or `off`."),
        ("/feeds fulltext nothing on", "No feed `nothing`."),
    ],
)
async def test_full_text_is_switched_feed_by_feed(house: House, line: str, told: str) -> None:
    house.source = FeedShelf()
    async with house.store.write() as session:
        await session.feeds.put(COURIER, FeedState(due=SOON, etag="x"))

    assert (await house.ask(line)).text.startswith(told)

    async with house.store.read() as session:
        found = await session.feeds.get("courier")
    assert found is not None
    wanted = {"on": True, "off": False}.get(line.rsplit(maxsplit=1)[-1]) if "courier" in line else None
    assert (found[0].full_text, found[1].etag) == (wanted, "x")


async def test_full_text_without_its_libraries_is_refused_with_what_is_missing(house: House) -> None:
    class Bare(FeedShelf):
        def lacks_for_full_text(self) -> str | None:
            return "a library"

    house.source = Bare()
    reply = await house.ask("/feeds fulltext courier on")
    assert (reply.done, reply.text) == (False, "Full text needs a library, which the operator can install.")


def silent(name: str, **state: object) -> tuple[Feed, FeedState]:
    feed = Feed(id=name, url=f"https://{name}.example/feed", outlet=name.title())
    return feed, FeedState(due=NOW, health=Health.FAILING, **state)  # type: ignore[arg-type]


def test_silent_feeds_are_named_where_they_report_and_counted_elsewhere() -> None:
    rows = [
        silent("wire", last_success=NOW - timedelta(hours=3)),
        silent("blip", last_success=NOW - timedelta(minutes=5)),
        silent("daily"),
        silent("gazette"),
        (COURIER, FeedState(due=NOW, health=Health.GONE)),
    ]
    assert silences(rows, {"wire", "courier"}, NOW, ENGLISH) == [
        "Kyiv Courier (gone for good)",
        "Wire (3 h)",
        "2 other feeds",
    ]
    assert silences(rows[2:4], set(), NOW, ENGLISH) == ["Daily (never reached)", "1 other feed"]
    assert silences(rows[1:2], {"blip"}, NOW, ENGLISH) == []


@pytest.mark.parametrize(("failures", "told"), [(1, False), (3, True)])
async def test_the_list_tells_how_to_stop_reading_a_feed_that_does_not_come_back(
    house: House, failures: int, *, told: bool
) -> None:
    async with house.store.write() as session:
        await session.feeds.put(COURIER, FeedState(due=NOW, health=Health.FAILING, failures=failures))
    reply = await house.ask("/feeds list")
    assert reply.card is not None
    assert ("/feeds remove <name>" in reply.card.foot) is told
