"""How a feed's failure is told to the person who added it."""

from datetime import datetime, timedelta

from yarl import URL

from bot.domain.feed import Feed, FeedState, Health

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


def failure_in_words(feed: Feed, state: FeedState, what: str, now: datetime) -> str:
    """Return the failure, what we do about it, and what the reader can do.

    Args:
        feed: The feed that failed.
        state: Its state after this failure, with the next due time.
        what: What went wrong, continuing a sentence whose subject is the feed's address.
        now: The moment of the failure.
    """
    remove = f"Remove it with `/feeds remove {feed.id}`."
    if state.health is Health.GONE:
        return f"{_short(feed.url)} {what}; I no longer look. {remove}"
    repeated = state.failures > 1
    since = f", {state.failures} times in a row" if repeated else ""
    if repeated and state.last_success is not None:
        since += f" since {state.last_success.day} {state.last_success:%B}"
    again = f"I look again in {_span(state.due - now)}"
    return f"{_short(feed.url)} {what}{since}; {again}." + (f" {remove}" if repeated else "")


def _short(url: str) -> str:
    """Return an address without its scheme, and without a query, which may hold a key."""
    try:
        parsed = URL(url)
        port = f":{parsed.explicit_port}" if parsed.explicit_port else ""
        return f"{parsed.host or ''}{port}{parsed.path.rstrip('/')}" or url
    except ValueError:
        return url


def _span(span: timedelta) -> str:
    minutes = max(round(span.total_seconds() / 60), 1)
    if minutes < 100:  # noqa: PLR2004
        return f"{minutes} minute{'s' * (minutes != 1)}"
    hours = round(minutes / 60)
    return f"{hours} hours" if hours < 48 else f"{round(hours / 24)} days"  # noqa: PLR2004
