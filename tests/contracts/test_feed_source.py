"""What every FeedSource holds to, over the real one and its fake."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest
from aiohttp import web

from bot.domain.feed import Feed, FeedState, Health
from bot.errors import FeedError, FeedListError
from bot.feeds.source import Source
from bot.ports import FeedSource
from tests.fakes import FeedShelf
from tests.feeds.servers import Site, rss

NOW = datetime(2025, 5, 14, 12, 0, tzinfo=UTC)
NEW = FeedState(due=NOW)


class House(Protocol):
    """A feed source, and a feed at ``url`` that the test fills."""

    @property
    def source(self) -> FeedSource: ...
    @property
    def url(self) -> str: ...
    def publish(self, title: str) -> None: ...
    def answer(self, status: int) -> None: ...
    def put_list(self, body: bytes) -> None: ...
    def pushed(self, title: str) -> bytes:
        """Return what a hub sends of one entry."""
        ...

    def hub(self, status: int) -> str:
        """Return the address of a hub that answers with a status."""
        ...

    def forms(self) -> list[dict[str, str]]:
        """Return what hubs were sent."""
        ...


@dataclass
class RealHouse:
    source: FeedSource
    site: Site
    titles: list[str] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.url = self.site.page("/feed", rss(), headers={"ETag": '"0"'})

    def publish(self, title: str) -> None:
        self.titles.append(title)
        self.site.page("/feed", rss(*reversed(self.titles)), headers={"ETag": f'"{len(self.titles)}"'})

    def answer(self, status: int) -> None:
        self.site.page("/feed", status=status)

    def put_list(self, body: bytes) -> None:
        self.site.page("/feed/list", body)

    def pushed(self, title: str) -> bytes:
        return rss(title).encode()

    def hub(self, status: int) -> str:
        async def take(request: web.Request) -> web.Response:
            form = await request.post()
            self.sent.append({name: str(value) for name, value in form.items()})
            return web.Response(status=status)

        return self.site.handle("/hub", take)

    def forms(self) -> list[dict[str, str]]:
        return self.sent


@dataclass
class FakeHouse:
    source: FeedShelf
    url: str = "https://example.org/feed"

    def publish(self, title: str) -> None:
        self.source.publish(self.url, title=title)

    def answer(self, status: int) -> None:
        self.source.answer(self.url, status)

    def put_list(self, body: bytes) -> None:
        self.source.lists[f"{self.url}/list"] = body

    def pushed(self, title: str) -> bytes:
        self.source.publish("a push", title=title)
        return b"a push"

    def hub(self, status: int) -> str:
        self.source.answer("https://hub.example/", status)
        return "https://hub.example/"

    def forms(self) -> list[dict[str, str]]:
        return [form for _, form in self.source.forms]


@pytest.fixture(params=["real", "fake"])
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    if request.param == "fake":
        fake = FakeHouse(FeedShelf())
        fake.answer(200)
        yield fake
        return
    source = Source("desk@example.org", ["127.0.0.0/8"])
    async with Site().open() as site:
        yield RealHouse(source, site)
        await source.close()


def feed(house: House) -> Feed:
    return Feed(id="courier", url=house.url, outlet="Courier", language="en", workspace="slack:T1")


async def test_a_first_visit_brings_all_entries_and_a_due_time(house: House) -> None:
    house.publish("Talks begin")
    house.publish("Talks end")

    poll = await house.source.poll(feed(house), NEW, NOW)

    assert [entry.title for entry in poll.entries] == ["Talks begin", "Talks end"]
    assert {entry.ref.feed for entry in poll.entries} == {"courier"}
    assert len({entry.ref.id for entry in poll.entries}) == 2
    assert all(entry.fetched == NOW and entry.outlet == "Courier" for entry in poll.entries)
    assert poll.state.health is Health.OK
    assert poll.state.due > NOW
    assert (poll.state.polls, poll.state.last_poll, poll.state.last_success) == (1, NOW, NOW)


async def test_an_empty_feed_is_a_feed(house: House) -> None:
    poll = await house.source.poll(feed(house), NEW, NOW)

    assert poll.entries == ()
    assert poll.state.health is Health.OK


async def test_an_unchanged_feed_brings_nothing_and_counts_as_not_modified(house: House) -> None:
    house.publish("Talks begin")
    first = await house.source.poll(feed(house), NEW, NOW)

    second = await house.source.poll(feed(house), first.state, NOW + timedelta(hours=1))

    assert second.entries == ()
    assert second.state.not_modified == 1
    assert second.state.polls == 2


async def test_an_entry_keeps_its_id_when_others_join(house: House) -> None:
    house.publish("Talks begin")
    first = await house.source.poll(feed(house), NEW, NOW)
    house.publish("Talks end")

    second = await house.source.poll(feed(house), first.state, NOW + timedelta(hours=1))

    assert first.entries[0].ref in {entry.ref for entry in second.entries}
    assert "Talks end" in {entry.title for entry in second.entries}


async def test_a_failure_is_told_in_the_state_and_its_end_too(house: House) -> None:
    house.publish("Talks begin")
    house.answer(500)
    first = await house.source.poll(feed(house), NEW, NOW)
    second = await house.source.poll(feed(house), first.state, NOW + timedelta(hours=1))
    house.answer(200)

    assert first.entries == ()
    assert (first.state.health, first.state.failures, second.state.failures) == (Health.FAILING, 1, 2)
    assert first.state.error is not None
    assert "500" in first.state.error
    house.publish("Talks end")
    third = await house.source.poll(feed(house), second.state, NOW + timedelta(hours=2))
    assert (third.state.health, third.state.failures, third.state.error) == (Health.OK, 0, None)


async def test_a_feed_that_is_gone_says_so(house: House) -> None:
    house.answer(410)

    poll = await house.source.poll(feed(house), NEW, NOW)

    assert poll.state.health is Health.GONE


async def test_an_article_begins_with_its_title_and_belongs_to_the_feeds_workspace(house: House) -> None:
    house.publish("Talks begin")
    [entry] = (await house.source.poll(feed(house), NEW, NOW)).entries

    article = house.source.article(entry, 3)

    assert article.text.startswith("Talks begin")
    assert (article.title, article.revision, article.ref) == ("Talks begin", 3, entry.ref)
    assert (article.language, article.workspace, article.published) == ("en", "slack:T1", NOW)


async def test_a_feeds_own_address_is_discovered(house: House) -> None:
    house.publish("Talks begin")

    [found] = await house.source.discover(house.url, NOW)

    assert (found.feed.url, found.feed.outlet) == (house.url, "A feed")
    assert [entry.title for entry in found.entries] == ["Talks begin"]


async def test_discovering_nothing_is_an_error_in_words(house: House) -> None:
    with pytest.raises(FeedError):
        await house.source.discover(house.url + "-not", NOW)


async def test_a_list_of_feeds_is_read_and_what_is_none_is_told(house: House) -> None:
    house.put_list(b'["https://a.example/feed"]')

    assert [feed.url for feed in await house.source.read_list(f"{house.url}/list")] == ["https://a.example/feed"]

    house.put_list(b"Hello")
    with pytest.raises(FeedListError):
        await house.source.read_list(f"{house.url}/list")
    with pytest.raises(FeedError):
        await house.source.read_list(f"{house.url}/no-list")


async def test_a_page_that_cannot_be_had_is_told_in_words(house: House) -> None:
    house.publish("Talks begin")
    [entry] = (await house.source.poll(feed(house), NEW, NOW)).entries
    gone = replace(entry, url=f"{house.url}/gone")

    with pytest.raises(FeedError, match="404"):
        await house.source.full_text(gone)
    assert house.source.lacks_for_full_text() is None


async def test_what_a_hub_pushes_is_read_as_entries_of_the_feed(house: House) -> None:
    body = house.pushed("Talks begin")

    poll = await house.source.read(feed(house), NEW, body, "application/rss+xml", NOW)

    [entry] = poll.entries
    assert (entry.title, entry.ref.feed, entry.outlet, entry.fetched) == ("Talks begin", "courier", "Courier", NOW)
    assert poll.state.due == NEW.due
    assert house.source.article(entry, 0).workspace == "slack:T1"


async def test_a_push_that_is_no_feed_is_an_error_in_words(house: House) -> None:
    with pytest.raises(FeedError, match="format"):
        await house.source.read(feed(house), NEW, b"hello", "text/plain", NOW)


async def test_a_hub_is_sent_a_form_and_what_it_refuses_is_an_error(house: House) -> None:
    await house.source.ask_hub(house.hub(202), {"hub.mode": "subscribe", "hub.topic": "https://a.example/?b=c&d"})
    assert house.forms() == [{"hub.mode": "subscribe", "hub.topic": "https://a.example/?b=c&d"}]

    with pytest.raises(FeedError, match="500"):
        await house.source.ask_hub(house.hub(500), {"hub.mode": "subscribe"})


async def test_closing_twice_does_no_harm(house: House) -> None:
    await house.source.close()
    await house.source.close()
