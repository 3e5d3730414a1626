"""Who is named: known actors and persons by the gazetteer, unknown ones by grammar."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from bot.classify.lexicon import Lexicon
from bot.classify.tokens import Token, words
from bot.domain.actor import ActorType, Gazetteer, KnownActor, KnownPerson

#: An alias as short as this and all in capitals (``US``, ``UN``) must stand so in the text.
ACRONYM = 5
#: An unknown adjective has at least so many letters.
SHORTEST_ADJECTIVE = 5
#: So many first letters an unknown state and its adjective share.
SHARED_LETTERS = 4
#: An adjective and its organ stand at most so far apart.
REACH = 3
#: An unknown name has at most so many words.
LONGEST_NAME = 4


class Sort(StrEnum):
    """What a mention names."""

    STATE = "state"
    BODY = "body"
    MOVEMENT = "movement"
    PERSON = "person"
    PLACE = "place"
    #: An office or a party without a name: ``the rebels``, ``foreign minister``.
    OFFICE = "office"
    GENERIC = "generic"
    #: Capitalised words that nothing tells more about.
    NAME = "name"


class Mention(NamedTuple):
    """Somebody or some place named between two tokens."""

    start: int
    end: int
    sort: Sort
    #: An id of the gazetteer, or ``None``.
    id: str | None
    #: The full name known, or the text's words.
    name: str
    #: The party that a person or office acts for: an id and a name.
    party: str | None = None
    party_name: str | None = None
    is_adjective: bool = False
    #: A capital or seat: both a state and a place.
    is_seat: bool = False


class _Known(NamedTuple):
    sort: Sort
    id: str | None
    name: str
    party: str | None = None
    party_name: str | None = None
    is_adjective: bool = False
    is_seat: bool = False
    is_upper: bool = False


Phrase = tuple[str, ...]
_SORTS = {ActorType.STATE: Sort.STATE, ActorType.BODY: Sort.BODY, ActorType.MOVEMENT: Sort.MOVEMENT}
ACTORS = frozenset({Sort.STATE, Sort.BODY, Sort.MOVEMENT})
AGENTS = ACTORS | {Sort.PERSON, Sort.OFFICE, Sort.GENERIC}


class Names:
    """Finds mentions in the tokens of a sentence."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self._known: dict[str, list[tuple[Phrase, _Known]]] = {}
        found: dict[Phrase, _Known] = {}
        for surface, known in _surfaces(gazetteer):
            phrase = words(surface)
            if phrase:
                found.setdefault(phrase, known._replace(is_upper=_is_acronym(surface)))
        self._plain: dict[str, list[tuple[Phrase, _Known]]] = {}
        for phrase, known in _plain(gazetteer, lexicon):
            self._plain.setdefault(phrase[0], []).append((phrase, known))
        for phrase, known in found.items():
            self._known.setdefault(phrase[0], []).append((phrase, known))
        for table in (self._known, self._plain):
            for options in table.values():
                options.sort(key=lambda option: -len(option[0]))
        words_of = lexicon.actors
        self._organs = _first_words(words_of["organs"]) | _first_words(words_of["titles"])
        self._endings = tuple(words_of["adjective_endings"])
        self._country = tuple(words_of["country_endings"][:3])
        self._particles = frozenset(words_of["particles"])
        self._movements = frozenset(words_of["movements"])
        self._no_names = frozenset(words_of["no_names"])

    def surfaces(self) -> Iterator[str]:
        """Yield all known names of actors and persons, and the offices."""
        for table in (self._known, self._plain):
            for options in table.values():
                yield from (" ".join(phrase) for phrase, known in options if known.sort is not Sort.PLACE)

    def find(self, sentence: Sequence[Token], familiar: Mapping[str, Mention]) -> tuple[Mention, ...]:
        """Return the mentions of a sentence in order, none within another.

        Args:
            sentence: Its tokens.
            familiar: Unknown names of earlier sentences by their last word.
        """
        norms = [token.norm for token in sentence]
        found: list[Mention] = []
        place = 0
        while place < len(sentence):
            mention = self._at(sentence, norms, place, familiar)
            if mention is None:
                place += 1
            else:
                found.append(mention)
                place = mention.end
        return tuple(_with_parties(found, norms))

    def _at(
        self, sentence: Sequence[Token], norms: Sequence[str], place: int, familiar: Mapping[str, Mention]
    ) -> Mention | None:
        token = sentence[place]
        if not token.is_capital:
            return self._office(norms, place)
        return (
            self._known_at(sentence, norms, place)
            or self._unknown(sentence, norms, place, familiar)
            or self._office(norms, place)
        )

    def _known_at(self, sentence: Sequence[Token], norms: Sequence[str], place: int) -> Mention | None:
        for phrase, known in self._known.get(norms[place], ()):
            end = place + len(phrase)
            if len(phrase) > 1 and tuple(norms[place:end]) != phrase:
                continue
            if known.is_upper and not sentence[place].text.isupper():
                continue
            if len(phrase) == 1 and self._is_within_name(sentence, place, known):
                continue
            return Mention(
                place,
                end,
                known.sort,
                known.id,
                known.name,
                known.party,
                known.party_name,
                known.is_adjective,
                known.is_seat,
            )
        return None

    def _is_within_name(self, sentence: Sequence[Token], place: int, known: _Known) -> bool:
        # "Jordan Henderson" is no state: a surname's neighbour in capitals makes another name of it.
        if known.sort is not Sort.PERSON or place == 0:
            return False
        before = sentence[place - 1]
        own = known.name.casefold()
        return (
            before.is_capital
            and before.norm not in self._no_names
            and before.norm not in own
            and (before.norm not in self._known and before.norm not in self._plain and before.text.isalpha())
        )

    def _office(self, norms: Sequence[str], place: int) -> Mention | None:
        for phrase, known in self._plain.get(norms[place], ()):
            end = place + len(phrase)
            if tuple(norms[place:end]) == phrase:
                return Mention(place, end, known.sort, None, known.name)
        return None

    def _unknown(
        self, sentence: Sequence[Token], norms: Sequence[str], place: int, familiar: Mapping[str, Mention]
    ) -> Mention | None:
        norm = norms[place]
        if norm in familiar:
            old = familiar[norm]
            return old._replace(start=place, end=place + 1)
        if norm in self._no_names or norm in self._plain:
            return None
        if self._is_adjective(norms, place):
            return Mention(place, place + 1, Sort.STATE, None, sentence[place].text, is_adjective=True)
        end = place + 1
        while end < len(sentence) and end - place < LONGEST_NAME:
            size = self._goes_on(sentence, norms, end)
            if not size:
                break
            end += size
        return Mention(place, end, self._sort(norms, place, end), None, _spelled(sentence[place:end]))

    def _sort(self, norms: Sequence[str], place: int, end: int) -> Sort:
        """Return what an unknown name names: by its last word, its ending, or the organ that it owns."""
        is_single = end - place == 1
        if not is_single and norms[end - 1] in self._movements:
            return Sort.MOVEMENT
        if self._owns_organ(norms, end) or (is_single and norms[end - 1].endswith(self._country)):
            return Sort.STATE
        return Sort.NAME

    def _goes_on(self, sentence: Sequence[Token], norms: Sequence[str], place: int) -> int:
        """Return how many tokens from a place on go on a name: the next word, or a particle and the next word."""
        token = sentence[place]
        if token.is_capital:
            return int(norms[place] not in self._no_names and norms[place] not in self._known)
        skip = 1 if norms[place] in self._particles else 0
        follows = sentence[place + skip : place + skip + 2]
        if len(follows) == 2 and follows[0].text == "-" and _is_glued(sentence[place + skip - 1], *follows):  # noqa: PLR2004
            is_part = skip or follows[1].text.islower() or norms[place + 1] not in self._known
            return skip + 2 if is_part and follows[1].text.isalpha() and not self._ends_state(norms, place) else 0
        return skip + 1 if skip and follows and follows[0].is_capital else 0

    def _ends_state(self, norms: Sequence[str], place: int) -> bool:
        return norms[place - 1].endswith(self._country) or norms[place - 1] in self._known

    def _is_adjective(self, norms: Sequence[str], place: int) -> bool:
        norm = norms[place]
        if len(norm) < SHORTEST_ADJECTIVE or not norm.endswith(self._endings):
            return False
        return any(word in self._organs for word in norms[place + 1 : place + 1 + REACH])

    def _owns_organ(self, norms: Sequence[str], end: int) -> bool:
        return norms[end : end + 1] == ["'s"] and any(word in self._organs for word in norms[end + 1 : end + 4])


