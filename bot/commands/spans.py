"""Spans of time in words."""

from datetime import timedelta

from bot.locales import Voice, _

_UNITS = (
    (_("{count:,} d"), timedelta(days=1)),
    (_("{count:,} h"), timedelta(hours=1)),
    (_("{count:,} min"), timedelta(minutes=1)),
    (_("{count:,} s"), timedelta(seconds=1)),
)


def span(length: timedelta, say: Voice) -> str:
    """Return a span in words, in its largest unit."""
    words, unit = next((row for row in _UNITS if length >= row[1]), _UNITS[-1])
    return say(words, count=length // unit)
