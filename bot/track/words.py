"""Texts as comparable pieces: content words, word triples, names and numbers."""

import re
from dataclasses import dataclass
from zlib import crc32

from bot.track.terms import Term, words_of

_WORD = re.compile(r"\w+(?:['’]\w+)?")

#: As much of a text as is compared, in characters; copies are cut at the end, not at the start.
LEAD = 1600

# An outlet signs its titles after one of these.
_SIGNATURE = re.compile(r"\s+(?:[|–—]|-{1,2}|::)\s+[^|–—]{2,30}$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title's content words, and the keys of those that tell one event from its twin."""

    terms: tuple[Term, ...]
    words: frozenset[str]
    #: Numbers and names: another number, another event.
    sharp: frozenset[str]


def read_title(title: str) -> Title:
    """Return a title without its signature, as content words."""
    bare = _SIGNATURE.sub("", title) if len(title) > len(_SIGNATURE.sub("", title)) > len(title) // 2 else title
    found = words_of(bare)
    terms = tuple(term for word in found for term in word.terms)
    sharp = (word for place, word in enumerate(found) if word.is_figure or (word.is_capital and place > 0))
    return Title(
        terms=terms,
        words=frozenset(term.key for term in terms),
        sharp=frozenset(term.key for word in sharp for term in word.terms),
    )


def triples(text: str) -> set[int]:
    """Return the word triples of a text's beginning as 32-bit numbers, the same in every run."""
    words = _WORD.findall(text[:LEAD].casefold())
    return {crc32(" ".join(words[at : at + 3]).encode()) for at in range(len(words) - 2)}


def body(title: str, text: str) -> str:
    """Return an article's text without its title."""
    return text[len(title) :].strip() if text.startswith(title) else text
