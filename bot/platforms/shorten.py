"""Makes a text fit: cut at a sentence's end, else between words, and say so."""

import re

ELLIPSIS = "…"

# A stop, what closes behind it, then a space and the next sentence; the word
# before it is longer than "Mr" or "No", so that few abbreviations pass. East
# Asian stops need no space.
_SENTENCE_END = re.compile(r"(?:(?<=\w{3})[.!?]+[\"'”’»)\]]*(?=\s+[^\s\d\W_a-z]|\s+[\"'“‘«(\[])|[。！？]+[」』”）]*)")

# Less than this share of the room is too little to end at a sentence for.
_WORTH_IT = 0.4


def shorten(text: str, limit: int) -> str:
    """Return the text in at most ``limit`` characters, unchanged if it fits.

    Args:
        text: Plain text, not yet escaped.
        limit: In characters (code points); 0 gives an empty text.
    """
    if len(text) <= limit:
        return text
    if limit <= 0:
        return ""
    # After a sentence the mark stands apart, after a word it touches it.
    sentence = _last_sentence_end(text, limit - 2)
    if sentence >= limit * _WORTH_IT:
        return f"{text[:sentence]} {ELLIPSIS}"
    room = text[:limit]
    space = max(room.rfind(" "), room.rfind("\n"))
    cut = space if space >= limit * _WORTH_IT else limit - 1
    return _whole_characters(text, min(cut, limit - 1)).rstrip(" \n,;:–—-(") + ELLIPSIS


def _last_sentence_end(text: str, room: int) -> int:
    return max((found.end() for found in _SENTENCE_END.finditer(text, 0, room + 3) if found.end() <= room), default=0)


def _whole_characters(text: str, cut: int) -> str:
    """Cut, but not between a letter and the marks that combine with it."""
    while cut > 0 and re.match(r"[\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]", text[cut:]):
        cut -= 1
    return text[:cut]
