"""A sentence read for its grammar: its acts, things, marks and mentions by place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.classify.actors import Names
from bot.classify.lexicon import Form, Gapped, Lexicon
from bot.classify.mentions import AGENTS, Mention, Sort
from bot.classify.tokens import Span, Token, tokens

#: No sentence has more words than this that are worth reading.
MOST_TOKENS = 300
#: Nor more acts and things.
MOST_HITS = 80
#: The parts of one phrase stand at most so many words apart.
LONGEST_GAP = 16
#: A dateline opens with a city in capitals and ends with a dash within so many tokens.
SHORTEST_CITY = 2
LONGEST_DATELINE = 14
#: Whoever reports stands in brackets of so many words before that dash.
LONGEST_CREDIT = 4
_CLAUSE_ENDS = frozenset({",", ";", ":", "!", "?"})
DASHES = frozenset({"-", "\u2013", "\u2014"})


class Hit(NamedTuple):
    """A phrase of the lexicon between two tokens."""

    start: int
    end: int
    name: str
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the lexicon and the gazetteer see in one sentence."""

    span: Span
    tokens: Sequence[Token]
    norms: Sequence[str]
    acts: Sequence[Hit] = ()
    things: Sequence[Hit] = ()
    #: Families of kindred words by place: looser than acts and things.
    concepts: Sequence[tuple[int, str]] = ()
    marks: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    domains: Mapping[str, int] = field(default_factory=dict)
    mentions: Sequence[Mention] = ()
    #: Where the report was written, by its dateline.
    dateline: Mention | None = None

    def agents(self) -> Sequence[Mention]:
        """Return the mentions that can act."""
        return [mention for mention in self.mentions if mention.sort in AGENTS]

    def has(self, mark: str, start: int = 0, end: int | None = None) -> bool:
        """Tell whether a mark stands between two tokens."""
        last = len(self.tokens) if end is None else end
        return any(start <= hit.start and hit.end <= last for hit in self.marks.get(mark, ()))


class Reader:
    """Reads sentences with one lexicon and one gazetteer."""

    def __init__(self, lexicon: Lexicon, names: Names) -> None:
        self._lexicon = lexicon
        self._names = names

    def read(self, text: str, span: Span, familiar: Mapping[str, Mention]) -> Reading:
        """Return what stands in a sentence; ``familiar`` holds names of earlier ones."""
        found = tokens(text, span.start, span.end)[:MOST_TOKENS]
        norms = [token.norm for token in found]
        start = dateline(found)
        named = self._names.find(found, familiar)
        start = start or _place_before_colon(norms, named)
        mentions = tuple(mention for mention in named if mention.start >= start)
        taken = {
            place
            for mention in mentions
            if mention.sort not in {"office", "generic"}
            for place in range(mention.start, mention.end)
        }
        acts: list[Hit] = []
        things: list[Hit] = []
        concepts: list[tuple[int, str]] = []
        marks: dict[str, list[Hit]] = {}
        domains: dict[str, int] = {}
        ends = {"does": 0, "object": 0}
        is_cased = self._lexicon.has_capital_nouns
        for place in range(len(norms)):
            longest = {"does": 0, "object": 0}
            for size, entries in self._lexicon.at(norms, place):
                end = place + size
                for entry in entries:
                    if entry.group == "concept":
                        concepts.append((place, entry.name))
                    elif entry.group == "mark" and place not in taken:  # the United States state nothing
                        marks.setdefault(entry.name, []).append(Hit(place, end, entry.name, entry.form))
                    elif entry.group == "domain":
                        domains[entry.name] = domains.get(entry.name, 0) + 1
                    elif (
                        place not in taken
                        and (not is_cased or size > 1 or _fits(found, place, entry.form))
                        and len(acts) + len(things) < MOST_HITS
                        and (entry.group == "does" or (size >= longest[entry.group] and end > ends[entry.group]))
                    ):
                        longest[entry.group] = size
                        target = acts if entry.group == "does" else things
                        target.append(Hit(place, end, entry.name, entry.form))
            for group, size in longest.items():
                if size:
                    ends[group] = max(ends[group], place + size)
        acts += self._parted(norms, taken, "does")
        things += self._parted(norms, taken, "object")
        return Reading(
            span=span,
            tokens=found,
            norms=norms,
            acts=acts,
            things=things,
            concepts=concepts,
            marks=marks,
            domains=domains,
            mentions=mentions,
            dateline=next((one for one in named if one.end <= start and is_place(one)), None),
        )

    def _parted(self, norms: Sequence[str], taken: Collection[int], group: str) -> list[Hit]:
        """Return the acts or things whose words stand apart: "lehnt … ab"."""
        if not self._lexicon.gapped:
            return []
        return [
            Hit(place, place + len(one.parts[0]), one.entry.name, one.entry.form)
            for place, norm in enumerate(norms)
            if place not in taken
            for one in self._lexicon.gapped.get(norm, ())
            if one.entry.group == group and _stands(norms, place, one)
        ]


