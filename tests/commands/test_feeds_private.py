"""Feeds of one workspace: added, listed, changed and removed by itself alone, and unknown to all others."""

from collections.abc import AsyncIterator

import pytest

from bot.app import App
from bot.commands.complete import Choices
from bot.config import Settings
from bot.domain.audience import OPERATOR, Channel
from bot.domain.command import Completes
from bot.domain.feed import Feed, FeedState
from tests.fakes import FeedShelf
from tests.house import START, House, open_house, told

URL = "https://courier.example/feed?key=canary"
OURS = Channel(id="slack:T0OURS:C1", platform="slack", workspace="T0OURS", address="C1")
THEIRS = Channel(id="slack:T0THEIRS:C1", platform="slack", workspace="T0THEIRS", address="C1")
HERE = Channel(id="web:local:page", platform="web", workspace=OPERATOR, address="page")


@pytest.fixture(params=[True, False], ids=["strangers share it", "colleagues share it"])
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """Return a house with one public feed that everybody reads and one address that anybody may add."""
    async with open_house(private_feeds=request.param) as house:
        house.source = FeedShelf()
        house.source.publish(URL, title="Talks set", published=START)
        async with house.store.write() as session:
            await session.feeds.put(Feed(id="wire", url="https://wire.example/", outlet="Wire"), FeedState(due=START))
        yield house


async def names(house: House, channel: Channel) -> list[str]:
    choices = Choices(house.store)
    await choices.refresh()
    found = [value for value, _ in choices.complete(Completes.FEED, "", channel, "en")]
    listed = told(await house.ask("/feeds list", channel=channel))
    assert all(name in listed for name in found)
    return found


async def test_an_own_feed_is_listed_to_its_workspace_alone(house: House) -> None:
    added = await house.ask(f"/feeds add {URL} private:on", channel=OURS)

    assert "for this workspace alone" in told(added)
    [own] = [name for name in await names(house, OURS) if name != "wire"]
    for stranger in (THEIRS, HERE):
        assert await names(house, stranger) == ["wire"]
        shown = told(await house.ask("/feeds list", channel=stranger)) + told(
            await house.ask("/status", channel=stranger)
        )
        assert "courier" not in shown
        assert "canary" not in shown
        for line in (f"/feeds remove {own}", f"/feeds fulltext {own} off"):
            refused, unknown = (
                await house.ask(line, channel=stranger),
                await house.ask(line.replace(own, "x"), channel=stranger),
            )
            assert told(refused).replace(own, "x") == told(unknown)
    assert (await house.ask(f"/feeds remove {own}", channel=OURS)).done


async def test_the_same_address_is_new_to_everybody_else(house: House) -> None:
    await house.ask(f"/feeds add {URL} private:on", channel=OURS)

    assert "already" not in told(await house.ask(f"/feeds preview {URL}", channel=THEIRS))
    assert (await house.ask(f"/feeds add {URL} private:on", channel=THEIRS)).done
    assert (await house.ask(f"/feeds add {URL}", channel=HERE)).done
    again = await house.ask(f"/feeds add {URL} private:on", channel=OURS)
    assert not again.done
    async with house.store.read() as session:
        assert len(await session.feeds.all()) == 4


async def test_removing_an_own_feed_keeps_nobody_from_reading_the_same(house: House) -> None:
    await house.ask(f"/feeds add {URL} private:on", channel=OURS)
    [own] = [name for name in await names(house, OURS) if name != "wire"]
    await house.ask(f"/feeds remove {own}", channel=OURS)

    async with house.store.read() as session:
        assert not await session.feeds.was_removed(Feed(id="x", url=URL, outlet="x"))


async def test_among_strangers_what_is_added_is_private_and_everybodys_is_the_operators() -> None:
    async with open_house(private_feeds=True) as house:
        house.source = FeedShelf()
        house.source.publish(URL, title="Talks set", published=START)
        async with house.store.write() as session:
            await session.feeds.put(Feed(id="wire", url="https://wire.example/", outlet="Wire"), FeedState(due=START))

        await house.ask("/subscribe all", channel=THEIRS)
        await house.ask(f"/feeds add {URL}", channel=OURS)
        assert await names(house, THEIRS) == ["wire"]
        assert "Only who runs this" in told(await house.ask(f"/feeds add {URL} private:off", channel=OURS))
        assert "only who runs this" in told(await house.ask("/feeds remove wire", channel=OURS))
        assert (await house.ask("/feeds remove wire", channel=HERE)).done


async def test_among_colleagues_what_is_added_is_everybodys() -> None:
    async with open_house() as house:
        house.source = FeedShelf()
        house.source.publish(URL, title="Talks set", published=START)

        await house.ask(f"/feeds add {URL}", channel=OURS)

        assert await names(house, THEIRS) == await names(house, OURS) != []


async def test_a_word_that_is_neither_is_told() -> None:
    async with open_house() as house:
        reply = await house.ask(f"/feeds add {URL} private:maybe", channel=OURS)

        assert "`private:on`" in reply.text


async def test_a_workspace_that_is_the_only_one_changes_what_is_everybodys() -> None:
    async with open_house(private_feeds=True) as house:
        async with house.store.write() as session:
            await session.feeds.put(Feed(id="wire", url="https://wire.example/", outlet="Wire"), FeedState(due=START))
        for channel in (OURS, HERE):
            await house.ask("/subscribe all", channel=channel)

        assert (await house.ask("/feeds remove wire", channel=OURS)).done


@pytest.mark.parametrize(
    ("settings", "private"),
    [
        ({}, False),
        ({"discord": {"mode": "gateway", "token": "a.b.c"}}, True),
        ({"discord": {"mode": "gateway", "token": "a.b.c"}, "feeds": {"private": False}}, False),
        ({"slack": {"mode": "socket", "bot_token": "b", "app_token": "a"}}, False),
        ({"feeds": {"private": True}}, True),
    ],
)
def test_feeds_are_private_where_anybody_can_let_the_bot_in(settings: dict[str, object], *, private: bool) -> None:
    base: dict[str, object] = {"database": "sqlite://", "console": False, "web": {"enabled": False}}
    app = App(Settings.model_validate(base | settings))

    assert app.desk.private_feeds is private
