"""A language's words: classes of predicates, objects and markers, read from its folder of data."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from importlib import resources
from typing import Any, NamedTuple

from bot.classify.tokens import words

Phrase = tuple[str, ...]


class Form(StrEnum):
    """How a predicate stands in its sentence."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    #: A past form that is also the participle.
    PARTICIPLE = "participle"
    ING = "ing"
    NOUN = "noun"
    PHRASE = "phrase"


class Entry(NamedTuple):
    """What a phrase of the lexicon stands for."""

    #: ``does``, ``object``, ``concept``, ``mark`` or ``domain``.
    group: str
    name: str
    form: Form


@dataclass(frozen=True)
class Lexicon:
    """All phrases of one language, by their first word."""

    language: str
    phrases: Mapping[str, Sequence[tuple[Phrase, tuple[Entry, ...]]]]
    actors: Mapping[str, Sequence[str]]
    time: Mapping[str, Any]

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Words that end in a dot without ending a sentence."""
        return frozenset(self.time.get("abbreviations", ()))

    def at(self, norms: Sequence[str], place: int) -> Iterator[tuple[int, tuple[Entry, ...]]]:
        """Yield each phrase that begins at a place: its length and what it stands for."""
        for phrase, entries in self.phrases.get(norms[place], ()):
            size = len(phrase)
            if size == 1 or tuple(norms[place : place + size]) == phrase:
                yield size, entries


def load(language: str) -> Lexicon:
    """Return the lexicon of a language from the package's data."""
    folder = resources.files("bot.classify") / "lexicons" / language
    data = {
        name: tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("predicates", "objects", "concepts", "markers", "domains", "actors", "time", "forms")
    }
    found: dict[Phrase, dict[Entry, None]] = {}
    for phrase, entry in _entries(data):
        found.setdefault(phrase, {})[entry] = None
    by_first: dict[str, list[tuple[Phrase, tuple[Entry, ...]]]] = {}
    for phrase, entries in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
        by_first.setdefault(phrase[0], []).append((phrase, tuple(entries)))
    return Lexicon(language=language, phrases=by_first, actors=data["actors"], time=data["time"])


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[Phrase, Entry]]:
    bend = Bending(data["forms"])
    for name, row in data["predicates"].items():
        for verb in row.get("verbs", ()):
            yield from ((words(text), Entry("does", name, form)) for text, form in bend.verb(verb))
        for noun in row.get("nouns", ()):
            yield from ((words(text), Entry("does", name, Form.NOUN)) for text in bend.noun(noun))
        yield from _plain("does", name, row.get("phrases", ()))
    for name, nouns in data["objects"].items():
        for noun in nouns:
            yield from ((words(text), Entry("object", name, Form.NOUN)) for text in bend.noun(noun))
    for name, phrases in data["markers"].items():
        yield from _plain("mark", name, phrases)
    for name, phrases in data["domains"].items():
        yield from _plain("domain", name, phrases)
    yield from _kindred(data["concepts"], bend)


def _kindred(concepts: Mapping[str, Sequence[str]], bend: "Bending") -> Iterator[tuple[Phrase, Entry]]:
    for name, phrases in concepts.items():
        entry = Entry("concept", name, Form.PHRASE)
        for phrase in phrases:
            forms = {phrase, *bend.noun(phrase), *(text for text, _ in bend.verb(phrase))}
            yield from ((words(text), entry) for text in forms)


def _plain(group: str, name: str, phrases: Iterable[str]) -> Iterator[tuple[Phrase, Entry]]:
    return ((words(phrase), Entry(group, name, Form.PHRASE)) for phrase in phrases)


class Bending:
    """Makes the forms of verbs and nouns by a language's rules."""

    def __init__(self, forms: Mapping[str, Any]) -> None:
        self._verbs = [(re.compile(rule[0]), rule[1:]) for rule in forms["verb"]]
        self._nouns = [(re.compile(rule[0]), rule[1]) for rule in forms["noun"]]
        self._irregular = forms["irregular"]

    def verb(self, verb: str) -> Iterator[tuple[str, Form]]:
        """Yield the forms of a verb; one of several words bends its first."""
        head, _, rest = verb.partition(" ")
        tail = f" {rest}" if rest else ""
        yield verb, Form.BASE
        for bent, form in self._bent(head):
            yield bent + tail, form

    def noun(self, noun: str) -> Iterator[str]:
        """Yield a noun and its plural."""
        yield noun
        for ending, change in self._nouns:
            if ending.search(noun):
                yield _changed(noun, change)
                return

    def _bent(self, head: str) -> Iterator[tuple[str, Form]]:
        if head in self._irregular:
            third, past, participle, ing = self._irregular[head]
        else:
            changes = next(changes for ending, changes in self._verbs if ending.search(head))
            third, past, ing = (_changed(head, change) for change in changes)
            participle = past
        yield third, Form.THIRD
        yield participle, Form.PARTICIPLE
        if past != participle:
            yield past, Form.PAST
        yield ing, Form.ING


def _changed(word: str, change: str) -> str:
    if change.startswith("-"):
        return word[: -int(change[1])] + change[2:]
    if change.startswith("+"):
        return word + word[-1] + change[1:]
    return word + change
