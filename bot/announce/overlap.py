"""How much two sentences have in common: their telling words, the small ones left out."""

import re

#: Two sentences that share this part of the shorter one's telling words say the same.
SAME = 0.6
_TELLING = re.compile(r"\w[\w’'-]*")
#: Words that tell nothing.
SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "she",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "was",
        "were",
        "which",
        "who",
        "will",
        "with",
        "would",
        "said",
        "says",
        "say",
        "not",
        "after",
        "before",
        "into",
        "than",
        "about",
    ]
)


def called(text: str) -> frozenset[str]:
    """Return the words of a text, without the ending that makes them somebody's."""
    return frozenset(word.removesuffix("’s").removesuffix("'s") for word in _TELLING.findall(text))


def alike(one: str, other: str) -> bool:
    """Tell whether two sentences say the same."""
    first, second = words(one), words(other)
    shorter = min(len(first), len(second))
    return shorter == 0 or len(first & second) / shorter >= SAME


def words(text: str) -> frozenset[str]:
    """Return the telling words of a text."""
    words = (word.casefold().removesuffix("'s").removesuffix("’s") for word in _TELLING.findall(text))
    return frozenset(word for word in words if word not in SMALL)
