"""What seeds and settings say of feeds is written into the store, and what people did stays."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.feed import Feed, FeedState
from bot.ports import Store
from bot.services.seeding import Wanted, seed
from bot.store import open_store

NOW = datetime(2025, 5, 14, 8, tzinfo=UTC)


def declared(id: str, url: str, **fields: str) -> Feed:  # noqa: A002 (the field's name)
    return Feed(id=id, url=url, declared=url, outlet=fields.pop("outlet", id.title()), **fields)  # type: ignore[arg-type]


WIRE = declared("wire", "https://wire.example/feed")


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    store = open_store("sqlite://")
    await store.open()
    yield store
    await store.close()


async def start(store: Store, *feeds: Feed) -> dict[str, tuple[Feed, FeedState]]:
    """Return the feeds by name after a start with these in seeds and settings."""
    await seed(store, Wanted(feeds=feeds), NOW)
    async with store.read() as session:
        return {feed.id: (feed, state) for feed, state in await session.feeds.all()}


async def put(store: Store, feed: Feed, **state: object) -> None:
    async with store.write() as session:
        await session.feeds.put(feed, FeedState(due=NOW, **state))  # type: ignore[arg-type]


async def test_a_feed_that_was_removed_stays_away_over_starts_until_it_is_added_again(store: Store) -> None:
    await start(store, WIRE)
    async with store.write() as session:
        await session.feeds.remove("wire")

    assert await start(store, WIRE) == {}
    assert await start(store, replace(WIRE, id="renamed")) == {}

    async with store.write() as session:
        await session.feeds.readmit(WIRE)
    assert list(await start(store, WIRE)) == ["wire"]


async def test_a_feed_that_had_moved_stays_away_too(store: Store) -> None:
    await start(store, WIRE)
    await put(store, replace(WIRE, url="https://new.example/feed"))
    async with store.write() as session:
        await session.feeds.remove("wire")

    assert await start(store, WIRE) == {}


async def test_what_is_read_already_under_another_name_is_not_read_twice(store: Store) -> None:
    await put(store, Feed(id="mine", url="http://WIRE.example:80/feed/", outlet="Wire"))

    assert list(await start(store, WIRE)) == ["mine"]


async def test_a_name_that_somebody_took_in_the_chat_keeps_no_feed_out(store: Store) -> None:
    await put(store, Feed(id="wire", url="https://other.example/feed", outlet="Other"))

    for _ in range(2):
        feeds = await start(store, WIRE)
        assert {name: feed.url for name, (feed, _) in feeds.items()} == {
            "wire": "https://other.example/feed",
            "wire-2": "https://wire.example/feed",
        }


async def test_an_edited_feed_is_renewed_and_keeps_what_is_known_of_it(store: Store) -> None:
    await start(store, WIRE)
    moved = replace(WIRE, url="https://new.example/feed", aliases=("https://wire.example/rss",))
    await put(store, moved, etag='"7"', last_success=NOW)

    [(feed, state)] = (await start(store, replace(WIRE, outlet="The Wire", language="en"))).values()

    assert (feed.outlet, feed.language, feed.url) == ("The Wire", "en", "https://new.example/feed")
    assert (state.etag, state.last_success) == ('"7"', NOW)


async def test_a_feed_whose_address_was_edited_is_read_there_as_if_new(store: Store) -> None:
    await start(store, WIRE)
    await put(store, WIRE, etag='"7"', last_success=NOW - timedelta(hours=1))

    [(feed, state)] = (await start(store, declared("wire", "https://wire.example/atom"))).values()

    assert (feed.url, state) == ("https://wire.example/atom", FeedState(due=NOW))
