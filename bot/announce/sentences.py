"""Where sentences begin and end, so that words are quoted whole."""

import re
from collections.abc import Iterator

# A dot after one of these ends no sentence.
ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "capt",
        "cmdr",
        "maj",
        "sgt",
        "adm",
        "rep",
        "sen",
        "gov",
        "pres",
        "rev",
        "hon",
        "st",
        "jr",
        "sr",
        "no",
        "nos",
        "vs",
        "etc",
        "inc",
        "ltd",
        "co",
        "approx",
        "dept",
        "est",
        "fig",
        "vol",
        "art",
        "para",
        "pp",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "e.g",
        "i.e",
        "u.s",
        "u.n",
        "u.k",
        "e.u",
        "a.m",
        "p.m",
        "d.c",
        "u.s.s.r",
        "ph.d",
        "cf",
        "al",
    ]
)
#: A dot after one of these may well end one, if what follows begins like a sentence.
_MAY_END = frozenset({"u.s", "u.n", "u.k", "e.u", "a.m", "p.m", "d.c", "inc", "ltd", "co", "etc"})
_OPENERS = frozenset(
    {"the", "it", "he", "she", "they", "in", "on", "but", "and", "this", "that", "a", "an", "we", "no"}
)

_STOP = re.compile(r"(?:\.{3}|…|[.!?。！？]+)[”’\"»)\]]*")
_BLANK = re.compile(r"\s+")
_WORD_BEFORE = re.compile(r"([^\W\d_](?:[\w’'-]|\.(?=\w))*)$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of a text's sentences, without the blanks around them; a line break ends one."""
    found: list[tuple[int, int]] = []
    for start, end in _lines(text):
        found += _split(text, start, end)
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.splitlines(keepends=True):
        trimmed = line.strip()
        if trimmed:
            start = at + line.index(trimmed[0])
            yield start, start + len(trimmed)
        at += len(line)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and not _ends(text, stop, end):
            continue
        if stop.end() > begin:
            yield begin, stop.end()
        blank = _BLANK.match(text, stop.end(), end)
        begin = blank.end() if blank else stop.end()
    if begin < end:
        yield begin, end


def _ends(text: str, stop: re.Match[str], end: int) -> bool:
    """Tell whether a stop inside a line ends a sentence."""
    mark = stop[0]
    if mark[0] in "。！？":
        return True
    blank = _BLANK.match(text, stop.end(), end)
    if blank is None:
        return False
    rest = text[blank.end() : end].lstrip('“‘"«([')
    starts = rest[:1].isupper() or rest[:1].isdigit() or (rest[:1].isalpha() and rest[:1].upper() == rest[:1].lower())
    if not starts:
        return False
    if mark != ".":
        return True
    return _dot_ends(text[: stop.start()], rest)


def _dot_ends(before: str, rest: str) -> bool:
    word = _WORD_BEFORE.search(before[-24:])
    if word is None:
        return True
    last = word[1].casefold()
    if len(last) == 1 and last.isalpha() and word[1].isupper():
        # An initial, as in "M. Galuzin"; "Plan B. It" is rare enough.
        return (rest.split(maxsplit=1) or [""])[0].casefold() in _OPENERS
    if last in ABBREVIATIONS:
        following = (rest.split(maxsplit=1) or [""])[0].casefold()
        return last in _MAY_END and following in _OPENERS
    return True
