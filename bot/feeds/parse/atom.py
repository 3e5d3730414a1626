"""Atom 0.3 and 1.0."""

import base64
import binascii

from bot.feeds.parse.dates import moment
from bot.feeds.parse.document import Document, Item, language_code
from bot.feeds.parse.tree import (
    XML_LANG,
    Tree,
    children,
    is_web_address,
    linked,
    local,
    markup,
    plain,
    plain_as_markup,
    resolve,
)

PUBLISHED = ("published", "issued", "created", "updated", "modified", "date")
PLAIN = frozenset({"text", "text/plain"})


def read_atom(root: Tree, url: str) -> Document:
    """Return the document of a ``feed`` element."""
    entries = tuple(children(root, "entry"))
    first = entries[0] if entries else None
    said = root.get(XML_LANG) or (first.get(XML_LANG) if first is not None else None)
    return Document(
        title=plain(next(children(root, "title"), None)),
        canonical=linked(root, "self", url),
        hub=linked(root, "hub", url),
        language=language_code(said),
        items=tuple(_item(entry, url) for entry in entries),
    )


def _item(entry: Tree, url: str) -> Item:
    parts: dict[str, Tree] = {}
    for child in entry:
        # Foreign elements such as media:title come after Atom's own in practice.
        parts.setdefault(local(child), child)
    return Item(
        id=plain(parts.get("id")),
        link=_link(entry, url),
        title=_text(parts.get("title")) or "",
        summary=_text(parts.get("summary")) or _text(_media(parts)),
        content=_text(parts.get("content")),
        published=next((date for name in PUBLISHED if (date := moment(plain(parts.get(name))))), None),
    )


def _text(element: Tree | None) -> str | None:
    """Return a text construct as HTML or plain text, ``None`` if it holds nothing for readers."""
    if element is None or element.get("src"):
        return None
    kind, mode = (element.get("type") or "text").strip().lower(), element.get("mode")
    if len(element):
        inner = element[0] if len(element) == 1 and local(element[0]) == "div" else element
        return (markup(inner) if len(inner) else plain_as_markup(plain(inner))) or None
    text = (element.text or "").strip()
    if mode == "base64" or (kind not in {"text", "html", "xhtml"} and not kind.startswith("text/") and mode is None):
        text = _unpacked(text)
    return (plain_as_markup(text) if kind in PLAIN else text) or None


def _unpacked(text: str) -> str:
    """Return what stands in base64, nothing if that is no text."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode().strip()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _media(parts: dict[str, Tree]) -> Tree | None:
    """Return the description in a media group, which is where video sites put theirs."""
    group = parts.get("group")
    return parts.get("description") if group is None else next(children(group, "description"), None)


def _link(entry: Tree, url: str) -> str:
    links = [link for link in children(entry, "link") if link.get("href")]
    alternates = [link for link in links if link.get("rel", "alternate") == "alternate"]
    readable = [link for link in alternates if "html" in link.get("type", "html")]
    best = next(iter((*readable, *alternates)), None)
    if best is not None:
        return resolve(best.get("href"), best, url)
    # An id that is a web address is where the entry stands, if nothing else says.
    name = plain(next(children(entry, "id"), None))
    return name if is_web_address(name) else ""
