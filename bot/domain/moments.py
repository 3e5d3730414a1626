"""Moments inside of sentences, which every platform shows in its reader's own zone."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

# Rare brackets, so that a stamp is told from words; readable where one slips through.
_STAMP = re.compile(r"⟨(\d{4}-\d\d-\d\dT\d\d:\d\dZ)⟩")
# What is left of a stamp where a text was cut inside it.
_BROKEN = re.compile(r"⟨[\dTZ:-]{0,17}(?=…?$)", re.MULTILINE)


def stamp(at: datetime) -> str:
    """Return an aware moment as it stands in our sentences, to the minute."""
    return f"⟨{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}⟩"


def with_moments(text: str, write: Callable[[datetime], str]) -> str:
    """Return the text with each stamp written out; one that no calendar knows stays.

    Args:
        text: Ours, or what a platform made of it by escaping.
        write: How the platform tells a moment.
    """
    if "⟨" not in text:
        return text

    def written(found: re.Match[str]) -> str:
        try:
            return write(datetime.fromisoformat(found[1]))
        except (ValueError, OverflowError):
            return found[0]

    return _BROKEN.sub("", _STAMP.sub(written, text))
