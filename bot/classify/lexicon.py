"""A language's words: classes of predicates, objects and markers, read from its folder of data."""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from itertools import groupby
from typing import Any, NamedTuple

from bot.classify.bending import Bending, Form
from bot.classify.languages import USUAL
from bot.classify.tokens import words

__all__ = ["Entry", "Form", "Gapped", "Lexicon", "Order", "load", "table"]

#: What stands in a phrase for any words of one clause: "lehnt ~ ab".
GAP = "~"
#: A compound's parts have at least so many letters.
SHORTEST_FRONT = 3
SHORTEST_TAIL = 4

Phrase = tuple[str, ...]


class Entry(NamedTuple):
    """What a phrase of the lexicon stands for."""

    #: ``does``, ``object``, ``concept``, ``mark`` or ``domain``.
    group: str
    name: str
    form: Form


class Gapped(NamedTuple):
    """A phrase whose parts stand apart within one clause."""

    parts: tuple[Phrase, ...]
    entry: Entry
    #: Its last part ends the clause, as the particle of a parted verb does.
    is_closing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How far apart and in which order a language has an act and its thing."""

    #: An act and its thing stand at most so many words apart to be tied for sure, or at all.
    near: int
    far: int
    #: A noun reaches no further: "postponement of the talks".
    noun: int
    #: What stands between two that do not belong together.
    breaks: frozenset[str]
    #: A verb at the end of its clause has its object before it.
    is_verb_final: bool = False
    #: Acts that reach their thing over a comma: "call on them, to …".
    reaching: frozenset[str] = frozenset()
    #: Words after which a thing is what is talked about: "talks on a truce".
    topics: frozenset[str] = frozenset()
    #: Words after which a seat of power is a place.
    within: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Lexicon:
    """All phrases of one language, by their first word."""

    language: str
    phrases: Mapping[str, Sequence[tuple[Phrase, tuple[Entry, ...]]]]
    actors: Mapping[str, Any]
    time: Mapping[str, Any]
    order: Order
    #: How the language calls those whom the gazetteer knows in English, by sort.
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    gapped: Mapping[str, Sequence[Gapped]] = field(default_factory=dict)
    #: By their last parts: what compounds of them stand for, where the language writes them as one word.
    tails: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    #: By their first parts.
    fronts: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Words that end in a dot without ending a sentence."""
        return frozenset(self.time.get("abbreviations", ()))

    @cached_property
    def too_common(self) -> frozenset[str]:
        """Words of diplomacy that are no sign of it."""
        return frozenset(self.actors["too_common"])

    @property
    def has_capital_nouns(self) -> bool:
        """Tell whether all nouns are written with a capital, so that capitals tell no names."""
        return bool(self.actors.get("capital_nouns"))

    def at(self, norms: Sequence[str], place: int) -> Iterable[tuple[int, tuple[Entry, ...]]]:
        """Return each phrase that begins at a place: its length and what it stands for."""
        options = self.phrases.get(norms[place])
        found = [
            (len(phrase), entries)
            for phrase, entries in options or ()
            if len(phrase) == 1 or tuple(norms[place : place + len(phrase)]) == phrase
        ]
        if self.tails and not found and (entries := self.compound(norms[place])):
            return ((1, entries),)
        return found

    def compound(self, norm: str) -> tuple[Entry, ...]:
        """Return what a word of several parts stands for: its last part's sense, its first part's world."""
        for place in range(SHORTEST_FRONT, len(norm) - SHORTEST_TAIL + 1):
            last = self.tails.get(norm[place:])
            if last is not None:
                first = norm[:place]
                return (*last, *(self.fronts.get(first) or self.fronts.get(first.removesuffix("s"), ())))
        return ()


#: Tables whose rows the program asks for by name: what a language lacks of the first one's is empty.
ASKED = frozenset({"actors", "grammar", "time"})


def table(language: str, name: str) -> dict[str, Any]:
    """Return a table of a language's folder; one that it lacks is empty."""
    path = resources.files("bot.classify") / "lexicons" / language / f"{name}.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if name in ASKED and language != USUAL:
        return {**{row: type(words)() for row, words in table(USUAL, name).items()}, **rows}
    return rows