def _spelled(tokens: Sequence[Token]) -> str:
    """Return tokens as one name, with a blank where the text has one."""
    name = tokens[0].text
    for before, token in pairwise(tokens):
        name += (" " if token.start > before.end else "") + token.text
    return name


def _is_glued(first: Token, second: Token, third: Token) -> bool:
    return first.end == second.start and second.end == third.start


def settle(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Return unknown names by their last word, adjectives tied to the state that shares their beginning."""
    unknown = [
        mention for mention in mentions if mention.id is None and mention.sort not in {Sort.OFFICE, Sort.GENERIC}
    ]
    names = [mention for mention in unknown if not mention.is_adjective and " " not in mention.name]
    found: dict[str, Mention] = {}
    for mention in unknown:
        if mention.is_adjective:
            stem = mention.name[:SHARED_LETTERS].casefold()
            state = next((name for name in names if name.name[:SHARED_LETTERS].casefold() == stem), None)
            if state is not None:
                found[state.name.casefold()] = state._replace(sort=Sort.STATE)
            found[mention.name.casefold()] = mention._replace(name=state.name if state else mention.name)
        elif mention.sort is Sort.PERSON or (mention.sort is Sort.NAME and " " in mention.name):
            _remember(found, mention)
        elif mention.sort is Sort.STATE:
            found[mention.name.casefold()] = mention
    return found


def _remember(found: dict[str, Mention], person: Mention) -> None:
    """Keep the fullest name of a person, and the party wherever a text tells it."""
    key = person.name.split()[-1].casefold()
    old = found.get(key)
    if old is None:
        found[key] = person
    elif old.sort is not Sort.STATE:
        name = person.name if len(person.name) > len(old.name) and person.name.endswith(old.name) else old.name
        party = old if old.party_name else person
        sort = Sort.PERSON if Sort.PERSON in {old.sort, person.sort} else old.sort
        found[key] = old._replace(name=name, sort=sort, party=party.party, party_name=party.party_name)


def _with_parties(found: Sequence[Mention], norms: Sequence[str]) -> Iterator[Mention]:
    """Yield the mentions, names after a title made persons, each with the party that it acts for."""
    found = _joined_states(found, norms)
    for place, mention in enumerate(found):
        before = found[place - 1] if place else None
        if before is None or not _are_close(before, mention, norms):
            yield mention
        elif _is_titled(mention, before):
            party = found[place - 2] if place > 1 and _are_close(found[place - 2], before, norms) else None
            yield _acting(mention._replace(sort=Sort.PERSON), party)
        elif before.sort in ACTORS and (mention.sort is Sort.OFFICE or _is_unplaced(mention)):
            yield _acting(mention, before)
        else:
            yield mention


def _is_titled(mention: Mention, before: Mention) -> bool:
    return (
        before.sort is Sort.OFFICE
        and before.end == mention.start
        and (mention.sort is Sort.NAME or _is_unplaced(mention))
    )


def _is_unplaced(mention: Mention) -> bool:
    """Tell whether it is a person whose party nobody has told yet."""
    return mention.sort is Sort.PERSON and mention.id is None and mention.party_name is None


def _joined_states(found: Sequence[Mention], norms: Sequence[str]) -> Sequence[Mention]:
    """Return the mentions, an unknown name in one row with a state made a state: "Calvenna and Yarovia"."""
    result = list(found)
    for place, (first, second) in enumerate(pairwise(found)):
        between = tuple(norms[first.end : second.start])
        if between not in {("and",), ("-",), ("\u2013",), (",",)} or first.is_adjective or second.is_adjective:
            continue
        one, other = (place, second) if first.sort is Sort.NAME else (place + 1, first)
        is_row = between != (",",) or norms[second.end : second.end + 1] == ["and"] or first.start == 0
        if is_row and result[one].sort is Sort.NAME and " " not in result[one].name and other.sort is Sort.STATE:
            result[one] = result[one]._replace(sort=Sort.STATE)
    return result


def _acting(mention: Mention, party: Mention | None) -> Mention:
    if party is None or party.sort not in ACTORS:
        return mention
    return mention._replace(party=party.id, party_name=party.name)


def _are_close(before: Mention, mention: Mention, norms: Sequence[str]) -> bool:
    between = norms[before.end : mention.start]
    return len(between) <= 1 and "," not in between and "and" not in between


def _surfaces(gazetteer: Gazetteer) -> Iterator[tuple[str, _Known]]:
    actors = {actor.id: actor for actor in gazetteer.actors}
    for actor in gazetteer.actors:
        yield from _actor_surfaces(actor)
    for person in gazetteer.persons:
        party = actors.get(person.party or "")
        yield from _person_surfaces(person, party)
    for place in gazetteer.places:
        for surface in (place.name, *place.aliases):
            yield surface, _Known(Sort.PLACE, None, place.name, place.country)


def _actor_surfaces(actor: KnownActor) -> Iterator[tuple[str, _Known]]:
    known = _Known(_SORTS[actor.type], actor.id, actor.name)
    unsure = frozenset(actor.ambiguous)
    for surface in (actor.name, *actor.aliases):
        if surface not in unsure or surface == actor.name:
            yield surface, known
    for surface in actor.adjectives:
        if surface not in unsure:
            yield surface, known._replace(is_adjective=True)
            yield surface + "s", known
    for surface in actor.metonyms:
        if surface not in unsure:
            yield surface, known._replace(is_seat=True)


def _person_surfaces(person: KnownPerson, party: KnownActor | None) -> Iterator[tuple[str, _Known]]:
    known = _Known(
        Sort.PERSON, person.id, person.name, party.id if party else person.party, party.name if party else None
    )
    for surface in (person.name, *person.aliases):
        yield surface, known
    if not person.common:
        yield person.surname, known


def _plain(gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[tuple[Phrase, _Known]]:
    titles = {*lexicon.actors["titles"]}
    for title in gazetteer.titles:
        titles |= {title.name, *title.aliases}
    for office in sorted(titles):
        phrase = words(office)
        if phrase:
            yield phrase, _Known(Sort.OFFICE, None, office)
    for name in lexicon.actors["generic"]:
        yield words(name), _Known(Sort.GENERIC, None, name)


def _first_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(words(phrase)[0] for phrase in phrases)


def _is_acronym(surface: str) -> bool:
    return surface.isupper() and len(surface) <= ACRONYM
