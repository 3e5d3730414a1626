"""What is not news raises nothing: a first read, a feed that is turned upside down; what was missed comes in order."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.services.poller import Poller, open_poller, url_of

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
CALLED = (
    "Turkey calls for ceasefire in Ukraine",
    "Turkey called on Tuesday for an unconditional ceasefire of 30 days.",
)
NAMED = (
    "Medinsky to lead Russian team",
    "Vladimir Medinsky will head the Russian delegation at the talks with Ukraine in Istanbul, the Kremlin said.",
)
COMES = (
    "Zelensky will attend talks in Istanbul",
    "President Volodymyr Zelensky said on Sunday that he will attend the Istanbul talks with Russia himself on Thursday.",
)


@pytest.fixture
async def poller() -> AsyncIterator[Poller]:
    async with open_poller() as poller:
        yield poller


def fill(poller: Poller, number: int = 10, prefix: str = "old") -> None:
    """Let the feed hold so many dull entries of the last days."""
    for index in range(number):
        poller.publish(
            "wire", f"{prefix}-{index}", f"Rain in town {index}", poller.house.clock.now() - (number - index) * 2 * HOUR
        )


async def test_a_first_read_alerts_nothing_and_the_next_entry_does(poller: Poller) -> None:
    poller.publish("wire", "1", NAMED[0], summary=NAMED[1])
    await poller.follow("wire")
    await poller.wait(MINUTE)
    assert await poller.headlines() == []

    poller.publish("wire", "2", COMES[0], summary=COMES[1])
    await poller.wait(HOUR)
    assert len(await poller.headlines()) == 1


async def test_a_feed_that_gives_every_entry_another_id_and_address_alerts_nothing(poller: Poller) -> None:
    fill(poller)
    poller.publish("wire", "n", NAMED[0], summary=NAMED[1])
    await poller.follow("wire")
    await poller.wait(MINUTE)

    poller.shelf.shelf[url_of("wire")].entries.clear()
    poller.shelf.publish(url_of("wire"), id="moved-n", title=NAMED[0], summary=NAMED[1], link="https://new.example/n")
    for index in range(10):
        poller.shelf.publish(
            url_of("wire"), id=f"moved-{index}", title=f"Rain in town {index}", link=f"https://new.example/{index}"
        )
    await poller.wait(HOUR)

    assert await poller.headlines() == []
    async with poller.house.store.read() as session:
        assert await session.articles.known("wire", ["moved-n", "moved-3"]) == {}


async def test_a_reshuffle_that_stamps_old_news_with_one_new_date_alerts_nothing(poller: Poller) -> None:
    fill(poller)
    await poller.follow("wire")
    await poller.wait(MINUTE)

    poller.shelf.shelf[url_of("wire")].entries.clear()
    now = poller.house.clock.now() + HOUR
    for index, (title, summary) in enumerate((CALLED, NAMED, COMES)):
        poller.publish("wire", f"news-{index}", title, now, summary=summary)
    fill_again = [f"Old story {index}, told anew" for index in range(7)]
    for index, title in enumerate(fill_again):
        poller.publish("wire", f"again-{index}", title, now)
    await poller.wait(HOUR)

    assert await poller.headlines() == []


async def test_half_a_feed_of_older_dates_alerts_nothing_but_the_news_among_it_does(poller: Poller) -> None:
    fill(poller)
    await poller.follow("wire")
    await poller.wait(MINUTE)

    old = poller.house.clock.now() - 20 * HOUR
    poller.shelf.shelf[url_of("wire")].entries.clear()
    poller.publish("wire", "x", CALLED[0], old, summary=CALLED[1])
    for index in range(8):
        poller.publish("wire", f"archive-{index}", f"From the archive {index}", old - index * HOUR)
    poller.publish("wire", "y", COMES[0], poller.house.clock.now() + 50 * MINUTE, summary=COMES[1])
    await poller.wait(HOUR)

    [headline] = await poller.headlines()
    assert "Zelensk" in headline


async def test_a_busy_hour_is_no_reshuffle(poller: Poller) -> None:
    fill(poller)
    await poller.follow("wire")
    await poller.wait(MINUTE)

    now = poller.house.clock.now()
    for index in range(12):
        poller.publish("wire", f"busy-{index}", f"Flash {index}", now + (index + 1) * 4 * MINUTE)
    poller.publish("wire", "n", NAMED[0], now + 50 * MINUTE, summary=NAMED[1])
    await poller.wait(HOUR)

    assert len(await poller.headlines()) == 1


async def test_what_was_missed_is_caught_up_in_order_over_all_feeds_and_marked_late(poller: Poller) -> None:
    for name in ("wire", "courier"):
        poller.publish(name, "0", "Nothing yet")
    await poller.follow("wire", "courier")
    await poller.wait(MINUTE)

    then = poller.house.clock.now()
    poller.publish("wire", "2", COMES[0], then + 3 * HOUR, summary=COMES[1])
    poller.publish("courier", "1", NAMED[0], then + 1 * HOUR, summary=NAMED[1])
    poller.publish("wire", "3", CALLED[0], then + 8 * HOUR - 5 * MINUTE, summary=CALLED[1])
    await poller.wait(8 * HOUR)

    headlines = await poller.headlines()
    assert [next(word for word in ("Medinsky", "Zelensk", "ceasefire") if word in line) for line in headlines] == [
        "Medinsky",
        "Zelensk",
        "ceasefire",
    ]
    feet = [parcel.card.foot for parcel in poller.house.recorder.messages.values() if parcel.card]
    assert [("late, published" in foot) for foot in feet] == [True, True, False]
    assert "late, published 7 h before we could read it" in feet[0]


async def test_what_a_feed_brings_after_its_own_outage_is_late_as_well(poller: Poller) -> None:
    poller.publish("wire", "0", "Nothing yet")
    await poller.follow("wire")
    await poller.wait(MINUTE)

    poller.shelf.answer(url_of("wire"), 503)
    for _ in range(4):
        await poller.wait(HOUR)
    poller.publish("wire", "1", NAMED[0], poller.house.clock.now() - 2 * HOUR, summary=NAMED[1])
    poller.shelf.answer(url_of("wire"), 200)
    await poller.wait(HOUR)

    await poller.headlines()
    [parcel] = poller.house.recorder.messages.values()
    assert parcel.card is not None
    assert "late, published 3 h" in parcel.card.foot


async def test_what_comes_in_time_is_not_marked_however_slow_its_feed(poller: Poller) -> None:
    poller.publish("wire", "0", "Nothing yet")
    await poller.follow("wire")
    await poller.wait(MINUTE)
    poller.publish("wire", "1", NAMED[0], poller.house.clock.now() - 2 * HOUR, summary=NAMED[1])
    await poller.wait(31 * MINUTE)

    await poller.headlines()
    [parcel] = poller.house.recorder.messages.values()
    assert parcel.card is not None
    assert "late" not in parcel.card.foot
