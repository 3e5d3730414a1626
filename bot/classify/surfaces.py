"""Every form in which a known actor, person, office or place stands in texts."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.classify.lexicon import Lexicon
from bot.classify.mentions import Sort
from bot.classify.tokens import words
from bot.domain.actor import ActorType, Gazetteer, KnownActor, KnownPerson

#: An alias as short as this and all in capitals (``US``, ``UN``) must stand so in the text.
ACRONYM = 5
#: An ambiguous one is believed from so many letters on.
LONG_ACRONYM = 3
Phrase = tuple[str, ...]
_SORTS = {ActorType.STATE: Sort.STATE, ActorType.BODY: Sort.BODY, ActorType.MOVEMENT: Sort.MOVEMENT}


class Known(NamedTuple):
    """What a form stands for."""

    sort: Sort
    id: str | None
    name: str
    party: str | None = None
    party_name: str | None = None
    is_adjective: bool = False
    is_seat: bool = False
    is_upper: bool = False


def surfaces(gazetteer: Gazetteer) -> Iterator[tuple[str, Known]]:
    """Yield every name, adjective, metonym and place of a gazetteer.

    Of what is ambiguous, adjectives and long acronyms are kept: in texts that
    a gate for diplomacy lets through, "Georgian" and "RSF" hardly ever mean
    anything else, whereas "the Council" and "Tripoli" do.
    """
    actors = {actor.id: actor for actor in gazetteer.actors}
    for actor in gazetteer.actors:
        yield from _actor_surfaces(actor)
    for person in gazetteer.persons:
        party = actors.get(person.party or "")
        yield from _person_surfaces(person, party)
    for place in gazetteer.places:
        for surface in (place.name, *place.aliases):
            country = actors.get(place.country or "")
            yield surface, Known(Sort.PLACE, None, place.name, place.country, country.name if country else None)


def _actor_surfaces(actor: KnownActor) -> Iterator[tuple[str, Known]]:
    known = Known(_SORTS[actor.type], actor.id, actor.name)
    unsure = frozenset(actor.ambiguous)
    for surface in (actor.name, *actor.aliases):
        if surface not in unsure or surface == actor.name or (is_acronym(surface) and len(surface) >= LONG_ACRONYM):
            yield surface, known
    for surface in actor.adjectives:
        yield surface, known._replace(is_adjective=True)
        yield surface + "s", known
    for surface in actor.metonyms:
        if surface not in unsure:
            yield surface, known._replace(is_seat=True)


def _person_surfaces(person: KnownPerson, party: KnownActor | None) -> Iterator[tuple[str, Known]]:
    known = Known(
        Sort.PERSON, person.id, person.name, party.id if party else person.party, party.name if party else None
    )
    for surface in (person.name, *person.aliases):
        yield surface, known
    for surname in person.surnames:
        yield surname, known


def offices(gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[tuple[Phrase, Known]]:
    """Yield the offices and parties that act without a name."""
    titles = {*lexicon.actors["titles"]}
    for title in gazetteer.titles:
        titles |= {title.name, *title.aliases}
    for office in sorted(titles):
        phrase = words(office)
        if phrase:
            yield phrase, Known(Sort.OFFICE, None, office)
    for name in lexicon.actors["generic"]:
        yield words(name), Known(Sort.GENERIC, None, name)


def first_words(phrases: Iterable[str]) -> frozenset[str]:
    """Return the words with which phrases begin."""
    return frozenset(words(phrase)[0] for phrase in phrases)


def is_acronym(surface: str) -> bool:
    """Tell whether a form counts only in capitals: ``US``, ``UN``."""
    return surface.isupper() and len(surface) <= ACRONYM
