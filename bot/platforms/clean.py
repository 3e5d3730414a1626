"""What a text or an address must pass before anybody sees it, whatever a feed holds."""

import unicodedata
from urllib.parse import urlsplit

from bot.locales.voice import END, ISOLATE

# More marks than this on one letter is a trick, in no script a word.
MARKS_AT_MOST = 4

_JOINERS = "\u200c\u200d"
# Scripts whose spelling needs the joiners begin here (Arabic, then India's).
_JOINING_SCRIPTS = "\u0600"


def clean(text: str) -> str:
    """Return the text composed, on one line, without control, bidi or zero-width characters.

    Isolates stay where each one ends, as in our own sentences of Arabic.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept: list[str] = []
    marks = 0
    isolates = ISOLATE + END if _each_ends(text) else ""
    for sign in unicodedata.normalize("NFC", text):
        category = unicodedata.category(sign)
        if sign.isspace():
            kept.append(" ")
        elif category[0] == "C":
            if sign in isolates or (sign in _JOINERS and kept and kept[-1] >= _JOINING_SCRIPTS and kept[-1].isalpha()):
                kept.append(sign)
            continue
        elif category in {"Mn", "Me"}:
            marks += 1
            if marks <= MARKS_AT_MOST:
                kept.append(sign)
            continue
        else:
            kept.append(sign)
        marks = 0
    return " ".join("".join(kept).split())


def closed(text: str) -> str:
    """Return a text that was cut with an end for each isolate in it."""
    return text + END * (text.count(ISOLATE) - text.count(END))


def _each_ends(text: str) -> bool:
    """Tell whether every isolate of a text ends in it, and nothing else does."""
    depth = 0
    for sign in text:
        depth += (sign == ISOLATE) - (sign == END)
        if depth < 0:
            return False
    return depth == 0


def address(url: str) -> str | None:
    """Return an address that may be linked: http or https with a host and no password; else ``None``."""
    cleaned = url.strip()
    if any(sign.isspace() or unicodedata.category(sign)[0] == "C" or sign in '<>"\\^`{|}' for sign in cleaned):
        return None
    try:
        parts = urlsplit(cleaned)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    return cleaned


def domain(url: str) -> str:
    """Return the host that an address really leads to, in ASCII, or nothing for none."""
    good = address(url)
    host = (urlsplit(good).hostname or "") if good else ""
    try:
        return host.encode("idna").decode().removeprefix("www.")
    except UnicodeError:
        return ""
