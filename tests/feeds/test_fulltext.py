"""The article behind a teaser: read from its page where its site lets robots read."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from multidict import CIMultiDict
from yarl import URL

from bot.domain.feed import Entry, EntryRef
from bot.errors import FeedError, UnreachableFeedError
from bot.feeds.answer import Answer
from bot.feeds.article import make_article
from bot.feeds.manners import BusyError
from bot.feeds.robots import Robots
from bot.feeds.source import Source
from tests.feeds.servers import Site

NOW = datetime(2025, 5, 14, 12, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}
FIRST = (
    "The two delegations met in the old customs house on the quay on Wednesday and agreed to exchange the lists of "
    "prisoners that each of them holds, the host's foreign ministry said in the evening."
)
SECOND = (
    "A second round is to follow within ten days, and the mediators are to propose a venue for it by the end of the "
    "week, according to two people who sat at the table and were not allowed to speak about it."
)
PAGE = f"""<!doctype html><html><head><title>Lists exchanged</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav>
<article><h1>Lists exchanged</h1><p>{FIRST}</p><p>{SECOND}</p></article>
<footer><p>Subscribe to our newsletter. All rights reserved.</p></footer></body></html>"""


@pytest.fixture
async def source() -> AsyncIterator[Source]:
    source = Source("desk@example.org", ["127.0.0.0/8"], parse_limit=timedelta(seconds=8))
    yield source
    await source.close()


def teaser(url: str) -> Entry:
    return Entry(
        ref=EntryRef("courier", "1"),
        outlet="Courier",
        url=url,
        title="Lists exchanged",
        summary="The two delegations met…",
        fetched=NOW,
    )


def asked(site: Site) -> list[str]:
    return [request.path for request in site.requests]


async def test_the_article_is_told_from_the_rest_of_its_page(site: Site, source: Source) -> None:
    entry = await source.full_text(teaser(site.page("/1", PAGE, headers=HTML)))

    assert make_article(entry, 0).text == f"Lists exchanged\n\n{FIRST}\n\n{SECOND}"
    assert asked(site) == ["/robots.txt", "/1"]


async def test_a_site_is_asked_once_for_what_it_lets_robots_read(site: Site, source: Source) -> None:
    for path in ("/1", "/2"):
        await source.full_text(teaser(site.page(path, PAGE, headers=HTML)))

    assert asked(site) == ["/robots.txt", "/1", "/2"]


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: dragoman\nDisallow: /news",
        "User-agent: Other\nAllow: /\n\nUser-agent: *\nDisallow: /*/1$",
    ],
)
async def test_a_page_that_robots_may_not_read_is_never_asked_for(site: Site, source: Source, rules: str) -> None:
    site.page("/robots.txt", rules)
    entry = teaser(site.page("/news/1", PAGE, headers=HTML))

    with pytest.raises(FeedError):
        await source.full_text(entry)
    assert asked(site) == ["/robots.txt"]


async def test_rules_for_others_and_for_other_pages_do_not_bind(site: Site, source: Source) -> None:
    site.page("/robots.txt", "User-agent: Other\nDisallow: /\n\nUser-agent: *\nDisallow: /private\nAllow: /private/1")

    assert (await source.full_text(teaser(site.page("/private/1", PAGE, headers=HTML)))).full


async def test_a_redirect_to_where_robots_may_not_go_is_not_followed(site: Site, source: Source) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /paid")
    site.page("/paid/1", PAGE, headers=HTML)
    entry = teaser(site.page("/1", status=302, headers={"Location": "/paid/1"}))

    with pytest.raises(FeedError):
        await source.full_text(entry)
    assert asked(site) == ["/robots.txt", "/1"]


@pytest.mark.parametrize("status", [404, 410, 403])
async def test_a_site_without_rules_forbids_nothing(site: Site, source: Source, status: int) -> None:
    site.page("/robots.txt", status=status)

    assert (await source.full_text(teaser(site.page("/1", PAGE, headers=HTML)))).full


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_site_that_cannot_tell_its_rules_is_left_alone(site: Site, source: Source, status: int) -> None:
    site.page("/robots.txt", status=status)
    entry = teaser(site.page("/1", PAGE, headers=HTML))

    with pytest.raises(FeedError):
        await source.full_text(entry)
    assert asked(site) == ["/robots.txt"]


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (PAGE, 404, "text/html"),
        (PAGE, 402, "text/html"),
        ("%PDF-1.7", 200, "application/pdf"),
        ("", 200, "text/html"),
        ("<html><body></body></html>", 200, "text/html"),
        ("<div>" * 100_000, 200, "text/html"),
    ],
)
async def test_a_page_without_an_article_is_told_from_one_with(
    site: Site, source: Source, body: str, status: int, kind: str
) -> None:
    entry = teaser(site.page("/1", body, status=status, headers={"Content-Type": kind}))

    with pytest.raises(FeedError):
        await source.full_text(entry)


async def test_a_page_on_a_forbidden_address_is_not_asked_for(source: Source) -> None:
    entry = teaser("http://10.1.2.3/1")

    with pytest.raises(FeedError):
        await source.full_text(entry)


class Host:
    """Answers every address the same, and counts."""

    def __init__(self, status: int | None, body: bytes = b"") -> None:
        self.status, self.body, self.asked = status, body, 0

    async def get(self, url: str, *, accept: str | None = None) -> Answer:
        self.asked += 1
        if self.status is None:
            raise UnreachableFeedError(url, "refused the connection")
        return Answer(status=self.status, url=url, moved_to=None, headers=CIMultiDict(), body=self.body)


@pytest.mark.parametrize(("status", "hours"), [(200, 24), (404, 24), (None, 1), (503, 1)])
async def test_rules_are_asked_for_again_after_a_day_and_after_trouble_sooner(status: int | None, hours: int) -> None:
    host, time = Host(status), [0.0]
    robots = Robots(host, lambda: time[0])

    async def ask_at(hour: float) -> int:
        time[0] = hour * 3600
        try:
            await robots.check(URL("https://courier.example/1"))
        except FeedError:
            assert status not in {200, 404}
        return host.asked

    assert [await ask_at(hour) for hour in (0, hours - 0.1, hours + 0.1)] == [1, 1, 2]


async def test_a_site_that_asks_for_a_gap_between_visits_gets_it() -> None:
    time = [100.0]
    robots = Robots(Host(200, b"User-agent: *\nCrawl-delay: 30"), lambda: time[0])

    await robots.check(URL("https://courier.example/1"))
    with pytest.raises(BusyError) as busy:
        await robots.check(URL("https://courier.example/2"))
    time[0] += 30
    await robots.check(URL("https://courier.example/2"))

    assert busy.value.wait == timedelta(seconds=30)


async def test_a_short_gap_is_waited_for() -> None:
    robots = Robots(Host(200, b"User-agent: *\nCrawl-delay: 0.05"))
    began = asyncio.get_running_loop().time()

    for number in range(3):
        await robots.check(URL(f"https://courier.example/{number}"))

    assert asyncio.get_running_loop().time() - began >= 0.1
