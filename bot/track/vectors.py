"""An article as weighted words: what it is about, for comparing it with what came before."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

from bot.domain.feed import Article
from bot.track.casing import Casing
from bot.track.rarity import Rarity
from bot.track.terms import words_of
from bot.track.words import body

#: A word of the title counts as much as so many of the text; a name or figure as so many other words.
TITLE = 2.0
NAME = 1.5
#: Words of one sense are half of what the words themselves are.
SENSE = 0.5
#: Of a text, so many characters: what it is about stands at its beginning.
LEAD = 500

# Rare words tell even more than their inverse document frequency says, and none tells nothing.
_SHARP = 1.2
_LEAST = 0.2


@dataclass(frozen=True, slots=True)
class Vector:
    """An article's words and senses by their weights, of length 1 together."""

    weights: Mapping[str, float]
    #: How many different words, senses left out.
    size: int
    headline: "Headline"


@dataclass(frozen=True, slots=True)
class Headline:
    """A title's names and figures, and its other words; all as keys."""

    names: tuple[str, ...]
    others: tuple[str, ...]


class Scales:
    """Weighs articles by what it learns from them."""

    def __init__(self) -> None:
        self._rarity = Rarity()
        self._casing = Casing()

    def weigh(self, article: Article) -> Vector:
        """Return an article's words with their weights; the article itself is learned from first."""
        title = words_of(article.title)
        text = words_of(body(article.title, article.text)[:LEAD])
        self._casing.learn(title)
        self._casing.learn(text)
        names = self._casing.names
        headline = [(word, names(word)) for word in title]
        counts: dict[str, float] = {}
        senses: dict[str, float] = {}
        for words, weight in ((headline, TITLE), ([(word, names(word)) for word in text], 1.0)):
            for word, named in words:
                told = weight * NAME if named else weight
                for _, key, meant in word.terms:
                    counts[key] = counts.get(key, 0.0) + told
                    for sense in meant:
                        senses[sense] = senses.get(sense, 0.0) + weight * SENSE
        self._rarity.see((*counts, *senses))
        weights = {key: _weight(count, self._rarity.of(key)) for key, count in counts.items()}
        weights |= {sense: SENSE * _weight(count, self._rarity.of(sense)) for sense, count in senses.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return Vector(
            weights={key: weight / length for key, weight in weights.items()},
            size=len(counts),
            headline=Headline(
                names=tuple(term.key for word, named in headline if named for term in word.terms),
                others=tuple(term.key for word, named in headline if not named for term in word.terms),
            ),
        )


def _weight(count: float, rarity: float) -> float:
    return (1 + log(1 + count)) * float((rarity + _LEAST) ** _SHARP)
