"""Who is named: known actors and persons by the gazetteer, unknown ones by grammar."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.classify.lexicon import Lexicon
from bot.classify.mentions import Mention, Sort
from bot.classify.parties import with_parties
from bot.classify.surfaces import Known, Phrase, first_words, is_acronym, offices, surfaces
from bot.classify.tokens import Token, words
from bot.domain.actor import Gazetteer

#: An unknown adjective has at least so many letters.
SHORTEST_ADJECTIVE = 5
#: An adjective and its organ stand at most so far apart.
REACH = 3
#: An acronym of so few letters may begin a headline: "KLT-government talks".
SHORT_WORD = 4
#: An unknown name has at most so many words.
LONGEST_NAME = 4
#: A state and the two names of a person stand in one row: "President of Vestria Anna Korba".
STATE_AND_PERSON = 3


class Names:
    """Finds mentions in the tokens of a sentence."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self._known: dict[str, list[tuple[Phrase, Known]]] = {}
        found: dict[Phrase, Known] = {}
        for surface, known in surfaces(gazetteer):
            phrase = words(surface)
            if phrase:
                found.setdefault(phrase, known._replace(is_upper=is_acronym(surface)))
        self._plain: dict[str, list[tuple[Phrase, Known]]] = {}
        for phrase, known in offices(gazetteer, lexicon):
            self._plain.setdefault(phrase[0], []).append((phrase, known))
        for phrase, known in found.items():
            self._known.setdefault(phrase[0], []).append((phrase, known))
        for table in (self._known, self._plain):
            for options in table.values():
                options.sort(key=lambda option: -len(option[0]))
        words_of = lexicon.actors
        self._organs = first_words(words_of["organs"]) | first_words(words_of["titles"])
        self._endings = tuple(words_of["adjective_endings"])
        self._country = tuple(words_of["country_endings"][:3])
        self._particles = frozenset(words_of["particles"])
        self._movements = frozenset(words_of["movements"])
        self._common = frozenset(
            first for first, options in lexicon.phrases.items() if any(len(phrase) == 1 for phrase, _ in options)
        )
        self._verbal = tuple(words_of["verbal_endings"])
        self._joints = frozenset((joint,) for joint in words_of["joints"])
        self._between = frozenset(words_of["between"])
        self._no_names = frozenset(words_of["no_names"])
        self._of = frozenset(words_of["of"])
        self._state_owned = frozenset(words_of["state_owned"])

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
        return tuple(with_parties(found, norms, self._joints))

    def _at(
        self, sentence: Sequence[Token], norms: Sequence[str], place: int, familiar: Mapping[str, Mention]
    ) -> Mention | None:
        token = sentence[place]
        if not token.is_capital:
            office = self._office(norms, place)
            inside = range(place + 1, office.end) if office else ()
            # "the Alliance of the North" is no alliance in general.
            return None if any(self._known_at(sentence, norms, spot) for spot in inside) else office
        return (
            self._known_at(sentence, norms, place)
            or self._initialled(sentence, norms, place, familiar)
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
            if len(phrase) == 1 and (
                self._is_within_name(sentence, place, known) or self._is_given_name(sentence, place, known)
            ):
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

    def _is_within_name(self, sentence: Sequence[Token], place: int, known: Known) -> bool:
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

    def _is_given_name(self, sentence: Sequence[Token], place: int, known: Known) -> bool:
        """Tell whether a surname stands as somebody's first name: "Pavel Roskin" is no President Pavel."""
        if known.sort is not Sort.PERSON or place + 1 >= len(sentence) or _is_title_case(sentence):
            return False
        after = sentence[place + 1]
        return (
            after.is_capital
            and after.text.isalpha()
            and after.norm not in self._no_names
            and after.norm not in self._known
            and after.norm not in self._plain
        )

    def _initialled(
        self, sentence: Sequence[Token], norms: Sequence[str], place: int, familiar: Mapping[str, Mention]
    ) -> Mention | None:
        """Return whom an initial and a surname name: "D. Korba" is the Korba of the rest of the text."""
        row = sentence[place : place + 3]
        if len(row) < 3 or len(row[0].text) > 1 or row[1].text != "." or row[1].start != row[0].end:  # noqa: PLR2004
            return None
        named = self._at(sentence, norms, place + 2, familiar) if row[2].is_capital else None
        return named._replace(start=place) if named and named.sort in {Sort.PERSON, Sort.NAME} else None

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
        if norm in self._no_names or norm in self._plain or _is_slug(sentence, place):
            return None
        is_title = _is_title_case(sentence)
        if (norm in self._common or norm.endswith(self._verbal)) and (is_title or _opens_sentence(sentence, place)):
            return None
        if self._is_adjective(norms, place):
            return Mention(place, place + 1, Sort.STATE, None, sentence[place].text, is_adjective=True)
        pair = self._is_pair(sentence, norms, place)
        end = place + 1
        while not pair and end < len(sentence) and end - place < LONGEST_NAME:
            size = self._goes_on(sentence, norms, end)
            if not size or (is_title and norms[end] in self._common):
                break
            end += size
        is_owner = self._is_owner(norms, place)
        if is_owner and end - place == STATE_AND_PERSON:
            end = place + 1
        sort = Sort.STATE if pair or (is_owner and end - place == 1) else self._sort(norms, place, end)
        return Mention(place, end, sort, None, _spelled(sentence[place:end]))

    def _is_owner(self, norms: Sequence[str], place: int) -> bool:
        """Tell whether a name follows what only a state has: "the territory of Vestria"."""
        return place > 1 and norms[place - 1] in self._of and norms[place - 2] in self._state_owned

    def _is_pair(self, sentence: Sequence[Token], norms: Sequence[str], place: int) -> bool:
        """Tell whether a name is one of two that a hyphen joins before what is between them: "Vestria-Korland talks"."""
        for first in (place, place - 2):
            row = sentence[max(0, first) : first + 4]
            if first < 0 or len(row) < 4 or row[1].text not in "-\u2013":  # noqa: PLR2004
                continue
            alone = first == 0 or not sentence[first - 1].is_capital
            if alone and row[0].is_capital and row[2].is_capital and norms[first + 3] in self._between:
                return True
        return False

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


def _opens_sentence(sentence: Sequence[Token], place: int) -> bool:
    """Tell whether a word has its capital from its place: the first, or after a colon, dash or quotation mark."""
    begins = place == 0 or not sentence[place - 1].text[-1].isalnum()
    return begins and place + 1 < len(sentence) and sentence[place + 1].text[:1].islower()


def _is_title_case(sentence: Sequence[Token]) -> bool:
    """Tell whether a headline writes all its longer words with capitals."""
    return all(token.is_capital for token in sentence if token.text.isalpha() and len(token.text) > SHORT_WORD)


def _is_slug(sentence: Sequence[Token], place: int) -> bool:
    """Tell whether a word is a wire's own before a headline: "ALERT-", "WRAPUP-"."""
    token = sentence[place]
    follows = sentence[place + 1 : place + 3]
    is_shouted = place == 0 and token.text.isupper() and len(token.text) > SHORT_WORD
    return is_shouted and len(follows) == 2 and follows[0].text == "-" and _is_glued(token, *follows)  # noqa: PLR2004


def _spelled(tokens: Sequence[Token]) -> str:
    """Return tokens as one name, with a blank where the text has one."""
    name = tokens[0].text
    for before, token in pairwise(tokens):
        name += (" " if token.start > before.end else "") + token.text
    return name


def _is_glued(first: Token, second: Token, third: Token) -> bool:
    return first.end == second.start and second.end == third.start
