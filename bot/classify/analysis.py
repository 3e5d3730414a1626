"""A text read through: its sentences with readings, frames and features, after a fast gate."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.classify.actors import Names
from bot.classify.capitals import NounNames
from bot.classify.chunks import Reader, Reading
from bot.classify.features import features, mask, wording
from bot.classify.frames import Found, index, match
from bot.classify.gate import Gate, Signs
from bot.classify.lexicon import Lexicon
from bot.classify.mentions import Mention
from bot.classify.parties import settle
from bot.classify.scenes import scene
from bot.classify.sequence import sequence
from bot.classify.tokens import Span, sentences
from bot.domain.actor import Gazetteer

#: So many sentences on either side set a sentence's scene.
NEIGHBOURS = 2
#: A text of so many sentences is read whole.
SHORT = 6
#: In a longer text a sentence and its neighbours show so many signs of diplomacy.
ENOUGH = 2
#: A longer text with so many words of diplomacy is read where names alone stand, too.
MANY = 3


@dataclass(frozen=True)
class Passage:
    """A sentence worth reading with everything the readers hear of it, most of it only once they ask."""

    reading: Reading
    frames: Sequence[Found]
    features: set[str]
    #: Its words as `mask` returns them.
    masked: Sequence[str]
    #: Counted over the sentences around and the lead.
    setting: Mapping[str, int]
    #: Place among the sentences of the text, 0 for the lead.
    order: int

    @cached_property
    def wording(self) -> set[str]:
        """Features of its words alone."""
        return wording(self.reading, self.masked)

    @cached_property
    def scene(self) -> set[str]:
        """Who, what and whom in their order."""
        return scene(self.reading)

    @cached_property
    def sequence(self) -> list[list[str]]:
        """The signs of each token, the whole sentence's first."""
        return sequence(self.reading, self.features, self.order)


class Analyst:
    """Reads texts with one lexicon and one gazetteer."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self._lexicon = lexicon
        names = (NounNames if lexicon.has_capital_nouns else Names)(gazetteer, lexicon)
        self._reader = Reader(lexicon, names)
        self._frames = index()
        self._gate = Gate(lexicon, names)
        slugs = "|".join(map(re.escape, lexicon.actors["slugs"]))
        self._slug = re.compile(rf"(?i:(?:{slugs})(?: \d+)?)\s*[-:|\u2013\u2014]+\s*(?=[^\W\d_])")

    def passages(self, text: str, lead: str = "") -> list[Passage]:
        """Return the sentences worth reading; ``lead`` is a title that stands apart."""
        spans = list(sentences(text, self._lexicon.abbreviations))
        if spans:
            spans[0] = self._after_slug(text, spans[0])
        worth = self._worth(text, spans)
        if not worth:
            return []
        first = [self._reader.read(text, span, {}) for _, span in worth]
        context = [self._reader.read(lead, span, {}) for span in sentences(lead, self._lexicon.abbreviations)]
        familiar = settle(mention for reading in (*context, *first) for mention in reading.mentions)
        readings = [
            self._reader.read(text, span, familiar) if not familiar.keys().isdisjoint(reading.norms) else reading
            for (_, span), reading in zip(worth, first, strict=True)
        ]
        return [
            self._passage(reading, _setting(readings, place, context), order)
            for place, ((order, _), reading) in enumerate(zip(worth, readings, strict=True))
        ]

    def _after_slug(self, text: str, first: Span) -> Span:
        """Return the first sentence without a wire's own word before it: "UPDATE 2-", "BREAKING: "."""
        slug = self._slug.match(text, first.start, first.end)
        return Span(slug.end(), first.end) if slug else first

    def _worth(self, text: str, spans: Sequence[Span]) -> list[tuple[int, Span]]:
        """Return the sentences worth reading: all of a short text, of a longer one those that show signs."""
        if len(spans) <= SHORT:
            return list(enumerate(spans))
        signs = [self._gate.signs(text[span.start : span.end]) for span in spans]
        is_diplomatic = sum(sign.words for sign in signs) >= MANY
        return [
            (order, span)
            for order, span in enumerate(spans)
            if sum(signs[order]) and _tells(signs[max(0, order - 1) : order + 2], is_diplomatic=is_diplomatic)
        ]

    def _passage(self, reading: Reading, setting: Mapping[str, int], order: int) -> Passage:
        masked = mask(reading, self._lexicon.order.within)
        frames = tuple(match(reading, self._frames, self._lexicon.order))
        return Passage(reading, frames, features(reading, frames, setting, masked), masked, setting, order)


def _tells(around: Sequence[Signs], *, is_diplomatic: bool) -> bool:
    return sum(map(sum, around)) >= ENOUGH and (is_diplomatic or any(sign.words for sign in around))


def _setting(readings: Sequence[Reading], place: int, context: Sequence[Reading]) -> Counter[str]:
    """Return the domains counted around a sentence: a long article's far end says nothing of it."""
    around = readings[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1]
    lead = readings[:1] if place > NEIGHBOURS else ()
    setting: Counter[str] = Counter()
    for reading in (*context, *lead, *around):
        setting.update(reading.domains)
    return setting


__all__ = ["Analyst", "Mention", "Passage", "Span"]
