"""Feeds are read as often as the stories that they feed ask for."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.services.pace import Pace
from tests.house import START
from tests.services.poller import Poller, open_poller
from tests.services.test_no_flood import COMES, NAMED

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def poller() -> AsyncIterator[Poller]:
    async with open_poller(every=HOUR) as poller:
        yield poller


@pytest.mark.parametrize(
    ("age", "wanted"),
    [
        (timedelta(), 2 * MINUTE),
        (2 * HOUR, 2 * MINUTE),
        (5 * HOUR, 5 * MINUTE),
        (24 * HOUR, 15 * MINUTE),
        (72 * HOUR, None),
    ],
)
def test_a_story_wants_its_feeds_the_sooner_the_livelier_it_is(age: timedelta, wanted: timedelta | None) -> None:
    pace = Pace()
    pace.note("wire", "talks", START)

    assert pace.wanted("wire", START + age) == wanted
    assert pace.wanted("other", START + age) is None


def test_a_feed_is_wanted_when_another_brings_its_story_to_life() -> None:
    pace = Pace()
    pace.note("wire", "talks", START)
    pace.note("wire", "border", START)
    pace.note("courier", "talks", START + 96 * HOUR)

    assert pace.wanted("wire", START + 97 * HOUR) == 2 * MINUTE
    assert pace.feeds_of(["talks"], START + 97 * HOUR) == {"wire", "courier"}
    # Who has not reported for long feeds the story no more.
    assert pace.wanted("wire", START + 200 * HOUR) is None
    assert pace.feeds_of(["talks"], START + 200 * HOUR) == {"courier"}


async def test_a_report_brings_the_next_look_at_all_feeds_of_its_story_forward(poller: Poller) -> None:
    poller.publish("wire", "1", NAMED[0], summary=NAMED[1])
    poller.publish("weather", "1", "Rain in town")
    await poller.follow("wire", "weather")
    await poller.wait(MINUTE)
    await poller.follow("courier")
    await poller.wait(70 * MINUTE)

    poller.publish("courier", "2", COMES[0], summary=COMES[1])
    await poller.wait(61 * MINUTE)

    now = poller.house.clock.now()
    assert len(await poller.headlines()) == 1
    assert (await poller.state("courier")).due == now + 2 * MINUTE
    assert (await poller.state("wire")).due == now + 2 * MINUTE
    assert (await poller.state("weather")).due > now + 30 * MINUTE


async def test_what_stories_want_is_told_to_the_one_who_decides_when_a_feed_is_due(poller: Poller) -> None:
    poller.publish("wire", "1", NAMED[0], summary=NAMED[1])
    await poller.follow("wire")
    await poller.wait(MINUTE)
    await poller.wait(61 * MINUTE)

    assert (await poller.state("wire")).wanted_seconds == 120
