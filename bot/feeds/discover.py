"""The feeds behind an address that somebody typed."""

import re
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree

from bot.domain.address import address_key
from bot.domain.feed import Feed
from bot.errors import FeedError, UnreachableFeedError, UnreadableFeedError
from bot.feeds.answer import Answer
from bot.feeds.article import to_text
from bot.feeds.cadence import rhythm_of
from bot.feeds.entries import make_entries
from bot.feeds.parse.document import Document
from bot.feeds.parse.tree import Tree
from bot.ports import Found

TYPES = frozenset(
    "application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/json "  # noqa: SIM905  names read best in a line
    "application/xml text/xml".split()
)
# Where most programs that run sites put theirs, commonest first.
COMMON = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
#: A site may link a feed per topic; nobody reads a longer list.
MOST = 5

Visit = Callable[[str], Awaitable[tuple[Answer, Document | None]]]
#: A page that has named no feed by then names none.
MOST_BYTES = 1_000_000
#: How far into a body we look for what it is.
HEAD_BYTES = 2_000
_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)
# Where a page that lists its feeds for readers, not for programs, says so in their addresses.
_FEEDLIKE = re.compile(r"(?:^|[/._?=&-])(?:rss|atom|feeds?|rdf)(?:[/._?=&0-9-]|$)", re.IGNORECASE)
# <https://example.org/feed>; rel="alternate"; type="application/rss+xml"
_LINK_HEADER = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^",;\s]+))*)')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


async def find(text: str, visit: Visit, now: datetime) -> Sequence[Found]:
    """Return the feed at an address, or those that the page there names, best first.

    Args:
        text: What was typed; ``https://`` may be missing.
        visit: Fetches an address and tells its document if it is a feed.
        now: News time.

    Raises:
        FeedError: If there is none, or the address cannot be reached.
    """
    url = _completed(text)
    try:
        answer, document = await visit(url)
    except UnreachableFeedError:
        if url == text.strip() or not url.startswith("https:"):
            raise
        # Nobody typed the https that did not answer; a few sites have none.
        url = url.replace("https:", "http:", 1)
        answer, document = await visit(url)
    if document is not None:
        return (_found(url, answer, document, now),)
    if _OPML.search(answer.body[:HEAD_BYTES]):
        raise UnreadableFeedError(url, "is a list of feeds; `/feeds import` reads all that it names")
    page = _parsed(answer)
    found = (
        await _visit_all(_links(answer, page), visit, MOST, now)
        or await _visit_all(_mentions(answer, page), visit, MOST, now)
        or await _visit_all([urljoin(answer.url, path) for path in COMMON], visit, 1, now)
    )
    if not found:
        raise UnreadableFeedError(url, "neither is a feed nor names one; look on the site for a feed's own address")
    return found


def _completed(text: str) -> str:
    text = text.strip().strip("<>")
    scheme = _SCHEME.match(text)
    # example.org:8080 is a host and its port, feed:// is what some sites write.
    if text.startswith("feed:"):
        text = text.removeprefix("feed:").removeprefix("//")
        return text if text.startswith("http") else f"https://{text}"
    return text if scheme and (text[scheme.end() :].startswith("//") or "." not in scheme[0]) else f"https://{text}"


async def _visit_all(urls: Sequence[str], visit: Visit, most: int, now: datetime) -> tuple[Found, ...]:
    found: dict[str, Found] = {}
    for url in urls:
        try:
            answer, document = await visit(url)
        except FeedError:
            continue
        if document is not None:
            found.setdefault(address_key(answer.url), _found(url, answer, document, now))
        if len(found) >= most:
            break
    return tuple(found.values())


def _parsed(answer: Answer) -> Tree | None:
    """Return a page as a tree, ``None`` if it is none."""
    if not answer.body.strip():
        return None
    try:
        return etree.fromstring(answer.body[:MOST_BYTES], etree.HTMLParser(recover=True, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _links(answer: Answer, page: Tree | None) -> list[str]:
    """Return the feeds that a page's head or its server's header name for programs, in their order."""
    heads = [] if page is None else [(tag.get("href"), tag.get("rel"), tag.get("type")) for tag in page.iter("link")]
    for target, parameters in _LINK_HEADER.findall(answer.headers.get("Link", "")):
        told = dict(pair.partition("=")[::2] for pair in re.split(r"\s*;\s*", parameters) if pair)
        heads.append((target, told.get("rel", "").strip('"'), told.get("type", "").strip('"')))
    return _addresses(
        answer,
        page,
        [
            href
            for href, rel, kind in heads
            if {"alternate", "feed"} & set((rel or "").lower().split())
            and (kind or "").partition(";")[0].strip().lower() in TYPES
        ],
    )


def _mentions(answer: Answer, page: Tree | None) -> list[str]:
    """Return where a page's own links seem to lead to feeds."""
    links = [] if page is None else [tag.get("href") for tag in page.iter("a")]
    return _addresses(answer, page, [href for href in links if href and _FEEDLIKE.search(_path_of(href))])


def _path_of(href: str) -> str:
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.scheme in {"", "http", "https", "feed"} else ""


def _addresses(answer: Answer, page: Tree | None, links: Iterable[str | None]) -> list[str]:
    """Return links in full, each once; comments of one article are never what is meant."""
    tags = () if page is None else page.iter("base")
    base = next((_joined(answer.url, tag.get("href")) for tag in tags if tag.get("href")), answer.url)
    full = dict.fromkeys(_joined(base, link.strip().removeprefix("feed:")) for link in links if link)
    # More than twice what we show need not be tried.
    return [link for link in full if link and "/comments" not in _path_of(link)][: MOST * 2]


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _found(asked: str, answer: Answer, document: Document, now: datetime) -> Found:
    url = answer.moved_to or asked
    feed = replace(
        _feed(url, document),
        aliases=tuple(other for other in dict.fromkeys((asked, answer.url)) if other != url),
        canonical=document.canonical or None,
    )
    entries = make_entries(feed, document, answer.url, now)
    dated = (entry.published for entry in entries if entry.published and entry.published <= now)
    return Found(feed=feed, entries=entries, rhythm=rhythm_of(dated))


def _feed(url: str, document: Document) -> Feed:
    host = (urlsplit(url).hostname or "feed").removeprefix("www.")
    title = " ".join(to_text(document.title).split())
    return Feed(id=_slug(title) or _slug(host) or "feed", url=url, outlet=title or host, language=document.language)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-")
