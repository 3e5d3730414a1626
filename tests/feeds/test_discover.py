"""What stands behind an address that somebody typed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import FeedError
from bot.feeds.source import Source
from tests.feeds.servers import Site, rss

NOW = datetime(2025, 5, 14, 12, tzinfo=UTC)


async def test_a_found_feed_tells_its_entries_its_rhythm_and_its_other_addresses(site: Site, source: Source) -> None:
    own = '<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="https://feeds.example/news"/>'
    items = "".join(
        f"<item><guid>{hour}</guid><title>At {hour}</title><pubDate>14 May 2025 0{hour}:00 GMT</pubDate></item>"
        for hour in (8, 6, 4)
    )
    body = f"<rss version='2.0'><channel><title>News</title>{own}{items}</channel></rss>"
    final = site.page("/feeds/news.xml", body)
    asked = site.page("/old", status=301, headers={"Location": "/moved"})
    site.page("/moved", status=302, headers={"Location": "/feeds/news.xml"})

    [found] = await source.discover(asked, NOW)

    assert (found.feed.url, found.feed.aliases) == (site.url("/moved"), (asked, final))
    assert found.feed.canonical == "https://feeds.example/news"
    assert [entry.title for entry in found.entries] == ["At 4", "At 6", "At 8"]
    assert found.rhythm == timedelta(hours=2)


async def test_two_links_of_a_page_that_lead_to_one_feed_are_one(site: Site, source: Source) -> None:
    site.page("/news.xml", rss("One"))
    site.page("/atom", status=302, headers={"Location": "/news.xml"})
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in ("news.xml", "atom"))

    found = await source.discover(site.page("/", f"<html><head>{links}</head></html>"), NOW)

    assert [each.feed.url for each in found] == [site.url("/news.xml")]


async def test_a_site_without_tls_is_found_though_nobody_typed_http(site: Site, source: Source) -> None:
    url = site.page("/news.xml", rss("One"))

    [found] = await source.discover(url.removeprefix("http://"), NOW)

    assert found.feed.url == url


async def test_a_page_that_lists_its_feeds_for_readers_is_understood(site: Site, source: Source) -> None:
    site.page("/export/politics", rss("One"))
    site.page("/rss/world.php", rss("Two"))
    body = """<a href="mailto:rss@example.org">Write</a><a href="http://[">Broken</a><a href="/address/">Visit us</a>
      <a href="/export/politics">Politics</a><a href="rss/world.php?x=1">World</a><a href="/rss/none">Gone</a>"""

    found = await source.discover(site.page("/", f"<html><body>{body}</body></html>"), NOW)

    assert [each.feed.url for each in found] == [site.url("/rss/world.php") + "?x=1"]


async def test_a_feed_that_only_the_servers_header_names_is_found(site: Site, source: Source) -> None:
    site.page("/hidden", rss("One"))
    link = '</style.css>; rel="preload", </hidden>; rel="alternate"; type="application/rss+xml"'

    [found] = await source.discover(site.page("/", "<html></html>", headers={"Link": link}), NOW)

    assert found.feed.url == site.url("/hidden")


async def test_a_list_of_feeds_is_told_from_a_site_without_any(site: Site, source: Source) -> None:
    with pytest.raises(FeedError, match="is a list of feeds; `/feeds import`"):
        await source.discover(site.page("/all.opml", "<?xml version='1.0'?><opml version='2.0'><body/></opml>"), NOW)
    assert len(site.requests) == 1
