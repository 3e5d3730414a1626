"""The fast gate: counts a sentence's signs of diplomacy before anybody reads it."""

import re

import ahocorasick_rs

from bot.classify.actors import Names
from bot.classify.lexicon import Lexicon
from bot.classify.tokens import normal

#: Things whose mere naming is a sign.
THINGS = frozenset({
    "ceasefire", "delegation", "mediation", "ambassador", "embassy", "sanctions", "prisoners", "relations", "access",
    "organ", "talks", "agreement", "state",
})  # fmt: skip
#: Words so common that they are no sign.
COMMON = frozenset({
    "deal", "text", "document", "paper", "draft", "side", "party", "team", "round", "session", "body", "food", "dead",
    "exports", "imports", "measures", "package", "fighting", "quiet", "aid", "truck", "state", "government", "links",
    "president", "board", "court", "judges", "host", "channel", "broker", "arrangement", "understanding", "port",
})  # fmt: skip
_BREAK = re.compile(r"[^\w]+")


class Gate:
    """Knows the words and names without which no diplomacy is told."""

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        words = {" ".join(phrase) for phrase in _signs(lexicon)} - COMMON
        patterns = sorted({_padded(word) for word in words | set(names.surfaces())} - {" "})
        self._words = ahocorasick_rs.AhoCorasick(patterns)

    def signs(self, sentence: str) -> int:
        """Return how many different signs a sentence shows."""
        return len({match[0] for match in self._words.find_matches_as_indexes(_padded(normal(sentence)))})


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
