"""How rare each word has been so far."""

from collections import Counter
from collections.abc import Iterable
from math import log

from bot.track.vocabulary import vocabulary

#: What was counted in our own texts beforehand weighs as much as so many articles.
BEFOREHAND = 400


class Rarity:
    """Counts in how many texts each word stands; begins with what our own texts tell of common words."""

    def __init__(self) -> None:
        known = vocabulary()
        share = BEFOREHAND / known.texts
        self._texts = float(BEFOREHAND)
        self._counts: Counter[str] = Counter()
        self._before = {key: count * share for key, count in known.counts.items()}

    def see(self, keys: Iterable[str]) -> None:
        """Count the different words of one more text."""
        self._texts += 1
        self._counts.update(keys)

    def of(self, key: str) -> float:
        """Return the inverse document frequency of a word, about 0 for one that stands in every text."""
        return log((self._texts + 1) / (self._counts[key] + self._before.get(key, 0.0) + 1))
