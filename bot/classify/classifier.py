"""The classifier: reads a text, asks every reader, lets the judge decide, and fills in what an event carries."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from bot.classify.analysis import Passage
from bot.classify.choices import Chooser
from bot.classify.explain import explain
from bot.classify.grammar import act_of
from bot.classify.judge import KINDS
from bot.classify.languages import READ, USUAL, language_of
from bot.classify.linear import Matrix
from bot.classify.modality import is_denied, is_undone, is_unsaid
from bot.classify.novelty import is_before
from bot.classify.slots import DENIAL, Told
from bot.classify.tongues import Tongue
from bot.domain.actor import Gazetteer
from bot.domain.event import Event, Evidence
from bot.domain.feed import Article

#: A sentence tells no more events than this.
MOST_EVENTS = 3
#: What is denied need not be as sure: the denial is news whichever kind it concerns.
EASE = 0.25
#: So many sentences after a title tell its news once more.
FIRST = 2
#: From this chance on a second reading of the same counts, by this share since the two are of one hand.
HEARD = 0.3
SECOND = 0.6


class Classifier:
    """Recognises diplomatic events in news texts."""

    def __init__(
        self, gazetteer: Gazetteer, arrays: Mapping[str, Any] | None = None, chooser: Chooser | None = None
    ) -> None:
        """Load what the package knows.

        Args:
            gazetteer: Who is who.
            arrays: Weights of the first language as training gives them; the package's own if ``None``.
            chooser: Who chooses what fills that language's slots; by the package's own weights if ``None``.
        """
        self._gazetteer = gazetteer
        # Others are loaded when somebody writes in them.
        self._tongues = {USUAL: Tongue(USUAL, gazetteer, arrays, chooser)}

    def events(
        self,
        text: str,
        *,
        title: str | None = None,
        published: datetime | None = None,
        language: str | None = None,
    ) -> tuple[Event, ...]:
        """Return the events of a text in text order.

        Args:
            text: What spans index into.
            title: A headline that stands apart: context only.
            published: Against which dates resolve.
            language: What is known of the language.
        """
        tongue = self._tongue(self.language(text, language))
        if tongue is None:
            return ()
        return self._events(tongue, text, title or "", published, 0)

    def _events(
        self, tongue: Tongue, text: str, title: str, published: datetime | None, headline: int
    ) -> tuple[Event, ...]:
        passages = tongue.analyst.passages(text, title)
        found: list[Event] = []
        chances = [tongue.verdicts.chances(passage) for passage in passages]
        if headline:
            _agree(passages, chances, headline)
        readings = [passage.reading for passage in passages]
        for place, (passage, row) in enumerate(zip(passages, chances, strict=True)):
            for kind, chance in _likely(tongue, passage, row)[:MOST_EVENTS]:
                told = Told(passage, kind, chance, _evidence(text, passage), readings, place)
                found += tongue.slots.events(told, published)
        return tuple(_distinct(found, headline))

    def filled(
        self, text: str, wanted: Sequence[tuple[str, int, int]], *, published: datetime | None = None
    ) -> list[tuple[Event, ...]]:
        """Return for each wanted kind, place and length the events that the sentence there tells, for measuring."""
        tongue = self._tongue(self.language(text)) or self._tongues[USUAL]
        passages = tongue.analyst.passages(text)
        return [self._filled(tongue, text, passages, one, published) for one in wanted]

    def _filled(
        self,
        tongue: Tongue,
        text: str,
        passages: Sequence[Passage],
        wanted: tuple[str, int, int],
        published: datetime | None,
    ) -> tuple[Event, ...]:
        kind, start, size = wanted
        readings = [passage.reading for passage in passages]
        for place, passage in enumerate(passages):
            span = passage.reading.span
            if span.start < start + size and start < span.end:
                told = Told(passage, kind, 1.0, _evidence(text, passage), readings, place)
                return tuple(tongue.slots.events(told, published))
        return ()

    def read(self, article: Article) -> tuple[Event, ...]:
        """Return the events of an article, spans indexing into its text."""
        tongue = self._tongue(self.language(article.text, article.language))
        if tongue is None:
            return ()
        return self._events(tongue, article.text, "", article.published, len(article.title))

    def _tongue(self, language: str) -> Tongue | None:
        """Return what is known of a language, ``None`` if it is not read."""
        if language in READ and language not in self._tongues:
            self._tongues[language] = Tongue(language, self._gazetteer)
        return self._tongues.get(language)

    def language(self, text: str, hint: str | None = None) -> str:
        """Return the language of a text, ``und`` if it cannot be told."""
        return language_of(text, hint)

    def explain(self, text: str, *, title: str | None = None, published: datetime | None = None) -> str:
        """Return what every reader saw in a text, and what the judge made of it."""
        language = self.language(text)
        tongue = self._tongue(language)
        if tongue is None:
            return f"in a language that is not read ({language})"
        passages = tongue.analyst.passages(text, title or "")
        return explain(text, [(passage, tongue.verdicts.chances(passage)) for passage in passages], tongue.verdicts)


def _likely(tongue: Tongue, passage: Passage, chances: Matrix) -> list[tuple[str, float]]:
    """Return the kinds that a sentence tells, with their chances, the likeliest first."""
    reading, words = passage.reading, tongue.slots.words
    if is_unsaid(reading, words):
        return []
    found: list[tuple[str, float]] = []
    denied: list[tuple[str, float]] = []
    said = float(chances[KINDS.index(DENIAL)])
    for kind, chance, bar in zip(KINDS, map(float, chances), tongue.verdicts.threshold, strict=True):
        if chance < bar - EASE:
            continue
        refuted = is_denied(passage, kind, words)
        if is_undone(passage, kind) or is_before(reading, act_of(passage, kind)):
            continue
        if chance >= bar - (EASE if refuted else 0):
            # The denial and its matter both speak for what is denied.
            (denied if refuted else found).append((kind, 1 - (1 - chance) * (1 - said) if refuted else chance))
    # What is denied says what the denial is about: told apart, it would be told twice.
    plain = [(kind, chance) for kind, chance in found if not (denied and kind == DENIAL)]
    return sorted([*plain, *denied], key=lambda pair: -pair[1])


def _agree(passages: Sequence[Passage], chances: Sequence[Matrix], headline: int) -> None:
    """Raise the chances of what a title and its first sentences both tell: two readings of one report."""
    title = [place for place, passage in enumerate(passages) if passage.reading.span.start < headline]
    first = [place for place in range(len(passages)) if place not in title][:FIRST]
    if not title or not first:
        return
    above = np.max([chances[place] for place in title], axis=0)
    below = np.max([chances[place] for place in first], axis=0)
    surer, other = np.maximum(above, below), np.minimum(above, below)
    both = np.where(other >= HEARD, 1 - (1 - surer) * (1 - SECOND * other), 0)
    for group, most in ((title, above), (first, below)):
        for place in group:
            own = chances[place]
            chances[place][:] = np.where((own == most) & (both > own), both, own)


def _evidence(text: str, passage: Passage) -> Evidence:
    span = passage.reading.span
    return Evidence(start=span.start, end=span.end, words=text[span.start : span.end])


def _distinct(events: Sequence[Event], headline: int) -> list[Event]:
    """Return the events without those that repeat a surer one; a headline repeats what its text tells more of."""
    named = {(event.kind, event.evidence.start) for event in events if event.person}
    events = [event for event in events if event.person or (event.kind, event.evidence.start) not in named]
    best: dict[tuple[str, str | None, str | None, bool], Event] = {}
    for event in events:
        key = (event.kind, event.stage, event.person, event.evidence.start < headline)
        if key not in best or best[key].confidence < event.confidence:
            best[key] = event
    return sorted(best.values(), key=lambda event: (event.evidence.start, -event.confidence, event.kind))
