"""What an event carries besides its kind: everything the slots' readers find, put together."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.classify import persons, sides, signs, venues
from bot.classify.analysis import Passage
from bot.classify.choices import Chooser
from bot.classify.chunks import Reading
from bot.classify.dates import Calendar
from bot.classify.grammar import Clause, anchor, clause, load_words
from bot.classify.lexicon import Lexicon
from bot.classify.mentions import Mention
from bot.classify.modality import AHEAD, is_denied, is_dropped, is_set, modality
from bot.classify.signs import Case
from bot.classify.speakers import Speaker, speaker
from bot.classify.stages import about, cues, stage, weigh_cues
from bot.classify.terms import terms
from bot.domain.event import Event, Evidence, Modality

#: What the denial of another kind is told as.
DENIAL = "accusation"
#: What rules hold to be less than sure is never weighed away.
CAUTIOUS = frozenset({Modality.DENIED, Modality.ALLEGED, Modality.CONDITIONAL})


class Told(NamedTuple):
    """What the judge lets pass of one sentence."""

    passage: Passage
    kind: str
    chance: float
    evidence: Evidence
    #: What was read of the whole text, and which of it is this sentence.
    readings: Sequence[Reading]
    place: int


def _voice(reading: Reading, said: Speaker | None, part: Clause) -> Speaker | None:
    """Return who says so, unless the saying is the act itself ("Rabat declared the envoy unwelcome")."""
    if said is None or part.act is None or said.mention not in part.subjects:
        return said
    is_own = any(part.act.start <= hit.start < part.act.end for hit in reading.marks.get("reporting", ()))
    return None if is_own else said


class Filler:
    """Fills the slots of events with one language's words."""

    def __init__(self, lexicon: Lexicon, chooser: Chooser) -> None:
        """Load a language's words.

        Args:
            lexicon: The language.
            chooser: Who chooses where several things may fill a slot.
        """
        self._time = lexicon.time
        #: Words of grammar.
        self.words = load_words(lexicon.language)
        self._stages = cues(lexicon.language)
        self._calendar = Calendar(lexicon.time)
        self._chooser = chooser
        # A place keeps its own word in a text; what an event carries is its English name.
        self._english = {name.casefold(): english for name, english in lexicon.names.get("seats", {}).items()}

    def events(self, told: Told, published: datetime | None) -> Iterator[Event]:
        """Yield the events that a sentence tells of one kind: one for each person who comes or stays away."""
        reading, words = told.passage.reading, self.words
        # A denial has the person, place and day of what it denies.
        kind = about(told.passage, told.kind) or told.kind
        part = clause(reading, anchor(told.passage, kind), words)
        said = _voice(reading, speaker(reading, words), part)
        people = persons.persons(reading, kind, part, said, words)
        case = Case(told.passage, told.kind, part, said, told.readings, told.place, words)
        for own in people or (None,):
            yield self._event(told, published, case, own)

    def _event(self, told: Told, published: datetime | None, case: Case, own: Mention | None) -> Event:
        passage, part, said, words = case.passage, case.part, case.said, self.words
        reading = passage.reading
        kind = "talks-scheduled" if is_set(passage, told.kind, words) else told.kind
        kind = "attendance-declined" if is_dropped(passage, kind, words) else kind
        if kind == "delegation-changed" and not any(found.kind == kind for found in passage.frames):
            kind = "delegation-named"  # nobody goes, nobody comes in another's place
        if kind == "ceasefire-violated" and said is None and (one := sides.accuser(reading, words)) is not None:
            said = Speaker(one.start, one.end, one.name, one, is_unnamed=False)
        case = case._replace(kind=kind, said=said)
        is_delegation = kind.startswith("delegation")
        denied = is_denied(passage, kind, words)
        firm = Modality.DENIED if denied else modality(passage, kind, words, said, own)
        matter = about(passage, kind) or kind
        return Event(
            kind=DENIAL if denied else kind,
            stage=None if denied else self._stage(case, firm),
            modality=firm if denied else self._modality(case, firm),
            actors=sides.actors(sides.Scene(reading, kind, part, said, self._acting(told), own), words),
            person=own.name if own else None,
            role=persons.role(reading, part) if is_delegation and own else None,
            members=self._members(told, part, own) if is_delegation else (),
            venue=self._venue(told, case._replace(kind=matter), firm),
            when=self._when(told, case._replace(kind=matter), published, firm),
            said=self._calendar.said(self._calendar.dates(reading, published), published, kind),
            terms=terms(reading, kind, self._time),
            about=kind if denied else about(passage, kind),
            attribution=said.text if said else None,
            evidence=told.evidence,
            confidence=round(told.chance, 3),
        )

    def _modality(self, case: Case, rule: Modality) -> Modality:
        is_surely_ahead = rule is Modality.PLANNED and not self.words["surely_ahead"].isdisjoint(case.reading.norms)
        if rule in CAUTIOUS or is_surely_ahead or case.kind in AHEAD:
            return rule
        options = signs.modalities(case, rule)
        # What is denied of other kinds is told as an accusation.
        allowed = ((one, found) for one, found in options if case.kind == DENIAL or one is not Modality.DENIED)
        return self._chooser.best("modality", allowed, rule) or rule

    def _stage(self, case: Case, firm: Modality) -> str | None:
        passage, kind, part = case.passage, case.kind, case.part
        cued = weigh_cues(passage, kind, part, self._stages)
        rule = stage(passage, kind, part, cued, is_ahead=firm is Modality.PLANNED)
        return self._chooser.best("stage", signs.stages(case, cued, rule, firm), rule)

    def _venue(self, told: Told, case: Case, firm: Modality) -> str | None:
        reading, words = case.reading, self.words
        if venues.is_call(reading, case.kind, words):
            return None
        rule = venues.venue(reading, case.kind, case.part, case.said, words)
        if rule is None and venues.may_follow(told.kind):
            rule = self._place_before(told)
        place = self._chooser.best("venue", signs.places(case, rule, firm), rule)
        return self._english.get(place.casefold(), place) if place else None

    def _when(self, told: Told, case: Case, published: datetime | None, firm: Modality) -> str | None:
        if published is None:
            return None
        around = [
            (where, reading, when)
            for where, reading in case.around(signs.DAYS_AROUND)
            # After a headline comes its day; after a later sentence the day of what is told next.
            if where != "after" or not case.place
            for when in self._calendar.dates(reading, published)
        ]
        own = [when for where, _, when in around if where == "same"]
        rule = self._calendar.of_act(own, case.part, published, case.kind)
        if rule is None and is_set(case.passage, told.kind, self.words):
            return published.date().isoformat()
        return self._chooser.best("when", signs.days(case, around, published.date(), rule, firm), rule)

    def _acting(self, told: Told) -> Sequence[Mention]:
        """Return who acted last in the sentences before, for one that names nobody."""
        earlier = (sides.acting(reading, self.words) for reading in reversed(told.readings[: told.place]))
        return next((acting for acting in earlier if acting), ())

    def _place_before(self, told: Told) -> str | None:
        """Return the place of talks that a sentence before told last."""
        earlier = (
            venues.told_place(reading, speaker(reading, self.words), self.words)
            for reading in reversed(told.readings[: told.place])
            if reading.things and reading.mentions
        )
        return next((place for place in earlier if place), None)

    def _members(self, told: Told, part: Clause, own: Mention | None) -> tuple[str, ...]:
        """Return the others of a delegation, as its own sentence and the next tell them."""
        reading, chief = told.passage.reading, own.name if own else None
        named = [
            *persons.members(reading, chief, part, self.words),
            *persons.company(reading, self.words, follows=False),
        ]
        for after in told.readings[told.place + 1 : told.place + 2]:
            named += persons.company(after, self.words, follows=True)
        return tuple(dict.fromkeys(name for name in named if name != chief))
