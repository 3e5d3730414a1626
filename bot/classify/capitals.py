"""Who is named in a language that writes every noun with a capital: a capital proves no name there."""

from collections.abc import Iterator, Mapping, Sequence

from bot.classify.actors import LONGEST_NAME, REACH, Names
from bot.classify.lexicon import Lexicon
from bot.classify.mentions import Mention, Sort
from bot.classify.surfaces import Known, surfaces
from bot.classify.tokens import Token, words
from bot.domain.actor import Gazetteer

#: A title at a compound's end has at least so many letters.
SHORTEST_TITLE = 4
#: A name that stands in no list has at least so many letters.
SHORTEST_NAME = 2


class NounNames(Names):
    """Finds mentions by their names in the language, by titles before them, and by two capitals in a row."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        super().__init__(gazetteer, lexicon)
        self._lexicon = lexicon
        row = lexicon.actors
        self._bent = tuple(row["adjective_bends"])
        self._owning = tuple(row["owner_endings"])
        self._titles = tuple(
            last for title in row["titles"] if len(last := words(title)[-1]) >= SHORTEST_TITLE and " " not in title
        )
        self._tied = self._titles + tuple(words(organ)[-1] for organ in row["organs"])
        for surface, known in self._called(gazetteer):
            phrase = words(surface)
            self._known.setdefault(phrase[0], []).insert(0, (phrase, known))
        for options in self._known.values():
            options.sort(key=lambda option: -len(option[0]))

    def _called(self, gazetteer: Gazetteer) -> Iterator[tuple[str, Known]]:
        """Yield what the language calls actors, persons and places, in every form that it gives them."""
        english: dict[str, Known] = {}
        for surface, known in surfaces(gazetteer):
            english.setdefault(surface.casefold(), known)
            if known.sort is not Sort.PLACE:
                english[known.name.casefold()] = known._replace(is_adjective=False, is_seat=False)
        names = self._lexicon.names
        for group in ("actors", "seats", "persons", "places"):
            for own, name in names.get(group, {}).items():
                known = self._meant(english, name, group)
                yield own, known
                yield from ((own + ending, known) for ending in self._owning)
        for own, name in names.get("adjectives", {}).items():
            known = self._meant(english, name, "actors")._replace(is_adjective=True)
            yield from ((own + ending, known) for ending in self._bent)

    @staticmethod
    def _meant(english: Mapping[str, Known], name: str, group: str) -> Known:
        """Return what an English name stands for; one that the gazetteer lacks is known by it alone."""
        sorts = {"actors": Sort.STATE, "seats": Sort.PLACE, "persons": Sort.PERSON, "places": Sort.PLACE}
        known = english.get(name.casefold())
        if known is None or (group == "places" and not known.is_seat and known.sort is not Sort.PLACE):
            return Known(sorts[group], None, name)
        return known

    def _at(
        self, sentence: Sequence[Token], norms: Sequence[str], place: int, familiar: Mapping[str, Mention]
    ) -> Mention | None:
        if not sentence[place].is_capital:
            return self._adjective(sentence, norms, place) or self._office(norms, place)
        return (
            self._known_at(sentence, norms, place)
            or self._owned(sentence, norms, place)
            or self._office(norms, place)
            or self._compound_office(norms, place)
            or self._unknown(sentence, norms, place, familiar)
        )

    def _owned(self, sentence: Sequence[Token], norms: Sequence[str], place: int) -> Mention | None:
        """Return a known name of one word that owns what follows: "Putins"."""
        for ending in self._owning:
            bare = norms[place].removesuffix(ending)
            if ending and bare != norms[place] and len(bare) > SHORTEST_NAME:
                for phrase, known in self._known.get(bare, ()):
                    if len(phrase) == 1 and not known.is_upper:
                        return Mention(place, place + 1, known.sort, known.id, known.name, known.party, known.party_name,
                                       known.is_adjective, known.is_seat)  # fmt: skip
        return None

    def _compound_office(self, norms: Sequence[str], place: int) -> Mention | None:
        norm = norms[place]
        title = next((title for title in self._titles if norm.endswith(title) and norm != title), None)
        return None if title is None else Mention(place, place + 1, Sort.OFFICE, None, title)

    def _adjective(self, sentence: Sequence[Token], norms: Sequence[str], place: int) -> Mention | None:
        """Return the state whose adjective stands in small letters before one of its organs."""
        for phrase, known in self._known.get(norms[place], ()):
            if known.is_adjective and len(phrase) == 1:
                return Mention(place, place + 1, known.sort, known.id, known.name, is_adjective=True)
        if norms[place].endswith(self._endings) and norms[place] not in self._no_names:
            after = norms[place + 1 : place + 1 + REACH]
            if any(norm.endswith(self._tied) for norm in after):
                return Mention(place, place + 1, Sort.STATE, None, sentence[place].text, is_adjective=True)
        return None

    def _unknown(
        self, sentence: Sequence[Token], norms: Sequence[str], place: int, familiar: Mapping[str, Mention]
    ) -> Mention | None:
        norm = norms[place]
        for bare in (norm, *(norm.removesuffix(ending) for ending in self._owning)):
            if bare in familiar:
                return familiar[bare]._replace(start=place, end=place + 1)
        if not self._may_name(sentence, norms, place):
            return None
        end = place + 1
        while end < len(sentence) and end - place < LONGEST_NAME:
            skip = 1 if norms[end] in self._particles else 0
            if end + skip >= len(sentence) or not self._may_name(sentence, norms, end + skip):
                break
            end += skip + 1
        name = " ".join(token.text for token in sentence[place:end])
        if end - place == 1:
            is_titled = place > 0 and norms[place - 1].endswith(self._titles)
            is_state = norm.endswith(self._country) or norm.removesuffix("s").endswith(self._country)
            if not (is_titled or is_state):
                return None
            if is_state and not is_titled:
                own = next((name.removesuffix(e) for e in self._owning if e and norm.removesuffix(e) != norm), name)
                return Mention(place, end, Sort.STATE, None, own)
        sort = Sort.MOVEMENT if end - place > 1 and norms[end - 1] in self._movements else Sort.NAME
        return Mention(place, end, sort, None, name)

    def _may_name(self, sentence: Sequence[Token], norms: Sequence[str], place: int) -> bool:
        """Tell whether a word with a capital may be a name: it is no noun that the language's lists know."""
        token, norm = sentence[place], norms[place]
        return (
            token.is_capital
            and len(norm) >= SHORTEST_NAME
            and token.text.isalpha()
            and norm not in self._no_names
            and norm not in self._plain
            and norm not in self._known
            and norm not in self._common
            and not norm.endswith(self._tied)
            and not self._lexicon.compound(norm)
        )
