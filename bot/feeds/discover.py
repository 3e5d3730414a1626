"""The feeds behind an address that somebody typed."""

import re
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree

from bot.domain.address import address_key
from bot.domain.feed import Feed
from bot.errors import FeedError, UnreachableFeedError, UnreadableFeedError
from bot.feeds.article import to_text
from bot.feeds.cadence import rhythm_of
from bot.feeds.entries import make_entries
from bot.feeds.fetch import Answer
from bot.feeds.parse.document import Document
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
    linked = await _visit_all(_links(answer), visit, MOST, now)
    common = [urljoin(answer.url, path) for path in COMMON]
    found = linked or await _visit_all(common, visit, 1, now)
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


def _links(answer: Answer) -> list[str]:
    """Return the feeds that a page's head names, in its order, each once."""
    if not answer.body.strip():
        return []
    try:
        root = etree.fromstring(answer.body, etree.HTMLParser(recover=True, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root is None:
        return []
    base = next((urljoin(answer.url, tag.get("href")) for tag in root.iter("base") if tag.get("href")), answer.url)
    links = [
        urljoin(base, (link.get("href") or "").strip())
        for link in root.iter("link")
        if link.get("href")
        and {"alternate", "feed"} & set((link.get("rel") or "").lower().split())
        and (link.get("type") or "").partition(";")[0].strip().lower() in TYPES
    ]
    # Comments of one article are never what is meant; more than twice what we
    # show need not be tried.
    unique = [link for link in dict.fromkeys(links) if "/comments" not in urlsplit(link).path]
    return unique[: MOST * 2]


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
