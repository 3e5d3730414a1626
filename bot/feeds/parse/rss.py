"""RSS 0.90 to 2.0 and RDF, with Dublin Core, content, media and Atom elements inside."""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

from bot.feeds.parse.dates import DAYS, moment
from bot.feeds.parse.document import Document, Item, language_code
from bot.feeds.parse.tree import XML_LANG, Tree, children, is_web_address, linked, markup, plain, resolve

ATOM = "http://www.w3.org/2005/Atom"
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
# The names of these are told apart by their namespace, those of RSS itself by
# having none that we know, since RSS has gone by many.
FOREIGN = {
    ATOM: "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
PUBLISHED = (
    "pubDate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published", "published", "atom:updated", "updated",
    "dcterms:modified",
)  # fmt: skip
SUMMARY = ("description", "atom:summary", "summary", "media:description", "dc:description", "itunes:summary")
CONTENT = ("content:encoded", "xhtml:body", "atom:content", "fullText")


def read_rss(root: Tree, url: str) -> Document:
    """Return the document of an ``rss`` or ``RDF`` element."""
    channel = next(children(root, "channel"), root)
    about = _named(channel)
    found = [*children(channel, "item"), *(children(root, "item") if channel is not root else ())]
    minutes = plain(about.get("ttl"))
    return Document(
        title=plain(about.get("title")),
        canonical=linked(channel, "self", url),
        hub=linked(channel, "hub", url),
        language=language_code(
            plain(about.get("language"))
            or plain(about.get("dc:language"))
            or channel.get(XML_LANG)
            or root.get(XML_LANG)
        ),
        ttl=timedelta(minutes=int(minutes[:6])) if minutes.isdecimal() else None,
        skip_hours=_hours(about.get("skipHours")),
        skip_days=_days(about.get("skipDays")),
        items=tuple(_item(element, url) for element in found),
    )


def _item(element: Tree, url: str) -> Item:
    parts = _named(element)
    guid = parts.get("guid")
    return Item(
        id=plain(guid) or (element.get(RDF_ABOUT) or "").strip() or plain(parts.get("atom:id") or parts.get("id")),
        link=_link(element, parts, url),
        title=_first(parts, ("title", "dc:title", "atom:title", "media:title")) or "",
        summary=_first(parts, SUMMARY),
        content=_first(parts, CONTENT),
        published=next((date for name in PUBLISHED if (date := moment(plain(parts.get(name))))), None),
    )


def _named(element: Tree) -> dict[str, Tree]:
    """Return an element's children by name, ``dc:date`` for foreign ones, the first of each with content."""
    found: dict[str, Tree] = {}
    for child in element:
        key = _key(child.tag) if isinstance(child.tag, str) else ""
        if key and (key not in found or not (len(found[key]) or (found[key].text or "").strip())):
            found[key] = child
    return found


@lru_cache(maxsize=1_000)
def _key(tag: str) -> str:
    """Return what we call a tag; feeds use few, again and again."""
    namespace, _, name = tag.rpartition("}")
    prefix = FOREIGN.get(namespace.removeprefix("{"))
    return f"{prefix}:{name}" if prefix and name else name


def _first(parts: dict[str, Tree], names: Iterable[str]) -> str | None:
    return next((text for name in names if name in parts and (text := markup(parts[name]))), None)


def _link(element: Tree, parts: dict[str, Tree], url: str) -> str:
    written = plain(parts.get("link"))
    if written:
        return resolve(written, element, url)
    for link in children(element, "link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return resolve(link.get("href"), link, url)
    guid = parts.get("guid")
    if guid is not None and guid.get("isPermaLink", "true").lower() != "false":
        candidate = plain(guid)
        if is_web_address(candidate):
            return candidate
    return ""


def _hours(element: Tree | None) -> frozenset[int]:
    written = [plain(hour) for hour in (() if element is None else element)]
    # Some write 24 for midnight, as the first versions of RSS had it.
    return frozenset(int(hour) % 24 for hour in written if hour.isdecimal() and int(hour) <= 24)  # noqa: PLR2004


def _days(element: Tree | None) -> frozenset[int]:
    written = [plain(day)[:3].lower() for day in (() if element is None else element)]
    return frozenset(DAYS.index(day) for day in written if day in DAYS)
