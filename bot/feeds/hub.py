"""What a feed says of the hub that would push it (WebSub, https://www.w3.org/TR/websub/), and how a hub is asked."""

import re
from urllib.parse import urljoin

from bot.feeds.answer import Answer
from bot.feeds.parse.document import Document

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^\s\",;]+))*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))", re.IGNORECASE)


def hub_of(answer: Answer, document: Document) -> tuple[str | None, str | None]:
    """Return the hub and the topic that a feed names, headers first; ``None`` for both if it names no hub."""
    links = _links(", ".join(answer.headers.getall("Link", ())))
    hub = links.get("hub") or document.hub
    topic = links.get("self") or document.canonical or answer.url
    if not hub:
        return None, None
    return urljoin(answer.url, hub), urljoin(answer.url, topic)


def _links(header: str) -> dict[str, str]:
    """Return the first address of each relation of a Link header."""
    found: dict[str, str] = {}
    for address, rest in _LINK.findall(header[:8_000]):
        for quoted, bare in _REL.findall(rest):
            for rel in (quoted or bare).lower().split():
                found.setdefault(rel, address.strip())
    return found
