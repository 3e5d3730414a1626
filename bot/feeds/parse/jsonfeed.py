"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org)."""

import json
from typing import Any
from urllib.parse import urljoin

from bot.errors import UnreadableFeedError
from bot.feeds.parse.dates import moment
from bot.feeds.parse.document import Document, Item, language_code
from bot.feeds.parse.tree import plain_as_markup


def read_json(body: bytes, url: str) -> Document:
    """Return the document of a JSON Feed.

    Raises:
        UnreadableFeedError: If it is other JSON, or none.
    """
    try:
        feed = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as broken:
        raise UnreadableFeedError(url, "answered with JSON that breaks off or is malformed") from broken
    items = feed.get("items")
    if not isinstance(items, list):
        raise UnreadableFeedError(url, "answered with JSON that is no JSON Feed")
    rows = [row for row in items if isinstance(row, dict)]
    return Document(
        title=_word(feed, "title"),
        canonical=_absolute(_word(feed, "feed_url"), url),
        hub=_hub(feed, url),
        language=language_code(_word(feed, "language")),
        items=tuple(_item(row, url) for row in rows),
    )


def _item(row: dict[str, Any], url: str) -> Item:
    link = _word(row, "url") or _word(row, "external_url")
    summary, text = _word(row, "summary"), _word(row, "content_text")
    return Item(
        id=_word(row, "id"),
        link=_absolute(link, url),
        title=plain_as_markup(_word(row, "title")),
        summary=plain_as_markup(summary) or None,
        content=_word(row, "content_html") or plain_as_markup(text) or None,
        published=moment(_word(row, "date_published")) or moment(_word(row, "date_modified")),
    )


def _word(row: dict[str, Any], key: str) -> str:
    """Return a value as text; ids that are numbers are common, though against the format."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _hub(feed: dict[str, Any], url: str) -> str:
    hubs = feed.get("hubs")
    rows = [row for row in hubs if isinstance(row, dict)] if isinstance(hubs, list) else []
    return next((_absolute(_word(row, "url"), url) for row in rows if _word(row, "type").lower() == "websub"), "")


def _absolute(link: str, url: str) -> str:
    try:
        return urljoin(url, link) if link else ""
    except ValueError:
        return link
