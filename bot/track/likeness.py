"""How alike two headlines are, by the words that stand for each other in them.

Each word of one headline is laid beside the word of the other that comes
nearest: the same, a form of it, or one of its sense. What is matched counts by
its rarity, against all that both say: a soft Dice coefficient weighted by
inverse document frequency, after the alignment of Sultan et al. (SemEval 2014).
Figures that contradict each other take away.
"""

from collections.abc import Sequence

from bot.track.rarity import Rarity
from bot.track.terms import Term, words_of

#: What a word of the same sense, or one that only begins alike, is worth beside the word itself.
KIN = 0.6
#: What is taken away where each headline has a figure that the other lacks.
OTHER_FIGURES = 0.1

# Letters that two forms of one word have in common at least, and those by which the shorter may go on.
_BEGINNING = 4
_ENDING = 3


def likeness(one: Sequence[Term], other: Sequence[Term], rarity: Rarity) -> float:
    """Return how alike two headlines are, from 0 to 1."""
    mine, theirs = [rarity.of(term.key) for term in one], [rarity.of(term.key) for term in other]
    whole = sum(mine) + sum(theirs)
    if not one or not other or whole <= 0:
        return 0.0
    fits = [[nearness(left, right) for right in other] for left in one]
    matched: float = sum(weight * max(row) for weight, row in zip(mine, fits, strict=True))
    matched += sum(weight * max(column) for weight, column in zip(theirs, zip(*fits, strict=True), strict=True))
    return max(0.0, matched / whole - OTHER_FIGURES * figures_differ(one, other))


def nearness(one: Term, other: Term) -> float:
    """Return how far a word stands for another: 1 for a form of it, less for one of its sense."""
    if one.word == other.word:
        return 1.0
    if one.word[0].isdigit() or other.word[0].isdigit():
        return 0.0
    shorter = min(len(one.word), len(other.word))
    if shorter >= _BEGINNING and one.word[:_BEGINNING] == other.word[:_BEGINNING]:
        common = next((at for at in range(_BEGINNING, shorter) if one.word[at] != other.word[at]), shorter)
        return 1.0 if common >= shorter - _ENDING else KIN
    return KIN if set(one.senses) & set(other.senses) else 0.0


def figures_differ(one: Sequence[Term], other: Sequence[Term]) -> bool:
    """Return whether each side has a figure that the other lacks."""
    mine, theirs = _figures(one), _figures(other)
    return bool(mine - theirs) and bool(theirs - mine)


def compared(headline: str) -> tuple[Term, ...]:
    """Return a headline's terms in order."""
    return tuple(term for word in words_of(headline) for term in word.terms)


def _figures(headline: Sequence[Term]) -> set[str]:
    return {term.word for term in headline if term.word[0].isdigit()}
