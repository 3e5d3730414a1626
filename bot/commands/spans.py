"""Spans of time in words."""

from datetime import timedelta


def span(length: timedelta) -> str:
    """Return a span in words, in its largest unit."""
    seconds = int(length.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
