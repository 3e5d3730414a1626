"""Texts as comparable pieces: content words, word triples, names and numbers."""

import re
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

WORD = re.compile(r"\w+(?:['’]\w+)?")

#: As much of a text as is compared, in characters; copies are cut at the end, not at the start.
LEAD = 1600

# An outlet signs its titles after one of these.
_SIGNATURE = re.compile(r"\s+(?:[|–—]|-{1,2}|::)\s+[^|–—]{2,30}$")

_LITTLE_WORDS = """
a an and are as at be been but by for from had has have he her his how in into is it its more new no not of off
on or our over s said say says she so than that the their they this to up us was we were what when where which
who will with would after amid
"""
STOP = frozenset(_LITTLE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Title:
    """A title's content words, and those of them that tell one event from its twin."""

    words: frozenset[str]
    #: Numbers and names: another number, another event.
    sharp: frozenset[str]


def read_title(title: str) -> Title:
    """Return a title without its signature, as content words."""
    bare = _SIGNATURE.sub("", title) if len(title) > len(_SIGNATURE.sub("", title)) > len(title) // 2 else title
    found = WORD.findall(bare)
    words = {stem(word) for word in found} - STOP
    sharp = {stem(word) for place, word in enumerate(found) if _is_sharp(word, place)} - STOP
    return Title(frozenset(words), frozenset(sharp))


def _is_sharp(word: str, place: int) -> bool:
    return any(letter.isdigit() for letter in word) or (place > 0 and word[:1].isupper())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a word without case, possessive and plural."""
    bare = word.casefold().replace("’", "'").removesuffix("'s")
    if len(bare) > 4 and bare.endswith("ies"):  # noqa: PLR2004 - a word of four letters keeps its own
        return bare[:-3] + "y"
    return bare[:-1] if len(bare) > 3 and bare.endswith("s") and not bare.endswith("ss") else bare  # noqa: PLR2004


def triples(text: str) -> set[int]:
    """Return the word triples of a text's beginning as 32-bit numbers, the same in every run."""
    words = WORD.findall(text[:LEAD].casefold())
    return {crc32(" ".join(words[at : at + 3]).encode()) for at in range(len(words) - 2)}


def body(title: str, text: str) -> str:
    """Return an article's text without its title."""
    return text[len(title) :].strip() if text.startswith(title) else text
