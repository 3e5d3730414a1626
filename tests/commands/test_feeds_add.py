"""What a person sees who adds a feed, and what is refused."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.feed import Feed, FeedState
from tests.fakes import FeedShelf
from tests.house import START, House, open_house, told

COURIER = "https://www.courier.example/feed"
MIRROR = "https://feeds.mirror.example/courier"


@pytest.fixture
async def shelf() -> FeedShelf:
    shelf = FeedShelf(every=timedelta(minutes=40))
    for number in range(5):
        published = START - timedelta(minutes=40 * (5 - number))
        shelf.publish(COURIER, id=f"n{number}", title=f"News <b>number</b> {number}", published=published)
    shelf.shelf[COURIER].title = "Kyiv Courier"
    return shelf


@pytest.fixture
async def house(shelf: FeedShelf) -> AsyncIterator[House]:
    async with open_house() as house:
        house.source = shelf
        yield house


async def ids(house: House) -> dict[str, str]:
    async with house.store.read() as session:
        return {feed.id: feed.url for feed, _ in await session.feeds.all()}


async def put(house: House, feed: Feed, state: FeedState) -> None:
    async with house.store.write() as session:
        await session.feeds.put(feed, state)


async def test_adding_shows_the_last_entries_and_how_often_it_publishes(house: House) -> None:
    reply = await house.ask(f"/feeds add {COURIER}")

    assert reply.done
    assert reply.card is not None
    assert reply.card.title == "courier (Kyiv Courier) is read from now on"
    [section] = reply.card.sections
    assert section.lines == ("about every 40 min · newest 40 min ago · 5 entries",)
    assert [bullet.text for bullet in section.bullets] == ["News number 4", "News number 3", "News number 2"]
    assert [(button.action, button.value) for button in reply.card.buttons] == [("feeds remove", "courier")]
    assert await ids(house) == {"courier": COURIER}


async def test_a_site_with_several_feeds_tells_how_to_add_the_others(house: House, shelf: FeedShelf) -> None:
    shelf.answer(f"{COURIER}/world", 200)
    shelf.shelf[f"{COURIER}/world"].title = "Courier World"

    reply = await house.ask(f"/feeds add {COURIER}")

    assert f"Courier World: /feeds add {COURIER}/world" in told(reply)
    assert await ids(house) == {"courier": COURIER}


async def test_a_preview_adds_nothing_and_offers_what_is_not_read_yet(house: House, shelf: FeedShelf) -> None:
    shelf.answer(f"{COURIER}/world", 200)
    await put(house, Feed(id="mine", url=f"{COURIER}/world", outlet="World"), FeedState(due=START))

    reply = await house.ask(f"/feeds preview {COURIER}", manager=False)

    assert reply.private
    assert reply.card is not None
    assert reply.card.title == "2 feeds at this address"
    assert [section.title for section in reply.card.sections] == ["Kyiv Courier", "A feed (read already, as mine)"]
    assert reply.card.sections[1].lines == (f"{COURIER}/world · holds no entry just now",)
    assert [(button.action, button.value) for button in reply.card.buttons] == [("feeds add", COURIER)]
    assert list(await ids(house)) == ["mine"]


@pytest.mark.parametrize("known", ["http://www.courier.example:80/feed/#top", "https://WWW.courier.example/feed"])
async def test_another_spelling_of_an_address_is_refused(house: House, known: str) -> None:
    await put(house, Feed(id="mine", url=known, outlet="Mine"), FeedState(due=START))

    reply = await house.ask(f"/feeds add {COURIER}")

    assert (reply.done, reply.text) == (
        False,
        f"{COURIER} is the same feed as {known}, which is read already, as `mine`.",
    )


async def test_an_address_that_led_to_a_feed_is_refused(house: House) -> None:
    moved = Feed(id="mine", url="https://new.example/feed", outlet="Mine", aliases=(COURIER,))
    await put(house, moved, FeedState(due=START))

    assert not (await house.ask(f"/feeds add {COURIER}")).done


@pytest.mark.parametrize("first", [COURIER, MIRROR])
async def test_a_mirror_of_a_feed_is_refused_if_it_holds_the_same_entries(
    house: House, shelf: FeedShelf, first: str
) -> None:
    second = {COURIER: MIRROR, MIRROR: COURIER}[first]
    shelf.shelf[MIRROR] = shelf.shelf[COURIER]
    shelf.shelf[COURIER].canonical = COURIER
    await house.ask(f"/feeds add {first}")
    async with house.store.read() as session:
        [(feed, state)] = await session.feeds.all()
    poll = await shelf.poll(feed, state, START)
    await house.ingest.take(poll.entries, quiet=True)
    await put(house, feed, poll.state)

    reply = await house.ask(f"/feeds add {second}")

    assert not reply.done
    assert f"is the same feed as {first}" in reply.text


async def test_a_feed_that_only_claims_to_be_another_is_added(house: House, shelf: FeedShelf) -> None:
    await put(house, Feed(id="courier", url=COURIER, outlet="Courier"), FeedState(due=START, last_success=START))
    shelf.publish(MIRROR, id="other", title="Something else")
    shelf.shelf[MIRROR].canonical = COURIER

    assert (await house.ask(f"/feeds add {MIRROR}")).done
    assert set((await ids(house)).values()) == {COURIER, MIRROR}


async def test_a_feed_that_was_removed_can_be_added_again(house: House) -> None:
    await house.ask(f"/feeds add {COURIER}")
    removed = await house.ask("/feeds remove courier")
    async with house.store.read() as session:
        assert await session.feeds.was_removed(Feed(id="x", url=COURIER, outlet="X"))

    assert removed.text.endswith(f"`/feeds add {COURIER}` reads it again.")
    assert (await house.ask(f"/feeds add {COURIER}")).done
    async with house.store.read() as session:
        assert not await session.feeds.was_removed(Feed(id="x", url=COURIER, outlet="X"))
