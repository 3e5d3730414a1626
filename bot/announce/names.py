"""How actors and persons are called in what we say."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import TypeVar

from bot.domain.actor import ActorType, Gazetteer, KnownActor, KnownPerson, Rank
from bot.locales import ENGLISH, Voice

Known = TypeVar("Known")

# Short forms that every desk reads without thinking; other names stay whole
# unless they are longer than a headline can bear.
BRIEF = {
    "United States": "US",
    "United Kingdom": "UK",
    "United Nations": "UN",
    "European Union": "EU",
    "United Arab Emirates": "UAE",
    "Democratic Republic of the Congo": "DR Congo",
}
LONG = 24

#: Bodies that every language has a name for, as it has for states.
WORLDWIDE = frozenset({"eu", "un"})

# For offices that the seeds' titles do not list; first match wins, so the
# deputies come before those whom they stand in for.
RANK_WORDS: tuple[tuple[str, Rank], ...] = (
    ("deputy", Rank.DEPUTY),
    ("vice", Rank.DEPUTY),
    ("spokes", Rank.SPOKESPERSON),
    ("press secretary", Rank.SPOKESPERSON),
    ("aide", Rank.OFFICIAL),
    ("adviser", Rank.OFFICIAL),
    ("ambassador", Rank.ENVOY),
    ("envoy", Rank.ENVOY),
    ("negotiator", Rank.ENVOY),
    ("foreign minister", Rank.MINISTER),
    ("foreign secretary", Rank.MINISTER),
    ("foreign affairs", Rank.MINISTER),
    ("secretary of state", Rank.MINISTER),
    ("high representative", Rank.MINISTER),
    ("president of the european", Rank.HEAD),
    ("prime minister", Rank.HEAD),
    ("premier", Rank.HEAD),
    ("chancellor", Rank.HEAD),
    ("taoiseach", Rank.HEAD),
    ("supreme leader", Rank.HEAD),
    ("king", Rank.HEAD),
    ("emir", Rank.HEAD),
    ("crown prince", Rank.HEAD),
    ("pope", Rank.HEAD),
    ("secretary-general", Rank.HEAD),
)
HEADS = frozenset({"president", "transitional president", "interim president", "acting president", "head of state"})
FOREIGN = ("foreign", "secretary of state", "high representative", "external affairs")


class Names:
    """Ids and spellings → the one name we use; what nobody knows stays as written."""

    #: Who reads the names.
    say: Voice = ENGLISH

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._actors: dict[str, KnownActor] = {}
        self._persons: dict[str, KnownPerson] = {}
        self._stands_for: dict[str, KnownActor] = {}
        self._titles = {_key(word): title.rank for title in gazetteer.titles for word in (title.name, *title.aliases)}
        for actor in gazetteer.actors:
            _add(self._actors, actor, (actor.id, actor.name, *actor.aliases))
            _add(self._stands_for, actor, (*actor.metonyms, *actor.adjectives))
        for person in gazetteer.persons:
            _add(self._persons, person, (person.id, person.name, *person.aliases))
        self._cities = {place.name: place.city for place in gazetteer.places if place.city}
        self._surnames = _surnames(gazetteer.persons)
        self._voices: dict[str, tuple[str, ...]] = {}
        for person in gazetteer.persons:
            if person.party and not person.common:
                self._voices[person.party] = (*self._voices.get(person.party, ()), person.surname)
        self._proven = {_key(person.surname): person for person in gazetteer.persons if not person.common}

    def told_in(self, say: Voice) -> "Names":
        """Return the same names for other readers: short ones of states are theirs, all else stays as it is."""
        theirs = copy(self)
        theirs.say = say
        return theirs

    def full(self, name: str) -> str:
        """Return the full English name of an id or any spelling of it."""
        known = self.person(name) or self.actor(name)
        return known.name if known else name

    def short(self, name: str) -> str:
        """Return the name for a headline: a person's surname, an actor's common short form."""
        person = self.person(name)
        if person:
            alone = self._surnames[_key(person.surname)] == 1 and not person.name.startswith("Pope ")
            return person.surname if alone else person.name
        actor = self.actor(name)
        if actor is None:
            return BRIEF.get(name, name)
        known = actor.type is ActorType.STATE or actor.id in WORLDWIDE
        return (self.say.country(actor.id) if known else None) or _brief(actor)

    def city(self, place: str) -> str:
        """Return the city of a hall or palace; any other place is its own."""
        return self._cities.get(place, place)

    def person(self, name: str) -> KnownPerson | None:
        """Return the person of that id or spelling."""
        return self._persons.get(_key(name))

    def actor(self, name: str) -> KnownActor | None:
        """Return the actor of that id, name or alias."""
        return self._actors.get(_key(name))

    def possessive(self, name: str) -> str:
        """Return ``Russia's``, ``Philippines'`` or ``US``, as it stands before a noun."""
        short = self.short(name)
        if self.say is not ENGLISH:
            return short  # its case stands in the sentence
        if short.isupper() and len(short) <= len("ASEAN"):
            return short
        return f"{short}’" if short.endswith("s") else f"{short}’s"

    def voices(self, party: str) -> tuple[str, ...]:
        """Return the words by which a text names a party: its names, capital and people."""
        actor = self.actor(party)
        if actor is None:
            return (party,)
        return (actor.name, *actor.adjectives, *actor.metonyms, *self._voices.get(actor.id, ()))

    def party(self, speaker: str) -> str | None:
        """Return the full name of the party that a speaker stands for.

        Args:
            speaker: A person, a party, its capital (``Kremlin``) or words that
                begin with either (``Ukrainian officials``).
        """
        person = self.within(speaker)
        if person:
            return self.full(person.party) if person.party else None
        words = bare(speaker).replace("’s", "").replace("'s", "").split()
        for end in range(len(words), 0, -1):
            head = " ".join(words[:end])
            actor = self.actor(head) or self._stands_for.get(_key(head))
            if actor:
                return actor.name
        return None

    def within(self, words: str) -> KnownPerson | None:
        """Return the person whom words name, also behind an office or before a comma."""
        for part in words.split(","):
            tokens = bare(part).split()
            for start in range(len(tokens)):
                person = self.person(" ".join(tokens[start:]))
                if person:
                    return person
        return self._by_surname(bare(words.split(",", maxsplit=1)[0]))

    def _by_surname(self, words: str) -> KnownPerson | None:
        last = words.split()[-1:] or [""]
        if last[0][:1].isupper() and self._surnames.get(_key(last[0])) == 1:
            return self._proven.get(_key(last[0]))
        return None

    def office(self, name: str, on: date) -> str | None:
        """Return the office that a person holds on a day, the latest if there are several."""
        person = self.person(name)
        held = [
            office
            for office in (person.offices if person else ())
            if (office.since or date.min) <= on < (office.until or date.max)
        ]
        return max(held, key=lambda office: office.since or date.min).title if held else None

    def rank(self, name: str, on: date) -> Rank | None:
        """Return how high a person stands on a day, or ``None`` if nobody knows."""
        person = self.person(name)
        office = self.office(name, on)
        if office is None or person is None:
            return None
        rank = self._titles.get(_key(office)) or _rank_by_words(_key(office))
        party = self.actor(person.party) if person.party else None
        # Whoever leads a movement is its head of government for our purposes.
        if rank is Rank.MOVEMENT and party and party.type is ActorType.MOVEMENT:
            return Rank.HEAD if "deputy" not in _key(office) else Rank.DEPUTY
        return rank

    def leads(self, name: str, on: date) -> bool:
        """Tell whether a person is a head of state or government, or a foreign minister."""
        rank = self.rank(name, on)
        office = _key(self.office(name, on) or "")
        return rank is Rank.HEAD or (rank is Rank.MINISTER and any(word in office for word in FOREIGN))


def bare(words: str) -> str:
    """Return the words without an article or blanks around them."""
    stripped = words.strip()
    lowered = stripped.casefold()
    for article in ("the ", "a ", "an "):
        if lowered.startswith(article):
            return stripped[len(article) :].strip()
    return stripped


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _add(table: dict[str, Known], known: Known, names: Iterable[str]) -> None:
    for name in names:
        table.setdefault(_key(name), known)


def _surnames(persons: Iterable[KnownPerson]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for person in persons:
        counted[_key(person.surname)] = counted.get(_key(person.surname), 0) + 1
    return counted


def _brief(actor: KnownActor) -> str:
    if actor.name in BRIEF:
        return BRIEF[actor.name]
    if len(actor.name) <= LONG:
        return actor.name
    return next((alias for alias in actor.aliases if alias.isupper() and alias.isalpha()), actor.name)


def _rank_by_words(office: str) -> Rank:
    if office in HEADS:
        return Rank.HEAD
    return next((rank for word, rank in RANK_WORDS if word in office), Rank.OFFICIAL)
