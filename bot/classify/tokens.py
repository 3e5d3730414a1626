"""Text becomes sentences and tokens; every token keeps its place in the text as given."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

#: A sentence longer than this is cut, so that no input costs more than its length.
LONGEST_SENTENCE = 1_500
#: A word longer than this is noise.
LONGEST_WORD = 60

_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_APOSTROPHE = "'\u2019"
_OPENING = "\"'\u201c\u2018\u00ab([ "
_CLOSING = "\"'\u201d\u2019\u00bb)\\]"
_LETTER = rf"[\w\u0300-\u036f{_ZERO_WIDTH}]"
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:[.,:]\d+)*"
    rf"|[{_APOSTROPHE}]s\b"
    rf"|{_LETTER}+(?:[{_APOSTROPHE}](?!s\b){_LETTER}+)?"
    r"|[^\s\w]"
)
_BREAK = re.compile(
    rf"([.!?\u2026]+[{_CLOSING}]*)(?=\s+[{re.escape(_OPENING)}]*[^\s{re.escape(_OPENING)}a-z])|\n\s*\n|\n"
)
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_]|\w{1,5})$")
_DROP = {ord(mark): None for mark in _ZERO_WIDTH}


class Token(NamedTuple):
    """A word, number or sign with its place in the text, in code points."""

    text: str
    #: NFKC, case-folded, without zero-width marks: what lexicons are matched on.
    norm: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[0].isupper()


class Span(NamedTuple):
    """A stretch of the text, in code points."""

    start: int
    end: int


def normal(word: str) -> str:
    """Return the form in which words are compared."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return folded.translate(_DROP).replace("\u2019", "'")


def tokens(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Return the tokens between two places of a text."""
    found = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        norm = normal(word) if len(word) <= LONGEST_WORD else ""
        if norm:
            found.append(Token(word, norm, match.start(), match.end()))
    return tuple(found)


def words(phrase: str) -> tuple[str, ...]:
    """Return a phrase of a lexicon as the tokens' norms."""
    if phrase.isascii() and phrase.islower() and phrase.replace(" ", "").isalpha():
        return tuple(phrase.split())
    return tuple(token.norm for token in tokens(phrase))


def sentences(text: str, abbreviations: frozenset[str] = frozenset()) -> Iterator[Span]:
    """Yield the sentences of a text in order, without surrounding white space."""
    start = 0
    for match in _BREAK.finditer(text):
        if match.group(1) == "." and _is_abbreviation(text, start, match.start(), abbreviations):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _is_abbreviation(text: str, start: int, dot: int, abbreviations: frozenset[str]) -> bool:
    match = _ABBREVIATED.search(text, max(start, dot - 8), dot)
    if match is None:
        return False
    word = match.group().strip(" (\t\n").casefold()
    return len(word) == 1 or "." in word or word in abbreviations


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = min(end, start + LONGEST_SENTENCE)
        left, right = start, stop
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if left < right:
            yield Span(left, right)
        start = stop
