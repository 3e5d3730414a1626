"""The classifier: reads a text, asks every reader, lets the judge decide, and fills in what an event carries."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.classify import judge, readers, slots
from bot.classify.actors import Mention
from bot.classify.analysis import Analyst, Passage
from bot.classify.dates import Calendar
from bot.classify.explain import explain
from bot.classify.languages import language_of
from bot.classify.lexicon import load
from bot.classify.linear import Matrix, Weights
from bot.classify.modality import act_of, is_denied, modality
from bot.classify.novelty import is_before
from bot.classify.stages import about, stage
from bot.domain.actor import Gazetteer
from bot.domain.event import Event, Evidence, Modality
from bot.domain.feed import Article

#: A sentence tells no more events than this.
MOST_EVENTS = 3
#: What the denial of another kind is told as.
DENIAL = "accusation"
#: The only language read so far.
ENGLISH = "en"


class _Told(NamedTuple):
    """What the judge lets pass of one sentence."""

    passage: Passage
    kind: str
    chance: float
    #: Who acted in the sentence before.
    before: Sequence[Mention]
    #: The place told before, where all the text names one.
    venue: str | None
    evidence: Evidence


class Classifier:
    """Recognises diplomatic events in news texts."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        lexicon = load(ENGLISH)
        arrays = Weights(ENGLISH).arrays
        self._analyst = Analyst(lexicon, gazetteer)
        self._readers = readers.stored(arrays)
        self._judge = judge.unpack(arrays)
        self._calendar = Calendar(lexicon.time)
        self._words = lexicon.time

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
        if self.language(text, language) != ENGLISH:
            return ()
        found: list[Event] = []
        before: Sequence[Mention] = ()
        venue: str | None = None
        for passage in self._analyst.passages(text, title or ""):
            chances = self.chances(passage)
            likely = sorted(
                (
                    row
                    for row in range(len(chances))
                    if chances[row] >= self._judge.threshold[row]
                    and not is_before(passage.reading, act_of(passage, judge.KINDS[row]))
                ),
                key=lambda row: -chances[row],
            )
            kinds = [(judge.KINDS[row], float(chances[row])) for row in likely[:MOST_EVENTS]]
            found += [
                self._event(_Told(passage, kind, chance, before, venue, _evidence(text, passage)), published)
                for kind, chance in kinds
            ]
            before = slots.agent(passage) or before
            venue = slots.venue(passage.reading, None) or venue
        return tuple(_distinct(found))

    def filled(
        self, text: str, wanted: Sequence[tuple[str, int, int]], *, published: datetime | None = None
    ) -> list[Event | None]:
        """Return for each wanted kind, place and length the event that the sentence there tells, for measuring."""
        passages = self._analyst.passages(text)
        return [self._filled(text, passages, one, published) for one in wanted]

    def _filled(
        self, text: str, passages: Sequence[Passage], wanted: tuple[str, int, int], published: datetime | None
    ) -> Event | None:
        kind, start, size = wanted
        before: Sequence[Mention] = ()
        venue: str | None = None
        for passage in passages:
            span = passage.reading.span
            if span.start < start + size and start < span.end:
                return self._event(_Told(passage, kind, 1.0, before, venue, _evidence(text, passage)), published)
            before = slots.agent(passage) or before
            venue = slots.venue(passage.reading, None) or venue
        return None

    def read(self, article: Article) -> tuple[Event, ...]:
        """Return the events of an article, spans indexing into its text."""
        return self.events(article.text, published=article.published, language=article.language)

    def language(self, text: str, hint: str | None = None) -> str:
        """Return the language of a text, ``und`` if it cannot be told."""
        return language_of(text, hint)

    def explain(self, text: str, *, title: str | None = None, published: datetime | None = None) -> str:
        """Return what every reader saw in a text, and what the judge made of it."""
        passages = self._analyst.passages(text, title or "")
        return explain(
            text,
            [(passage, self.chances(passage)) for passage in passages],
            self._readers.by_name["classes"],
            self._judge,
        )

    def chances(self, passage: Passage) -> Matrix:
        """Return for each kind the share of such sentences that mean it."""
        return self._judge.chances(passage, self._readers.read(passage))

    def _event(self, told: _Told, published: datetime | None) -> Event:
        passage, kind = told.passage, told.kind
        reading = passage.reading
        when, said = slots.times(self._calendar.dates(reading, published))
        is_delegation = kind.startswith("delegation")
        denied = is_denied(passage, kind)
        return Event(
            kind=DENIAL if denied else kind,
            stage=None if denied else stage(passage, kind),
            modality=Modality.DENIED if denied else modality(passage, kind),
            actors=slots.actors(passage, kind, told.before),
            person=slots.person(passage, kind),
            role=slots.role(reading) if is_delegation else None,
            members=slots.members(passage, kind) if is_delegation else (),
            venue=(slots.venue(reading, act_of(passage, kind)) or told.venue) if kind in slots.PLACED else None,
            when=when,
            said=said,
            terms=slots.terms(reading, kind, self._words),
            about=kind if denied else about(passage, kind),
            attribution=slots.attribution(reading),
            evidence=told.evidence,
            confidence=round(told.chance, 3),
        )


def _evidence(text: str, passage: Passage) -> Evidence:
    span = passage.reading.span
    return Evidence(start=span.start, end=span.end, words=text[span.start : span.end])


def _distinct(events: Sequence[Event]) -> list[Event]:
    """Return the events without those that repeat a surer one."""
    best: dict[tuple[str, str | None, str | None], Event] = {}
    for event in events:
        key = (event.kind, event.stage, event.person)
        if key not in best or best[key].confidence < event.confidence:
            best[key] = event
    return sorted(best.values(), key=lambda event: (event.evidence.start, -event.confidence, event.kind))
