"""Entries of a feed that only teases are read on their pages; how many of its entries told events is counted."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.poller import Poller, open_poller, url_of

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TEASER = "Talks: who leads?"
ARTICLE = "Vladimir Medinsky will head the Russian delegation at the talks with Ukraine in Istanbul, the Kremlin said."


@pytest.fixture
async def poller() -> AsyncIterator[Poller]:
    async with open_poller() as poller:
        poller.publish("wire", "0", "Rain in Ankara")
        await poller.follow("wire")
        yield poller


async def opt_in(poller: Poller) -> None:
    async with poller.house.store.write() as session:
        found = await session.feeds.get("wire")
        assert found is not None
        await session.feeds.put(replace(found[0], full_text=True), found[1])


async def tease(poller: Poller, title: str = TEASER, *, page: str | None = ARTICLE) -> None:
    """Let the feed tease an article, and read it an hour later."""
    poller.publish("wire", "1", title)
    if page is not None:
        poller.shelf.pages[f"{url_of('wire')}/1"] = page
    else:
        poller.shelf.pages.clear()
    await poller.wait(HOUR)


async def test_a_teaser_is_read_on_its_page_once_somebody_opted_in(poller: Poller) -> None:
    await opt_in(poller)
    await poller.wait(MINUTE)
    assert poller.shelf.pages_read == []  # a first read alerts nothing, so it visits nothing

    await tease(poller)

    [headline] = await poller.headlines()
    assert "Medinsky" in headline
    assert (await poller.state("wire")).page_error is None
    assert poller.shelf.pages_read == [f"{url_of('wire')}/1"]


async def test_nobodys_page_is_visited_otherwise(poller: Poller) -> None:
    await poller.wait(MINUTE)
    await tease(poller)

    assert (await poller.headlines(), poller.shelf.pages_read) == ([], [])


async def test_what_was_read_in_full_is_not_visited_again_until_its_teaser_is_edited(poller: Poller) -> None:
    await opt_in(poller)
    await poller.wait(MINUTE)
    await tease(poller)
    poller.publish("wire", "2", "Rain in Istanbul")
    await poller.wait(HOUR)
    assert poller.shelf.pages_read == [f"{url_of('wire')}/1", f"{url_of('wire')}/2"]

    await tease(poller, "Talks: who leads them?")
    assert poller.shelf.pages_read[2:] == [f"{url_of('wire')}/1"]


async def test_an_edited_teaser_whose_page_does_not_answer_takes_nothing_back(poller: Poller) -> None:
    await opt_in(poller)
    await poller.wait(MINUTE)
    await tease(poller)
    before = await poller.headlines()

    await tease(poller, "Talks: who leads them?", page=None)

    assert await poller.headlines() == before
    async with poller.house.store.read() as session:
        [(ref, _)] = await session.stories.articles("istanbul-talks")
        text = (await session.articles.get([ref]))[ref].text
    assert text == f"Talks: who leads them?\n\n{ARTICLE}"
    assert (await poller.state("wire")).page_error == "answered 404, no such page"


async def test_no_more_than_ten_pages_are_read_at_once_the_newest_of_all(poller: Poller) -> None:
    await opt_in(poller)
    await poller.wait(MINUTE)
    for number in range(30):
        poller.publish("wire", f"n{number}", f"Rain in town {number}", poller.house.clock.now() + number * MINUTE)
    await poller.wait(HOUR)

    assert poller.shelf.pages_read == [f"{url_of('wire')}/n{number}" for number in range(29, 19, -1)]


async def test_entries_and_those_that_told_events_are_counted(poller: Poller) -> None:
    await poller.wait(MINUTE)
    poller.publish("wire", "1", "Medinsky to lead Russian team", summary=ARTICLE)
    await poller.wait(HOUR)
    poller.publish("wire", "1", "Medinsky to lead the Russian team", summary=ARTICLE)
    await poller.wait(HOUR)

    state = await poller.state("wire")
    assert (state.entries, state.told) == (2, 1)
