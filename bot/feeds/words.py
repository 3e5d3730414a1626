"""How a feed's failure is told to the person who added it."""

from yarl import URL

from bot.domain.feed import Feed

STATUS = {
    401: "asks for a password (401)",
    402: "asks for payment (402)",
    403: "refuses us (403)",
    404: "answered 404, no such page",
    406: "has no feed for readers like us (406)",
    410: "is gone for good (410)",
    429: "asks us to come less often (429)",
    451: "is withheld for legal reasons (451)",
    503: "is out of service (503)",
}
SERVER_ERROR = 500


def status_in_words(status: int) -> str:
    """Return what a status other than 200 says, continuing a sentence about the feed."""
    if status in STATUS:
        return STATUS[status]
    return f"has trouble of its own ({status})" if status >= SERVER_ERROR else f"answered {status}"


def failure_in_words(feed: Feed, what: str) -> str:
    """Return the failure as a sentence without its end; when we look again is told by whoever shows it.

    Args:
        feed: The feed that failed.
        what: What went wrong, continuing a sentence whose subject is the feed's address.
    """
    return f"{_short(feed.url)} {what}"


def _short(url: str) -> str:
    """Return an address without its scheme, and without a query, which may hold a key."""
    try:
        parsed = URL(url)
        port = f":{parsed.explicit_port}" if parsed.explicit_port else ""
        return f"{parsed.host or ''}{port}{parsed.path.rstrip('/')}" or url
    except ValueError:
        return url
