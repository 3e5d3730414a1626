"""Makes a text fit after it was escaped, in the units of whoever counts."""

from collections.abc import Callable

from bot.platforms.clean import closed
from bot.platforms.shorten import shorten


def size(text: str) -> int:
    """Return a text's length as platforms count it at the strictest: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, limit: int, write: Callable[[str], str]) -> str:
    """Write a text, shortened until what was written keeps the limit.

    Args:
        text: Plain text.
        limit: In UTF-16 units of what is written; below 1 gives an empty text.
        write: Escapes; nothing of its work is cut.
    """
    room = min(len(text), max(limit, 0))
    while room > 0 and (length := size(written := write(closed(shorten(text, room))))) > limit:
        room = min(room - 1, room * limit // length)
    return written if room > 0 else ""
