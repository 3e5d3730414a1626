"""Whoever wanted a feed hears once that it fails, and once that it is back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.audience import CONSOLE, PAGE
from tests.house import DESK
from tests.services.poller import Poller, open_poller, url_of

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def poller() -> AsyncIterator[Poller]:
    async with open_poller() as poller:
        for name in ("wire", "courier"):
            poller.publish(name, "0", "Nothing yet")
        await poller.follow("wire", "courier")
        await owned(poller, "wire")
        await owned(poller, "courier")
        await poller.wait(MINUTE)
        yield poller


async def owned(poller: Poller, name: str, channel: str | None = DESK.id) -> None:
    """Let a channel have added a feed."""
    async with poller.house.store.write() as session:
        found = await session.feeds.get(name)
        assert found is not None
        await session.feeds.put(replace(found[0], added_in=channel), found[1])


async def pass_time(poller: Poller, span: timedelta) -> None:
    for _ in range(span // HOUR):
        await poller.wait(HOUR)


async def test_one_failure_or_two_are_nobodys_business(poller: Poller) -> None:
    poller.shelf.answer(url_of("wire"), 503)
    await pass_time(poller, 5 * HOUR)
    poller.shelf.answer(url_of("wire"), 200)
    await pass_time(poller, 5 * HOUR)

    assert await poller.headlines() == []


async def test_a_feed_that_fails_for_long_is_told_once_and_its_recovery_once(poller: Poller) -> None:
    poller.shelf.answer(url_of("wire"), 404)
    await pass_time(poller, 20 * HOUR)
    assert await poller.headlines() == ["Wire cannot be read"]
    [parcel] = poller.house.recorder.messages.values()
    assert parcel.card is not None
    [section] = parcel.card.sections
    assert "answered 404" in section.lines[0]
    assert "since 14 May" in section.lines[0]
    assert "/feeds remove wire" in section.lines[0]

    poller.shelf.answer(url_of("wire"), 200)
    await pass_time(poller, 5 * HOUR)
    assert await poller.headlines() == ["Wire cannot be read", "Wire can be read again"]

    poller.shelf.answer(url_of("wire"), 404)
    await pass_time(poller, 20 * HOUR)
    assert (await poller.headlines()).count("Wire cannot be read") == 2


async def test_a_feed_that_is_gone_for_good_is_told_at_once(poller: Poller) -> None:
    poller.shelf.answer(url_of("wire"), 410)
    await pass_time(poller, HOUR)

    assert await poller.headlines() == ["Wire has ended its feed"]


async def test_a_network_that_is_away_is_no_feeds_fault(poller: Poller) -> None:
    for name in ("wire", "courier"):
        poller.shelf.answer(url_of(name), 500)
    await pass_time(poller, 12 * HOUR)
    assert await poller.headlines() == []

    poller.shelf.answer(url_of("courier"), 200)
    await pass_time(poller, 2 * HOUR)
    assert await poller.headlines() == ["Wire cannot be read"]


async def test_after_a_day_even_the_only_feed_is_told_of(poller: Poller) -> None:
    async with poller.house.store.write() as session:
        await session.feeds.remove("courier")
    poller.shelf.answer(url_of("wire"), 500)
    await pass_time(poller, 23 * HOUR)
    assert await poller.headlines() == []
    await pass_time(poller, 3 * HOUR)
    assert await poller.headlines() == ["Wire cannot be read"]


async def test_feeds_of_the_seeds_are_told_of_where_the_operator_reads(poller: Poller) -> None:
    await owned(poller, "wire", None)
    async with poller.house.store.write() as session:
        await session.channels.put(CONSOLE)
        await session.channels.put(PAGE)
    poller.shelf.answer(url_of("wire"), 410)
    await poller.wait(HOUR)

    async with poller.house.store.read() as session:
        [(alert, _)] = await session.alerts.last(1)
        channels = {row.channel for row in await session.outbox.of_alert(alert.id)}
    assert channels == {CONSOLE.id, PAGE.id}
