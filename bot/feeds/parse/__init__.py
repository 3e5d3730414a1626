"""Bytes become documents: a fast reader for each format, and feedparser where they stumble."""

import re
from collections.abc import Callable
from typing import Protocol

from lxml import etree

from bot.errors import UnreadableFeedError
from bot.feeds.parse.atom import read_atom
from bot.feeds.parse.document import Document
from bot.feeds.parse.encoding import as_utf8, mend
from bot.feeds.parse.jsonfeed import read_json
from bot.feeds.parse.rss import read_rss
from bot.feeds.parse.tree import Tree, local

# One row a format: the name of its outermost element, and who reads it.
TABLE: dict[str, Callable[[Tree, str], Document]] = {
    "rss": read_rss,
    "RDF": read_rss,
    "feed": read_atom,
}

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b")
# Some hand-made feeds begin with the doctype of the page that they were copied from.
_FEED_BELOW = re.compile(rb"<!doctype[^>\[]*>\s*(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:rdf)\b", re.DOTALL)
_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)[\s>]")
#: How far into a body we look for what it is.
HEAD_BYTES = 2_000
#: No sane feed has an element with so many attributes; only long tags are counted.
MOST_ATTRIBUTES = 5_000
LONG_TAG_BYTES = 20_000


class FallBack(Protocol):
    """The slow reader that reads nearly everything."""

    async def read(self, body: bytes, url: str, content_type: str) -> Document:
        """Return what feedparser makes of a body.

        Raises:
            UnreadableFeedError: If it makes nothing of it.
        """
        ...


#: What the fast readers find, and how many entries the bytes seem to hold.
Attempt = tuple[Document | None, int]


async def read(
    body: bytes, url: str, content_type: str, fall_back: FallBack, attempt: Attempt | None = None
) -> Document:
    """Return a body's document, by the fast way if it loses nothing.

    Args:
        body: The bytes as they came, unpacked.
        url: Where they came from; relative links start there.
        content_type: The server's word, which may name an encoding.
        fall_back: Asked when the fast way fails or finds too little.
        attempt: What the fast way found, if it was gone already.

    Raises:
        UnreadableFeedError: If this is no feed.
    """
    if not body.strip():
        raise UnreadableFeedError(url, "answered with nothing at all")
    if looks_like_html(body):
        raise UnreadableFeedError(url, "answered with a web page, not a feed")
    attempt = attempt or fast(body, url, content_type)
    document, _ = attempt
    if document is not None and is_all(attempt):
        return document
    try:
        slow = await fall_back.read(body, url, content_type)
    except UnreadableFeedError:
        if document is None:
            raise
        return document
    return slow if document is None or len(slow.items) > len(document.items) else document


def fast(body: bytes, url: str, content_type: str) -> Attempt:
    """Return what the fast readers find, and how many entries the bytes seem to hold."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return read_json(body, url), 0
    text = as_utf8(body, content_type)
    if text is None or b"<!ENTITY" in text:
        # An unknown encoding; or entities of its own, which is how bombs are built.
        return None, 0
    root = _root(text, url)
    if root is None:
        return None, 0
    reader = TABLE.get(local(root))
    document = reader(root, url) if reader else None
    return document, len(_ITEM.findall(text))


def is_all(attempt: Attempt) -> bool:
    """Tell whether the fast way has found as much as the bytes seem to hold."""
    document, expected = attempt
    return document is not None and len(document.items) >= expected


def fast_or_none(body: bytes, url: str, content_type: str) -> Document | None:
    """Return what the fast readers find if it seems to be all, for use in a thread."""
    if looks_like_html(body):
        return None
    document, expected = fast(body, url, content_type)
    return document if document is not None and len(document.items) >= expected else None


def is_overloaded(body: bytes) -> bool:
    """Tell whether an element of a large body has thousands of attributes: its tree takes forty times its text."""
    begin = body.find(b"<")
    while begin >= 0:
        end = body.find(b"<", begin + 1)
        if (end if end >= 0 else len(body)) - begin > LONG_TAG_BYTES and body.count(b"=", begin, end) > MOST_ATTRIBUTES:
            return True
        begin = end
    return False


def looks_like_html(body: bytes) -> bool:
    """Tell whether a body starts as web pages do."""
    head = body[:HEAD_BYTES].lower().lstrip(b"\xef\xbb\xbf \t\r\n")
    while head.startswith((b"<!--", b"<?xml")):
        head = head.partition(b"-->" if head.startswith(b"<!--") else b"?>")[2].lstrip()
    return bool(_HTML.match(head)) and not _FEED_BELOW.match(head)


def _root(text: bytes, url: str) -> Tree | None:
    for attempt in (bytes, mend):
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        try:
            return etree.fromstring(attempt(text), parser, base_url=url)
        except (etree.XMLSyntaxError, ValueError):
            continue
    return None
