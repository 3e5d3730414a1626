"""The addresses and short names of feeds: when two addresses are one, and which name is free."""

import re
from collections.abc import Container, Iterable
from urllib.parse import urlsplit

from bot.domain.feed import Feed

DEFAULT_PORTS = frozenset({None, 80, 443})


def address_key(url: str) -> str:
    """Return what all spellings of one address have in common.

    These spell the same: ``http`` and ``https``, capitals in the host, the
    usual port written or not, a slash at the end, a fragment.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return text
    if not host:
        return text
    place = host if port in DEFAULT_PORTS else f"{host}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{place}{parts.path.rstrip('/')}{query}"


def keys_of(feed: Feed) -> frozenset[str]:
    """Return the keys of all addresses that lead to a feed."""
    return address_keys((feed.url, *feed.aliases, *((feed.declared,) if feed.declared else ())))


def address_keys(urls: Iterable[str]) -> frozenset[str]:
    """Return the keys of some addresses."""
    return frozenset(address_key(url) for url in urls if url)


def short_name(url: str, taken: Container[str]) -> str:
    """Return a short name made of an address, unlike those that are taken."""
    parts = urlsplit(url)
    host = re.sub(r"^(www|feeds?|rss|news)\.", "", (parts.hostname or "feed"))
    # The last label says little, but the last number of an address much.
    told = host if host.rpartition(".")[2].isdigit() else host.rsplit(".", 1)[0]
    return free_name(re.sub(r"[^a-z0-9]+", "-", told.lower()).strip("-") or "feed", taken)


def free_name(name: str, taken: Container[str]) -> str:
    """Return the name, with a number behind it if it is taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
