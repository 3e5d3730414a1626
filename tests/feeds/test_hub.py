"""The hub that a feed names, and how a poll notices that it does not push."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.domain.feed import Feed, FeedState
from bot.feeds.cadence import BESIDE_PUSHES
from bot.feeds.source import Source
from tests.feeds.servers import Site, rss

NOW = datetime(2025, 5, 14, 12, 0, tzinfo=UTC)
NEW = FeedState(due=NOW)
LINK = "http://www.w3.org/2005/Atom"
ATOM = f"""<feed xmlns="{LINK}"><title>A feed</title><link rel="self" href="/me"/><link rel="hub" href="https://hub.example/"/>
<entry><id>1</id><title>One</title></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "A feed", "feed_url": "https://a.example/me",
"hubs": [{"type": "rssCloud", "url": "https://no.example/"}, {"type": "WebSub", "url": "https://hub.example/"}],
"items": [{"id": "1", "title": "One"}]}"""
RSS = rss(
    "One",
    head=f'<x:link xmlns:x="{LINK}" rel="hub" href="https://hub.example/"/><x:link xmlns:x="{LINK}" rel="self" href="https://a.example/me"/>',
)


async def poll(source: Source, url: str, state: FeedState = NEW, now: datetime = NOW) -> FeedState:
    return (await source.poll(Feed(id="courier", url=url, outlet="Courier"), state, now)).state


@pytest.mark.parametrize(
    ("body", "link", "hub", "topic"),
    [
        (RSS, None, "https://hub.example/", "https://a.example/me"),
        (ATOM, None, "https://hub.example/", "/me"),
        (JSON, None, "https://hub.example/", "https://a.example/me"),
        (rss("One"), '<https://hub.example/>; rel="hub", </me>; rel=self', "https://hub.example/", "/me"),
        (rss("One"), '<https://x.example/>; title="a, b"; rel="prev hub"', "https://x.example/", "/feed"),
        (RSS, '<https://first.example/>; rel="hub"', "https://first.example/", "https://a.example/me"),
        (rss("One"), "<https://x.example/>; rel=prev", None, None),
        (rss("One"), "<<<;;rel=hub,,", None, None),
        (rss("One"), None, None, None),
    ],
)
async def test_a_feed_names_its_hub_in_its_headers_or_inside(  # noqa: PLR0913, PLR0917  one row of the table
    site: Site, source: Source, body: str, link: str | None, hub: str | None, topic: str | None
) -> None:
    url = site.page("/feed", body, headers={"Link": link} if link else None)

    state = await poll(source, url)

    assert state.hub == hub
    assert state.topic == (site.url(topic) if topic and topic.startswith("/") else topic)


async def test_a_pushed_feed_is_polled_rarely_until_its_hub_misses_an_entry(site: Site, source: Source) -> None:
    first = await poll(source, site.page("/feed", dated(NOW - timedelta(hours=1))))
    pushed = replace(first, pushed=True)

    quiet = await poll(source, site.page("/feed", dated(NOW - timedelta(hours=1)) + " "), pushed)
    assert quiet.due - NOW >= BESIDE_PUSHES

    later = NOW + timedelta(hours=3)
    just_now = dated(later - timedelta(minutes=1), NOW - timedelta(hours=1))
    fresh = await poll(source, site.page("/feed", just_now), quiet, later)
    assert fresh.due - later >= BESIDE_PUSHES

    missed = dated(NOW + timedelta(hours=2), NOW - timedelta(hours=1))
    state = await poll(source, site.page("/feed", missed), quiet, later)
    assert state.push_missed
    assert state.due - later <= timedelta(hours=1.1)

    again = await source.read(
        Feed(id="courier", url="https://a.example/", outlet="C"), state, dated(later).encode(), "", later
    )
    assert not again.state.push_missed
    assert again.state.last_new == later


async def test_nothing_is_missed_before_a_hub_pushes(site: Site, source: Source) -> None:
    first = await poll(source, site.page("/feed", dated(NOW - timedelta(hours=5))))
    second = await poll(source, site.page("/feed", dated(NOW - timedelta(hours=1))), first)

    assert not second.push_missed


def dated(*moments: datetime) -> str:
    """Return a feed with an entry for each moment."""
    items = "".join(
        f"<item><guid>{moment.isoformat()}</guid><title>At {moment}</title><pubDate>{format_datetime(moment)}</pubDate></item>"
        for moment in moments
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title>{items}</channel></rss>'
