"""The quiet lines in an alert's thread."""

from datetime import datetime

from bot.announce.values import moment
from bot.domain.story import Source


def source_line(source: Source, *, known_origin: bool, year: int) -> str:
    """Return the line that tells of another source.

    E.g. "Also Straits Daily, 14 May, 22:52 UTC (quotes the same decree)."

    Args:
        source: Where the same was read.
        known_origin: The post rests on that origin already.
        year: The year that readers take for granted.
    """
    own = source.origin == source.outlet
    told = "" if own else f" (quotes the same {source.origin})" if known_origin else f" (quotes {source.origin})"
    date = f" {source.published.year}" if source.published.year != year else ""
    return f"Also {source.outlet}, {moment(source.published)}{date}{told}."


def corrected_line(headline: str, source: Source | None, at: datetime, by_hand: str | None = None) -> str:
    """Return the correction with who brought it and when."""
    if source is None:
        return f"{headline} ({', '.join(filter(None, (by_hand, moment(at))))})."
    return f"{headline} ({source.outlet}, {moment(source.published)})."
