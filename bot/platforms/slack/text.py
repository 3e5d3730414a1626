"""Plain text becomes Slack's: escaped, within its limit, never formatted by accident."""

import re
from datetime import UTC, datetime

from bot.domain.moments import with_moments
from bot.platforms.clean import address, clean, domain
from bot.platforms.fit import fit, size
from bot.platforms.times import in_words, moment

# Signs that start or end Slack's formatting when they touch the edge of a
# word, and what stands for them, so that no feed can strike its text through.
_FORMATS = re.compile(r"(?<!\w)[*_~`]|[*_~`](?!\w)")
_LOOKS_LIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}

_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}", re.ASCII)

#: What a link's label may hold at most; outlets are named in far less.
LABEL = 80

#: A longer address would crowd out the words that it stands behind.
ADDRESS = 1_000


def escape(text: str) -> str:
    """Return the text with exactly the three signs escaped that Slack asks for."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Return what somebody typed, before Slack escaped it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def plain(text: str, limit: int) -> str:
    """Return cleaned text for a ``plain_text`` object; nothing is formatted there, but Slack reads the escapes."""
    return fit(_clean(in_words(text, UTC), limit), limit, escape)


def literal(text: str, limit: int) -> str:
    """Return cleaned text for a ``mrkdwn`` object, shown as it stands, within the limit."""
    return fit(_clean(text, limit), limit, _literal)


def spoken(text: str, limit: int) -> str:
    """Return our own sentences, in which backticks mark what can be typed."""
    return fit("\n".join(clean(line) for line in text.strip().splitlines()), limit, _spoken)


def time(at: datetime) -> str:
    """Return a moment that Slack shows in the reader's zone, in UTC where it cannot."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}}, {{time}}|{moment(at, UTC)}>"


def link(label: str, url: str) -> str:
    """Return a link labelled by its outlet; the label alone if the address is no web page.

    An outlet that is called like a host, but leads to another, shows that too.
    """
    shown = literal(label, LABEL).replace("|", "¦")
    target = address(url)
    if target is None:
        return shown
    real = domain(target)
    if _HOST.fullmatch(clean(label)) and clean(label).lower().removeprefix("www.") != real:
        shown = f"{shown} [{escape(real)}]"
    if size(escape(target)) > ADDRESS:
        return f"{shown} [{escape(real)}]"
    return f"<{escape(target)}|{shown or escape(real)}>"


def _clean(text: str, limit: int) -> str:
    # What lies far beyond the limit need not be looked at letter by letter.
    return clean(text[: 4 * limit])


def _literal(text: str) -> str:
    return with_moments(escape(_FORMATS.sub(lambda found: _LOOKS_LIKE[found[0]], text)), time)


def _spoken(text: str) -> str:
    return with_moments(escape(text), time)
