"""Which words are names: those that are not written small."""

from collections.abc import Sequence

from bot.track.terms import Word
from bot.track.vocabulary import vocabulary

#: What is known beforehand is as sure as what was seen so often; a stream's own texts may say otherwise.
KNOWN = 3
#: Where fewer of the words begin small, capitals are a headline's manner and tell nothing.
SMALL = 0.25


class Casing:
    """Learns from texts which words are written small, since in a headline all may be capitals."""

    def __init__(self) -> None:
        self._small = dict.fromkeys(vocabulary().small, KNOWN)

    def learn(self, words: Sequence[Word]) -> None:
        """Take in a text's words."""
        written_small = [term.key for word in words if word.is_small for term in word.terms]
        if len(written_small) < SMALL * len(words):
            return
        small = self._small
        for key in written_small:
            small[key] = small.get(key, 0) + 1
        for word in words:
            if word.is_capital:
                for term in word.terms:
                    if term.key in small:
                        small[term.key] -= 1

    def names(self, word: Word) -> bool:
        """Return whether a word is a name or a figure, wherever it stands."""
        if not word.is_capital:
            return word.is_figure
        small = self._small
        return all(small.get(term.key, 0) <= 0 for term in word.terms)
