"""What an event carries besides its kind: everything the slots' readers find, put together."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.classify import persons, sides, venues
from bot.classify.analysis import Passage
from bot.classify.chunks import Reading
from bot.classify.dates import Calendar
from bot.classify.grammar import Clause, anchor, clause, load_words
from bot.classify.lexicon import Lexicon
from bot.classify.mentions import Mention
from bot.classify.modality import is_denied, is_dropped, is_set, modality
from bot.classify.speakers import Speaker, speaker
from bot.classify.stages import about, cues, stage
from bot.classify.terms import terms
from bot.domain.event import Event, Evidence, Modality

#: What the denial of another kind is told as.
DENIAL = "accusation"


class Told(NamedTuple):
    """What the judge lets pass of one sentence."""

    passage: Passage
    kind: str
    chance: float
    #: Who acted in the sentence before.
    before: Sequence[Mention]
    #: The place told before, where all the text names one.
    venue: str | None
    evidence: Evidence
    #: The sentence after it.
    after: Reading | None = None


def _voice(reading: Reading, said: Speaker | None, part: Clause) -> Speaker | None:
    """Return who says so, unless the saying is the act itself ("Rabat declared the envoy unwelcome")."""
    if said is None or part.act is None or said.mention not in part.subjects:
        return said
    is_own = any(part.act.start <= hit.start < part.act.end for hit in reading.marks.get("reporting", ()))
    return None if is_own else said


class Filler:
    """Fills the slots of events with one language's words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._time = lexicon.time
        #: Words of grammar.
        self.words = load_words(lexicon.language)
        self._stages = cues(lexicon.language)
        self._calendar = Calendar(lexicon.time)
        # A place keeps its own word in a text; what an event carries is English.
        self._english = lexicon.names.get("seats", {})

    def events(self, told: Told, published: datetime | None) -> Iterator[Event]:
        """Yield the events that a sentence tells of one kind: one for each person who comes or stays away."""
        reading, words = told.passage.reading, self.words
        # A denial has the person, place and day of what it denies.
        kind = about(told.passage, told.kind) or told.kind
        part = clause(reading, anchor(told.passage, kind), words)
        said = _voice(reading, speaker(reading, words), part)
        people = persons.persons(reading, kind, part, said, words)
        for own in people or (None,):
            yield self._event(told, published, part, said, own)

    def acting(self, passage: Passage) -> Sequence[Mention]:
        """Return who acts in a sentence, for those that follow and name nobody."""
        return sides.acting(passage.reading, self.words)

    def venue(self, passage: Passage) -> str | None:
        """Return the place of talks that a sentence names, for those that follow."""
        reading = passage.reading
        if not reading.things or not reading.mentions:
            return None
        return venues.told_place(reading, speaker(reading, self.words), self.words)

    def _event(
        self, told: Told, published: datetime | None, part: Clause, said: Speaker | None, own: Mention | None
    ) -> Event:
        passage = told.passage
        kind = "talks-scheduled" if is_set(passage, told.kind, self.words) else told.kind
        kind = "attendance-declined" if is_dropped(passage, kind, self.words) else kind
        if kind == "delegation-changed" and not any(found.kind == kind for found in passage.frames):
            kind = "delegation-named"  # nobody goes, nobody comes in another's place
        reading, words = passage.reading, self.words
        dates = self._calendar.dates(reading, published)
        matter = about(passage, kind) or kind
        if kind == "ceasefire-violated" and said is None and (one := sides.accuser(reading, words)) is not None:
            said = Speaker(one.start, one.end, one.name, one, is_unnamed=False)
        happens = self._calendar.of_act(dates, part, published, matter)
        if happens is None and published is not None and is_set(passage, told.kind, words):
            happens = published.date().isoformat()
        is_delegation = kind.startswith("delegation")
        denied = is_denied(passage, kind, words)
        firmness = Modality.DENIED if denied else modality(passage, kind, words, said, own)
        place = venues.venue(reading, matter, part, said, words)
        return Event(
            kind=DENIAL if denied else kind,
            stage=None if denied else stage(passage, kind, part, self._stages, is_ahead=firmness is Modality.PLANNED),
            modality=firmness,
            actors=sides.actors(sides.Scene(reading, kind, part, said, told.before, own), words),
            person=own.name if own else None,
            role=persons.role(reading, part) if is_delegation and own else None,
            members=self._members(told, part, own) if is_delegation else (),
            venue=self._english.get(place, place)
            if place
            else (told.venue if venues.may_follow(reading, kind, words) else None),
            when=happens,
            said=self._calendar.said(dates, published, kind),
            terms=terms(reading, kind, self._time),
            about=kind if denied else about(passage, kind),
            attribution=said.text if said else None,
            evidence=told.evidence,
            confidence=round(told.chance, 3),
        )

    def _members(self, told: Told, part: Clause, own: Mention | None) -> tuple[str, ...]:
        """Return the others of a delegation, as its own sentence and the next tell them."""
        reading, chief = told.passage.reading, own.name if own else None
        named = [
            *persons.members(reading, chief, part, self.words),
            *persons.company(reading, self.words, follows=False),
        ]
        if told.after is not None:
            named += persons.company(told.after, self.words, follows=True)
        return tuple(dict.fromkeys(name for name in named if name != chief))
