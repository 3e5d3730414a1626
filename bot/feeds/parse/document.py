"""What every format comes down to."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed, not yet named; texts are HTML or plain."""

    #: What the feed calls it, empty if it does not say.
    id: str = ""
    link: str = ""
    title: str = ""
    summary: str | None = None
    content: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed as it was read once."""

    title: str = ""
    #: Where the feed says that it stands, empty if it does not.
    canonical: str = ""
    #: The hub that would push it, empty if it names none.
    hub: str = ""
    language: str | None = None
    #: How long the feed says that it stays fresh.
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    #: Monday is 0.
    skip_days: frozenset[int] = frozenset()
    #: In the feed's own order.
    items: tuple[Item, ...] = ()


def language_code(text: str | None) -> str | None:
    """Return the two letters of ISO 639-1 at the start of a language tag, if there are such."""
    code = (text or "").strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None  # noqa: PLR2004
