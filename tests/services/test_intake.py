"""Visits are taken in together, and none suffers for another."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.classify import Classifier
from bot.domain.event import Event
from bot.domain.feed import Article, Feed, FeedState, Health
from bot.feeds.article import make_article
from bot.ports import Poll
from bot.services.ingest import Ingest
from tests.fakes import FeedShelf
from tests.house import classifier, gazetteer
from tests.services.poller import Poller, open_poller
from tests.services.test_no_flood import COMES, NAMED

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Stumbling:
    """A reader that stumbles over one word."""

    def __init__(self, inner: Classifier) -> None:
        self._inner = inner

    def read(self, article: Article) -> tuple[Event, ...]:
        if "poison" in article.text:
            raise ZeroDivisionError
        return self._inner.read(article)


@pytest.fixture
async def poller() -> AsyncIterator[Poller]:
    async with open_poller() as poller:
        yield poller


async def test_feeds_that_end_together_are_committed_together(poller: Poller, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"feed-{number}" for number in range(30)]
    for name in names:
        poller.publish(name, "1", f"Rain in {name}")
    await poller.follow(*names)
    poller.house.clock.set(poller.house.clock.now() + MINUTE)
    commits, write = 0, poller.house.store.write

    def counted() -> object:
        nonlocal commits
        commits += 1
        return write()

    monkeypatch.setattr(poller.house.store, "write", counted)
    await poller.service.round()
    assert await poller.service.settled(timedelta(seconds=5))

    assert commits <= 5
    assert {(await poller.state(name)).health for name in names} == {Health.OK}


async def test_one_feed_that_we_stumble_over_costs_the_others_nothing(poller: Poller) -> None:
    poller.house.ingest = Ingest(poller.house.store, Stumbling(classifier()), make_article, gazetteer())
    for name in ("wire", "bad", "courier"):
        poller.publish(name, "0", "Nothing yet")
    await poller.follow("wire", "bad", "courier")
    await poller.wait(MINUTE)

    poller.publish("wire", "1", NAMED[0], summary=NAMED[1])
    poller.publish("bad", "1", "A poisoned headline")
    poller.publish("courier", "1", COMES[0], summary=COMES[1])
    before = await poller.state("bad")
    await poller.wait(31 * MINUTE)

    assert len(await poller.headlines()) == 2
    bad = await poller.state("bad")
    assert (bad.health, bad.failures, bad.etag) == (Health.FAILING, 1, before.etag)
    assert bad.due == poller.house.clock.now() + HOUR
    assert (await poller.state("wire")).health is Health.OK


async def test_a_feed_whose_address_moved_for_good_is_asked_there_and_a_removed_one_does_not_come_back() -> None:
    class Moving(FeedShelf):
        async def poll(self, feed: Feed, state: FeedState, now: object) -> Poll:
            seen = state.moved_seen + 1
            return Poll(
                state=FeedState(due=state.due + MINUTE, moved_to="https://new.example/", moved_seen=seen, polls=seen)
            )

    async with open_poller() as poller:
        moving = Poller(poller.house, Moving())
        await moving.follow("wire", "other")
        for _ in range(2):
            await moving.wait(MINUTE)
        async with poller.house.store.write() as session:
            await session.feeds.remove("other")
        await moving.wait(MINUTE)
        async with poller.house.store.read() as session:
            [(feed, state)] = await session.feeds.all()

    assert (feed.url, state.moved_to, state.moved_seen) == ("https://new.example/", None, 0)


async def test_slow_visits_give_their_places_to_others_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.poll.SLOW", timedelta(seconds=0.1))

    class Hanging(FeedShelf):
        async def poll(self, feed: Feed, state: FeedState, now: object) -> Poll:
            if feed.id.startswith("a-slow"):
                await asyncio.sleep(3600)
            return Poll(state=FeedState(due=state.due + HOUR, health=Health.OK))

    async with open_poller() as poller:
        hanging = Poller(poller.house, Hanging())
        names = [f"a-slow-{number:03}" for number in range(60)] + [f"good-{number}" for number in range(5)]
        await hanging.follow(*names[:60])
        poller.house.clock.set(poller.house.clock.now() + MINUTE)
        await hanging.follow(*names[60:])
        async with asyncio.timeout(3):
            assert await hanging.service.round() == 65
            await hanging.service.settled(timedelta(seconds=0.1))
            states = [await hanging.state(name) for name in names[60:]]
            await hanging.service.finish()

    assert {state.health for state in states} == {Health.OK}


async def test_what_was_fetched_when_we_stop_is_kept(poller: Poller) -> None:
    poller.publish("wire", "1", "Rain in town")
    await poller.follow("wire")
    poller.house.clock.set(poller.house.clock.now() + MINUTE)
    await poller.service.round()
    while not poller.shelf.polls:  # noqa: ASYNC110  the visit begins with the next turns of the loop
        await asyncio.sleep(0)
    await poller.service.finish()

    again = Poller(poller.house, poller.shelf)
    poller.house.machine += HOUR
    await again.wait(HOUR)
    assert (await again.state("wire")).health is Health.OK
    async with poller.house.store.read() as session:
        assert await session.articles.known("wire", ["1"])
