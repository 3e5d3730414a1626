"""Plain text becomes Discord's: within its limit, never formatted or pinging by accident."""

import re
from datetime import UTC, datetime

from bot.domain.moments import with_moments
from bot.platforms.clean import address, clean, domain
from bot.platforms.fit import fit, size
from bot.platforms.times import in_words

# Signs of Discord's markdown wherever they stand, "://", which makes links,
# and what makes headings, lists and quotes at the start of a line.
_SIGNS = re.compile(r"^(\d+)\.|^[-+#>]|[\\*_~`|<\[\]@]|(?<=:)/(?=/)")

# What stands between backticks in our own sentences can be typed.
_TYPED = re.compile(r"`([^`]+)`")

_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}", re.ASCII)

#: What a link's label may hold at most; outlets are named in far less.
LABEL = 80

#: A longer address would crowd out the words that it stands behind.
ADDRESS = 400


def escape(text: str) -> str:
    """Return one line so written that Discord shows it as it stands."""
    return _SIGNS.sub(lambda sign: f"{sign[1]}\\." if sign[1] else f"\\{sign[0]}", text)


def plain(text: str, limit: int) -> str:
    """Return cleaned text for a place where Discord reads no markup."""
    return fit(clean(in_words(text, UTC)), limit, lambda short: short)


def literal(text: str, limit: int) -> str:
    """Return cleaned text, escaped, within the limit; moments in it are the reader's own."""
    return fit(clean(text), limit, lambda short: with_moments(escape(short), time))


def spoken(text: str, limit: int) -> str:
    """Return our own sentences, in which backticks mark what can be typed."""
    return fit("\n".join(clean(line) for line in text.strip().splitlines()), limit, _with_code)


def time(at: datetime, style: str = "f") -> str:
    """Return a moment that Discord shows in the reader's zone.

    Args:
        at: An aware moment.
        style: ``f`` for day and time, ``t`` for the time alone.
    """
    return f"<t:{int(at.timestamp())}:{style}>"


def link(label: str, url: str) -> str:
    """Return a link labelled by its outlet; the label alone if the address is no web page.

    An outlet that is called like a host, but leads to another, shows that too.
    """
    shown = literal(label, LABEL)
    target = address(url)
    if target is None:
        return shown
    real = domain(target)
    if _HOST.fullmatch(clean(label)) and clean(label).lower().removeprefix("www.") != real:
        shown = f"{shown}, {escape(real)}"
    target = target.replace("(", "%28").replace(")", "%29")
    if size(target) > ADDRESS:
        return ", ".join(part for part in (shown, escape(real)) if part)
    return f"[{shown or escape(real)}]({target})"


def _with_code(text: str) -> str:
    return "\n".join(_line_with_code(line) for line in text.splitlines())


def _line_with_code(line: str) -> str:
    written, end = "", 0
    for found in _TYPED.finditer(line):
        written += escape(line[end : found.start()]) + found[0]
        end = found.end()
    return with_moments(written + escape(line[end:]), time)
