"""A text read through: its sentences with readings, frames and features, after a fast gate."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import ahocorasick_rs

from bot.classify.actors import Mention, Names, settle
from bot.classify.chunks import Reader, Reading
from bot.classify.features import features, wording
from bot.classify.frames import Found, index, match
from bot.classify.lexicon import Lexicon
from bot.classify.tokens import Span, normal, sentences
from bot.domain.actor import Gazetteer


class Passage(NamedTuple):
    """A sentence worth reading with everything the readers say of it."""

    reading: Reading
    frames: Sequence[Found]
    features: set[str]
    #: Features of its words alone.
    wording: set[str]
    #: Counted over the whole text.
    setting: Mapping[str, int]
    #: Place among the sentences of the text, 0 for the lead.
    order: int


class Analyst:
    """Reads texts with one lexicon and one gazetteer."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self._lexicon = lexicon
        names = Names(gazetteer, lexicon)
        self._reader = Reader(lexicon, names)
        self._frames = index()
        self._gate = ahocorasick_rs.AhoCorasick(sorted(gate_words(lexicon)))

    def passages(self, text: str, lead: str = "") -> list[Passage]:
        """Return the sentences worth reading; ``lead`` is a title that stands apart."""
        spans = list(sentences(text, self._lexicon.abbreviations))
        worth = [(order, span) for order, span in enumerate(spans) if self.is_worth(text[span.start : span.end])]
        if not worth:
            return []
        first = [self._reader.read(text, span, {}) for _, span in worth]
        context = [self._reader.read(lead, span, {}) for span in sentences(lead, self._lexicon.abbreviations)]
        familiar = settle(mention for reading in (*context, *first) for mention in reading.mentions)
        readings = [self._reader.read(text, span, familiar) for _, span in worth] if familiar else first
        setting: Counter[str] = Counter()
        for reading in (*context, *readings):
            setting.update(reading.domains)
        return [self._passage(reading, setting, order) for (order, _), reading in zip(worth, readings, strict=True)]

    def is_worth(self, sentence: str) -> bool:
        """Tell whether a sentence holds any word of diplomacy."""
        return bool(self._gate.find_matches_as_indexes(normal(sentence)))

    def _passage(self, reading: Reading, setting: Mapping[str, int], order: int) -> Passage:
        frames = tuple(match(reading, self._frames))
        return Passage(reading, frames, features(reading, frames, setting), wording(reading), setting, order)


def gate_words(lexicon: Lexicon) -> set[str]:
    """Return the words without which a sentence is not read."""
    return {
        " ".join(phrase)
        for options in lexicon.phrases.values()
        for phrase, entries in options
        if any(entry.group in {"object", "does"} for entry in entries)
    }


__all__ = ["Analyst", "Mention", "Passage", "Span"]
