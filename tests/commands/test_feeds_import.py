"""A whole list of feeds comes in by one command."""

import json
from collections.abc import AsyncIterator

import pytest

from bot.domain.feed import Feed, FeedState
from tests.fakes import FeedShelf
from tests.house import START, House, open_house, told

LIST = "https://lists.example/desk.json"


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        house.source = FeedShelf()
        yield house


def put(house: House, *feeds: object) -> None:
    assert isinstance(house.source, FeedShelf)
    house.source.lists[LIST] = json.dumps(feeds).encode()


async def test_what_is_not_read_yet_is_added_and_the_rest_told(house: House) -> None:
    async with house.store.write() as session:
        await session.feeds.put(Feed(id="mine", url="http://wire.example/feed/", outlet="Wire"), FeedState(due=START))
    put(
        house,
        "https://wire.example/feed",
        {"url": "https://courier.example/feed", "outlet": "Courier", "id": "mine"},
        "https://courier.example/feed",
        "ftp://old.example/feed",
    )

    answer = told(await house.ask(f"/feeds import {LIST}"))

    assert answer.startswith("1 feed added, 2 read already")
    assert "mine-2 · https://courier.example/feed" in answer
    assert "https://wire.example/feed, as mine\nhttps://courier.example/feed, as mine-2" in answer
    assert "No web addresses\nftp://old.example/feed" in answer
    async with house.store.read() as session:
        found = await session.feeds.get("mine-2")
    assert found is not None
    assert (found[0].outlet, found[1]) == ("Courier", FeedState(due=START))


async def test_a_removed_feed_of_the_list_comes_back(house: House) -> None:
    put(house, "https://wire.example/feed")
    await house.ask(f"/feeds import {LIST}")
    await house.ask("/feeds remove wire")
    await house.ask(f"/feeds import {LIST}")

    async with house.store.read() as session:
        found = await session.feeds.get("wire")
        assert found is not None
        assert not await session.feeds.was_removed(found[0])


async def test_a_list_too_long_for_a_chat_adds_nothing(house: House) -> None:
    put(house, *(f"https://f{number}.example/" for number in range(1_001)))

    reply = await house.ask(f"/feeds import {LIST}")

    assert reply.text.startswith("That list names 1,001 feeds.")
    async with house.store.read() as session:
        assert await session.feeds.all() == []


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        (LIST, f"{LIST} names no feed."),
        ("https://lists.example/nothing", "https://lists.example/nothing answered 404, no such page."),
    ],
)
async def test_what_is_no_list_is_told_in_a_sentence(house: House, url: str, answer: str) -> None:
    put(house)
    reply = await house.ask(f"/feeds import {url}")
    assert (reply.done, reply.text) == (False, answer)