def is_place(mention: Mention) -> bool:
    """Tell whether a name may be that of a place."""
    is_state = mention.sort is Sort.STATE and not mention.is_adjective
    return mention.is_seat or is_state or mention.sort in {Sort.PLACE, Sort.NAME}


def _fits(found: Sequence[Token], place: int, form: Form) -> bool:
    """Tell whether a word is a noun with a capital or a verb without, where nothing else gives it its capital."""
    if form is Form.PHRASE or (place == 0 or not found[place - 1].text[-1].isalnum()):
        return True
    return found[place].is_capital is (form is Form.NOUN)


def _stands(norms: Sequence[str], place: int, one: Gapped) -> bool:
    """Tell whether all parts of a phrase follow each other from a place on, in one clause."""
    first, *others = one.parts
    if tuple(norms[place : place + len(first)]) != first:
        return False
    end = place + len(first)
    for part in others:
        spot = end
        while tuple(norms[spot : spot + len(part)]) != part or (one.is_closing and not _is_over(norms, spot + 1)):
            if spot >= len(norms) or spot - end > LONGEST_GAP or norms[spot] in _CLAUSE_ENDS:
                return False
            spot += 1
        end = spot + len(part)
    return True


def _is_over(norms: Sequence[str], place: int) -> bool:
    """Tell whether a clause ends before a place: there is no word there."""
    return place >= len(norms) or not norms[place][0].isalnum()


def _place_before_colon(norms: Sequence[str], named: Sequence[Mention]) -> int:
    """Return where a report begins that opens with its city: "Doha: …" before a whole sentence, no headline."""
    first = named[0] if named else None
    if first is None or first.start or not (first.is_seat or first.sort is Sort.PLACE):
        return 0
    is_whole = norms[-1:] == ["."] and len(norms) > LONGEST_DATELINE
    return first.end + 1 if is_whole and norms[first.end : first.end + 1] == [":"] else 0


def dateline(found: Sequence[Token]) -> int:
    """Return where the report begins: after ``MOSCOW, May 11 -`` or ``Doha (Agency) -``, if it opens so."""
    if not found or not found[0].is_capital:
        return 0
    is_shouted = found[0].text.isupper() and len(found[0].text) > SHORTEST_CITY
    for place, token in enumerate(found[:LONGEST_DATELINE]):
        if token.text in DASHES and place and found[place - 1].end < token.start:
            return place + 1 if is_shouted or _is_credited(found[:place]) else 0
    return 0


def _is_credited(opening: Sequence[Token]) -> bool:
    """Tell whether words before a dash are a city, its country, a day, and in brackets who reports."""
    texts = [token.text for token in opening]
    if texts[-1] != ")" or "(" not in texts:
        return False
    start = texts.index("(")
    is_short = 1 < len(texts) - start - 1 <= LONGEST_CREDIT + 1
    return is_short and all(token.is_capital or not token.text.isalpha() for token in opening[:start])
