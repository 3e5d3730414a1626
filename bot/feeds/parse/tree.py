"""Small helpers to read texts and links out of an XML tree."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

# The stubs of lxml do not say what we need of an element.
Tree = Any

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG_OR_ENTITY = re.compile(r"</?[A-Za-z!]|&#?\w+;")
_TAG = re.compile(r"<[^<>]+>")
_XMLNS = re.compile(r'\s+xmlns(?::[\w.-]+)?="[^"]*"')
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def local(element: Tree) -> str:
    """Return an element's name without its namespace, empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def space(element: Tree) -> str:
    """Return an element's namespace, empty if it has none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag[:1] == "{" else ""


def children(element: Tree, name: str) -> Iterator[Tree]:
    """Yield the children of a name, whatever their namespace."""
    return (child for child in element if local(child) == name)


def plain(element: Tree | None) -> str:
    """Return an element's whole text, its edges trimmed; empty for ``None``."""
    if element is None:
        return ""
    return (element.text or "").strip() if not len(element) else "".join(element.itertext()).strip()


def markup(element: Tree) -> str:
    """Return what stands inside an element: its text, and its child elements as they are written."""
    if not len(element):
        return (element.text or "").strip()
    inside = [_escaped(element.text or "")]
    inside += [_TAG.sub(_undeclared, etree.tostring(child, encoding="unicode")) for child in element]
    return "".join(inside).strip()


def _undeclared(tag: re.Match[str]) -> str:
    """Return a tag without the namespaces that lxml repeats on it, which are nothing to HTML."""
    return _XMLNS.sub("", tag[0])


def plain_as_markup(text: str) -> str:
    """Return plain text so that whoever reads it as HTML reads the same."""
    return _escaped(text) if _TAG_OR_ENTITY.search(text) else text


def resolve(link: str, element: Tree, url: str) -> str:
    """Return a link as an absolute address."""
    link = link.strip()
    if not link or _ABSOLUTE.match(link):
        return link
    try:
        return urljoin(element.base or url, link)
    except ValueError:
        return link


def is_web_address(text: str) -> bool:
    """Tell whether a text is an absolute address that a browser could open."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def linked(element: Tree, rel: str, url: str) -> str:
    """Return where the first Atom link of a relation leads, empty if there is none."""
    for link in children(element, "link"):
        if link.get("href") and rel in (link.get("rel") or "").lower().split():
            return resolve(link.get("href"), link, url)
    return ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
