"""The fast gate: counts a sentence's signs of diplomacy before anybody reads it."""

import re
from typing import NamedTuple

import ahocorasick_rs

from bot.classify.actors import Names
from bot.classify.lexicon import Lexicon
from bot.classify.tokens import normal

#: Things whose mere naming is a sign.
THINGS = frozenset({
    "ceasefire", "delegation", "mediation", "ambassador", "embassy", "sanctions", "prisoners", "relations", "access",
    "organ", "talks", "agreement", "state",
})  # fmt: skip
_BREAK = re.compile(r"[^\w]+")


class Signs(NamedTuple):
    """How many different signs a sentence shows."""

    #: Words of diplomacy.
    words: int
    #: Names of actors and persons, and offices.
    names: int


class Gate:
    """Knows the words and names without which no diplomacy is told."""

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        words = {
            word
            for word in (" ".join(phrase) for phrase in _signs(lexicon))
            if word.removesuffix("s") not in lexicon.too_common
        }
        names_alone = set(names.surfaces()) - words
        patterns = [*sorted({_padded(word) for word in words} - {" "})]
        self._first_name = len(patterns)
        patterns += sorted({_padded(name) for name in names_alone} - {" ", *patterns})
        self._patterns = ahocorasick_rs.AhoCorasick(patterns)

    def signs(self, sentence: str) -> Signs:
        """Return how many different signs a sentence shows."""
        found = {match[0] for match in self._patterns.find_matches_as_indexes(_padded(normal(sentence)))}
        words = sum(pattern < self._first_name for pattern in found)
        return Signs(words, len(found) - words)


def _signs(lexicon: Lexicon) -> set[tuple[str, ...]]:
    return {
        phrase
        for options in lexicon.phrases.values()
        for phrase, entries in options
        if any(
            (entry.group == "object" and entry.name in THINGS)
            or (entry.group == "domain" and entry.name == "diplomacy")
            for entry in entries
        )
    }


def _padded(words: str) -> str:
    return f" {_BREAK.sub(' ', words).strip()} "
