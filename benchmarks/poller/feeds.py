"""Made-up feeds of a news site's usual size, each unlike the others; the same number gives the same feed."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

START = datetime(2025, 5, 14, 12, tzinfo=UTC)
#: Of a feed that has changed, so many entries are new.
FRESH = 2
#: Of five feeds that are asked again, three have not changed.
UNCHANGED_OF_FIVE = 3

WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "for",
    "on",
    "that",
    "with",
    "said",
    "from",
    "by",
    "at",
    "as",
    "was",
    "government",
    "minister",
    "talks",
    "border",
    "trade",
    "council",
    "market",
    "envoy",
    "statement",
    "region",
    "agreement",
    "police",
    "court",
    "school",
    "hospital",
    "weather",
    "harvest",
    "match",
    "season",
    "film",
    "museum",
    "river",
    "port",
    "company",
    "shares",
    "prices",
    "inflation",
    "budget",
    "vote",
    "party",
    "leader",
    "election",
    "visit",
    "summit",
    "delegation",
    "ceasefire",
    "army",
    "aid",
    "refugees",
    "sanctions",
    "energy",
    "gas",
    "oil",
    "grain",
    "rail",
    "airport",
    "strike",
    "union",
    "workers",
    "protest",
    "city",
    "mayor",
    "island",
    "coast",
]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry."""

    id: str
    link: str
    title: str
    published: datetime
    summary: str
    content: str


def changes(number: int) -> bool:
    """Tell whether a feed has changed when it is asked the second time."""
    return number % 5 >= UNCHANGED_OF_FIVE


def body(number: int, size: int, version: int) -> bytes:
    """Return a feed: three of four RSS, the fourth Atom."""
    items = entries(number, size, version)
    return (_atom if number % 4 == 3 else _rss)(number, items).encode()  # noqa: PLR2004


def entries(number: int, size: int, version: int) -> list[Item]:
    """Return a feed's entries, newest first; a second version has two new ones above."""
    first = FRESH if version and changes(number) else 0
    return [_item(number, index) for index in range(first - 1, -size - 1 + first, -1)]


def _item(number: int, index: int) -> Item:
    draw = random.Random(number * 10_007 + index)  # noqa: S311 - dull texts need no secrets
    link = f"https://outlet-{number}.example/news/{index + 10_000}"
    paragraphs = [_sentence(draw, 40) for _ in range(2)]
    summary = (
        f'<p><img src="{link}.jpg" alt="{_sentence(draw, 4)}" width="640" height="360"/>{paragraphs[0]} '
        f'<a href="{link}">{_sentence(draw, 5)}</a></p><p>{paragraphs[1]}</p>'
    )
    # A third of the feeds give whole articles.
    content = "".join(f"<p>{_sentence(draw, 45)}</p>" for _ in range(8)) if number % 3 == 0 else ""
    return Item(
        id=f"outlet-{number}:{index + 10_000}",
        link=link,
        title=f"{_sentence(draw, 9)[:-1]} & “{draw.choice(WORDS)}”",
        published=START - timedelta(minutes=11 * (1 - index)) - timedelta(seconds=number),
        summary=summary,
        content=content,
    )


def _sentence(draw: random.Random, words: int) -> str:
    return f"{' '.join(draw.choices(WORDS, k=words)).capitalize()}."


def _rss(number: int, items: list[Item]) -> str:
    rows = "".join(
        f'<item><title>{escape(item.title)}</title><link>{item.link}</link><guid isPermaLink="false">{item.id}</guid>'
        f"<pubDate>{format_datetime(item.published)}</pubDate><dc:creator>{WORDS[number % 40]} desk</dc:creator>"
        f"<category>world</category><category>{WORDS[number % 50]}</category>"
        f'<media:content url="{item.link}.jpg" medium="image" width="640" height="360"/>'
        f"<description>{escape(item.summary)}</description>"
        + (f"<content:encoded><![CDATA[{item.content}]]></content:encoded>" if item.content else "")
        + "</item>"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Outlet {number}</title><link>https://outlet-{number}.example/</link><language>en</language>"
        f"<description>News</description><ttl>15</ttl>{rows}</channel></rss>"
    )


def _atom(number: int, items: list[Item]) -> str:
    rows = "".join(
        f'<entry><title>{escape(item.title)}</title><link rel="alternate" href="{item.link}"/><id>{item.id}</id>'
        f"<published>{item.published.isoformat()}</published><updated>{item.published.isoformat()}</updated>"
        f"<author><name>{WORDS[number % 40]} desk</name></author><category term='world'/>"
        f'<summary type="html">{escape(item.summary)}</summary>'
        + (f'<content type="html">{escape(item.content)}</content>' if item.content else "")
        + "</entry>"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<title>Outlet {number}</title><id>https://outlet-{number}.example/</id>"
        f"<updated>{START.isoformat()}</updated>{rows}</feed>"
    )
