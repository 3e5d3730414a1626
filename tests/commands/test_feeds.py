"""How each feed is doing, told to the person who added it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.commands.feeds import describe
from bot.domain.address import short_name
from bot.domain.feed import Feed, FeedState, Health
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
            FeedState(due=SOON, health=Health.FAILING, failures=1, error=NOT_FOUND),
            f"{NOT_FOUND}; never read. I look again in 5 min.",
        ),
        (
            FeedState(
                due=NOW + timedelta(hours=6),
                health=Health.FAILING,
                failures=4,
                error=NOT_FOUND,
                last_success=NOW - timedelta(days=2),
            ),
            f"{NOT_FOUND}, 4 times in a row; last read 2 d ago. I look again in 6 h. Remove it with /feeds remove courier",
        ),
        (
            FeedState(due=NOW, health=Health.GONE, error="courier.example/feed is gone for good (410)"),
            "courier.example/feed is gone for good (410); I no longer look. Remove it with /feeds remove courier",
        ),
    ],
)
def test_a_feed_s_line_tells_its_trouble_once_and_when_we_look_again(state: FeedState, line: str) -> None:
    assert describe(COURIER, state, NOW) == f"courier · Kyiv Courier · {line}"


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
