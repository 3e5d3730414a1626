"""An entry becomes an article: its title, a blank line, and its body without markup."""

import re
import unicodedata
from datetime import UTC, datetime

from bot.domain.feed import Article, Entry

#: A date before this is a default value, not a date.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
#: Of one body; a longer one is a whole archive by mistake.
MOST_CHARACTERS = 400_000
#: More combining marks in a row than any language needs are a prank.
MOST_MARKS = 4

BLOCKS = frozenset(
    "p div li ul ol dl dt dd tr table thead tbody tfoot caption h1 h2 h3 h4 h5 h6 blockquote section article header "  # noqa: SIM905  names read best in a line
    "footer main aside nav figure figcaption pre hr address details summary fieldset center".split()
)
DROPPED = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video form button select textarea "  # noqa: SIM905  names read best in a line
    "head".split()
)

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_SPACE = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\s*\n\s*\n\s*")
_LINE_END = re.compile(r" *\n *")
# A hard-wrapped line goes on; one that ended its sentence was a paragraph.
_WRAP = re.compile(r"(?<![.!?:;…”»\"\n])\n(?!\n)")
_MARKS = re.compile(
    rf"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{{{MOST_MARKS}}})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)
# What blogs add below every entry; it repeats the title and would count twice.
_FOOTER = re.compile(
    r"\n\n(?:The post .{1,300} (?:appeared first on|first appeared on) .{1,100}|(?:Continue|Keep) reading\b.{0,200}|Read (?:more|the rest)\b.{0,100})$"
)
_WORD_JOINERS = {"\u200c", "\u200d"}


def make_article(entry: Entry, revision: int, *, language: str | None = None, workspace: str | None = None) -> Article:
    """Return the entry as text without markup.

    Args:
        entry: As it was fetched.
        revision: 0 for its first version.
        language: ISO 639-1, as far as the feed is known to write in one.
        workspace: The workspace that the feed is private to.
    """
    title = " ".join(to_text(entry.title).split())
    body = _without_title(_body(entry), title)
    if not title:
        title = _first_words(body)
        body = _without_title(body, title)
    return Article(
        ref=entry.ref,
        outlet=entry.outlet,
        url=entry.url,
        title=title,
        text=f"{title}\n\n{body}" if body else title,
        language=language,
        published=_published(entry),
        fetched=entry.fetched,
        revision=revision,
        workspace=workspace,
    )


def to_text(markup: str) -> str:
    """Return HTML or plain text as clean plain text, paragraphs a blank line apart."""
    # A CDATA section that was escaped once too often is a common slip.
    markup = markup[:MOST_CHARACTERS].replace("<![CDATA[", "").replace("]]>", "")
    text = _from_html(markup) if _MARKUP.search(markup) else _WRAP.sub(" ", markup.replace("\r\n", "\n"))
    text = _SPACE.sub(" ", clean(text)).strip()
    return _LINE_END.sub("\n", _BLANK_LINES.sub("\n\n", text)).strip()


def clean(text: str) -> str:
    """Return the text in NFC, without signs that nobody sees but that mislead."""
    text = unicodedata.normalize("NFC", text)
    if not text.isascii() or not text.isprintable():
        # A text has few different signs, so each is looked at once.
        hidden = {ord(sign): None for sign in set(text) if not _is_visible(sign)}
        text = text.translate(hidden) if hidden else text
    return _MARKS.sub(r"\1", text)


def _is_visible(sign: str) -> bool:
    """Tell whether a sign may stay; joiners may, since Persian and Hindi are spelt with them."""
    if sign in "\n\t" or sign in _WORD_JOINERS:
        return True
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _from_html(markup: str) -> str:
    from lxml import etree  # noqa: PLC0415  not before there is something to read

    # libxml2 stops at a zero byte, and takes a lone surrogate for an error.
    safe = markup.replace("\x00", "").encode("utf-8", "ignore")
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(b"<html><body><div>" + safe + b"</div></body></html>", parser)
    except etree.XMLSyntaxError:
        return _MARKUP.sub(" ", markup)
    pieces: list[str] = []
    skipped = 0
    for step, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag.rpartition(":")[2].lower() if isinstance(element.tag, str) else ""
        skipped += (tag in DROPPED) * (1 if step == "start" else -1)
        if tag in BLOCKS:
            pieces.append("\n\n")
        elif step == "start" and tag == "br":
            pieces.append("\n")
        elif step == "end" and tag in {"td", "th"}:
            pieces.append(" ")
        text = element.text if step == "start" else element.tail
        # A line break in the source of a page is a space to its reader.
        if text and not skipped:
            pieces.append(text if tag == "pre" and step == "start" else text.replace("\n", " ").replace("\r", " "))
    return "".join(pieces)


def _body(entry: Entry) -> str:
    """Return content or summary: the one that holds the other, else both are not needed and content leads."""
    content = _paragraphs(entry.full) if entry.full else _FOOTER.sub("", to_text(entry.content or ""))
    summary = _FOOTER.sub("", to_text(entry.summary or ""))
    if not content or not summary or _held(summary, content):
        return content or summary
    if _held(content, summary):
        return summary
    return f"{summary}\n\n{content}"


def _paragraphs(plain: str) -> str:
    """Return plain text, a paragraph a line, with its paragraphs a blank line apart."""
    lines = (" ".join(line.split()) for line in clean(plain[:MOST_CHARACTERS]).splitlines())
    return "\n\n".join(line for line in lines if line)


def _held(part: str, whole: str) -> bool:
    """Tell whether a text stands in another one, cut short with dots perhaps."""
    core = " ".join(part.split()).removesuffix("[…]").removesuffix("[...]").rstrip(" .…")
    return core in " ".join(whole.split())


def _without_title(body: str, title: str) -> str:
    """Return the body without a first paragraph that only says the title again."""
    first, _, rest = body.partition("\n")
    return rest.strip() if title and " ".join(first.split()).rstrip(".") == title.rstrip(".") else body


def _first_words(body: str) -> str:
    """Return something to call an entry by that has no title."""
    first = body.partition("\n")[0]
    if len(first) <= 120:  # noqa: PLR2004
        return first
    return first[:120].rpartition(" ")[0] + "…"


def _published(entry: Entry) -> datetime:
    if entry.published is None or entry.published < EARLIEST:
        return entry.fetched
    return min(entry.published, entry.fetched)
