"""Who and what an article names: actors, persons, places and the phrases that mark stories."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.domain.actor import Gazetteer, KnownActor
from bot.domain.story import Story

#: Names and phrases with what each can mean: (what, id).
Meanings = dict[str, tuple[tuple[str, str], ...]]

#: As much of an article as is looked at, in characters.
READ = 3000


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: ``what`` is ``actor``, ``person``, ``place``, ``term`` or ``exclude``."""

    what: str
    #: An id, a place name, or for phrases the story's id.
    id: str
    start: int


class Names:
    """Finds names and phrases in texts, longest first, whole words only."""

    def __init__(self, gazetteer: Gazetteer, stories: Iterable[Story] = ()) -> None:
        self._names = _Finder(_names(gazetteer))
        self._phrases = _Finder(_phrases(stories))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return what a text's beginning names, in order within names and within phrases."""
        read = text[:READ]
        return (*self._names.find(read), *self._phrases.find(read.lower(), overlapping=True))


class _Finder:
    """Looks for many forms at once."""

    def __init__(self, forms: Meanings) -> None:
        usable = [form for form in forms if len(form) > 1]
        self._means: Sequence[tuple[tuple[str, str], ...]] = [forms[form] for form in usable]
        self._longest = AhoCorasick(usable, matchkind=MatchKind.LeftmostLongest) if usable else None
        self._all = AhoCorasick(usable) if usable else None

    def find(self, text: str, *, overlapping: bool = False) -> Iterable[Mention]:
        matcher = self._all if overlapping else self._longest
        if matcher is None:
            return
        for which, start, end in matcher.find_matches_as_indexes(text, overlapping=overlapping):
            if _is_word(text, start, end):
                for what, key in self._means[which]:
                    yield Mention(what, key, start)


def _names(gazetteer: Gazetteer) -> Meanings:
    """Return what each name means; a person speaks for a party."""
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for actor in gazetteer.actors:
        for form in _forms(actor):
            names[form].append(("actor", actor.id))
    for person in gazetteer.persons:
        for form in {person.name, *person.aliases, *person.surnames}:
            names[form].append(("person", person.id))
            if person.party:
                names[form].append(("actor", person.party))
    for place in gazetteer.places:
        for form in {place.name, *place.aliases}:
            names[form].append(("place", place.name))
    return {form: tuple(dict.fromkeys(means)) for form, means in names.items()}


def _phrases(stories: Iterable[Story]) -> Meanings:
    """Return the stories that each phrase marks."""
    phrases: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for story in stories:
        for what, forms in (("term", story.terms), ("exclude", story.excludes)):
            for form in forms:
                phrases[form.lower()].append((what, story.id))
    return {form: tuple(means) for form, means in phrases.items()}


def _forms(actor: KnownActor) -> set[str]:
    forms = {actor.name, *actor.aliases, *actor.adjectives, *actor.metonyms}
    return forms - set(actor.ambiguous)


def _is_word(text: str, start: int, end: int) -> bool:
    before = start == 0 or not text[start - 1].isalnum()
    return before and (end == len(text) or not text[end].isalnum())