def load(language: str) -> Lexicon:
    """Return the lexicon of a language from the package's data."""
    data = {
        name: table(language, name)
        for name in ("predicates", "objects", "concepts", "markers", "domains", "actors", "time", "forms", "order")
    }
    found: dict[Phrase, dict[Entry, None]] = {}
    gapped: dict[str, list[Gapped]] = {}
    for phrase, entry, is_closing in _entries(data):
        if GAP in phrase:
            one = Gapped(_parts(phrase), entry, is_closing)
            gapped.setdefault(one.parts[0][0], []).append(one)
        else:
            found.setdefault(phrase, {})[entry] = None
    by_first: dict[str, list[tuple[Phrase, tuple[Entry, ...]]]] = {}
    for phrase, entries in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
        by_first.setdefault(phrase[0], []).append((phrase, tuple(entries)))
    has_compounds = data["forms"].get("compounds", False)
    return Lexicon(
        language=language,
        phrases=by_first,
        actors=data["actors"],
        names=table(language, "names"),
        time=data["time"],
        order=_order(data["order"]),
        gapped=gapped,
        tails=_single(found, SHORTEST_TAIL, {"object"}) if has_compounds else {},
        fronts=_single(found, SHORTEST_FRONT, {"domain"}) if has_compounds else {},
    )


def _order(row: Mapping[str, Any]) -> Order:
    return Order(
        near=row["near"],
        far=row["far"],
        noun=row["noun"],
        breaks=frozenset(row["breaks"]),
        is_verb_final=row["verb_final"],
        reaching=frozenset(row["reaching"]),
        topics=frozenset(row["topics"]),
        within=frozenset(row["within"]),
    )


def _parts(phrase: Phrase) -> tuple[Phrase, ...]:
    return tuple(tuple(group) for is_gap, group in groupby(phrase, GAP.__eq__) if not is_gap)


def _single(
    found: Mapping[Phrase, Mapping[Entry, None]], shortest: int, groups: Collection[str]
) -> dict[str, tuple[Entry, ...]]:
    """Return the entries of phrases of one word that may be part of a compound."""
    table = {
        phrase[0]: tuple(entry for entry in entries if entry.group in groups)
        for phrase, entries in found.items()
        if len(phrase) == 1 and len(phrase[0]) >= shortest
    }
    return {word: entries for word, entries in table.items() if entries}


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[Phrase, Entry, bool]]:
    bend = Bending(data["forms"])
    for name, row in data["predicates"].items():
        for verb in row.get("verbs", ()):
            for text, form in bend.verb(verb):
                yield words(text), Entry("does", name, form), False
            for text, form in bend.parted(verb):
                yield words(text), Entry("does", name, form), True
        for noun in row.get("nouns", ()):
            yield from ((words(text), Entry("does", name, Form.NOUN), False) for text in bend.noun(noun))
        yield from _plain("does", name, row.get("phrases", ()))
    for name, nouns in data["objects"].items():
        for noun in nouns:
            yield from ((words(text), Entry("object", name, Form.NOUN), False) for text in bend.noun(noun))
    for name, phrases in data["markers"].items():
        yield from _plain("mark", name, phrases)
    for name, phrases in data["domains"].items():
        yield from _plain("domain", name, phrases)
    yield from _kindred(data["concepts"], bend)


def _kindred(concepts: Mapping[str, Sequence[str]], bend: Bending) -> Iterator[tuple[Phrase, Entry, bool]]:
    for name, phrases in concepts.items():
        entry = Entry("concept", name, Form.PHRASE)
        for phrase in phrases:
            forms = {phrase, *bend.noun(phrase), *(text for text, _ in bend.verb(phrase))}
            yield from ((words(text), entry, False) for text in forms)


def _plain(group: str, name: str, phrases: Iterable[str]) -> Iterator[tuple[Phrase, Entry, bool]]:
    return ((words(phrase), Entry(group, name, Form.PHRASE), False) for phrase in phrases)
