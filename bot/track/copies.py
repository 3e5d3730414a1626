"""Copies found online: wire copies, rewrites and re-publications in a window of days.

Two indexes lead from an article to the few that may be like it: its smallest
word triples (a sketch, after Broder 1997) and the rarest words of its title.
Only those are compared. What two titles of one template differ in, a number
or a name, keeps them apart.
"""

from array import array
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Container, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.feed import Article, EntryRef
from bot.track.likeness import likeness
from bot.track.origins import credited
from bot.track.rarity import Rarity
from bot.track.terms import DENIAL
from bot.track.words import Title, body, read_title, triples

#: How long an article is remembered.
WINDOW = timedelta(days=5)

#: So much of the smaller sketch in common is one text.
COPIED = 0.55
#: So much is worth telling as alike.
ALIKE = 0.25
#: So many of the titles' words in common makes them near.
NEAR_TITLE = 0.5
SAME_TITLE = 0.8
#: A title told in other words is the same from this likeness on; below this part of words in common none is.
RETOLD = 0.85
_WORTH_A_LOOK = 0.4

# Sizes of a sketch: kept for comparing, and put into the index.
KEPT = 48
INDEXED = 10
# Titles are looked up by their rarest words, among so many of the latest.
RAREST = 3
LATEST = 40
# So many of each index are compared.
COMPARED = 8
# A text shorter than this many triples proves nothing; a title shorter than this many words neither.
SHORT = 12
TERSE = 3
NEAREST = 5


@dataclass(frozen=True, slots=True)
class Trace:
    """What the window knows of an article."""

    #: The first article that it copies.
    duplicate_of: EntryRef | None
    #: Who it comes from in the end.
    origin: str
    #: Articles that are alike, nearest first, copies included.
    near: tuple[EntryRef, ...]
    #: When the first of its copies was published, if it is one.
    first: datetime | None = None


@dataclass(slots=True)
class _Kept:
    """One article of the window."""

    ref: EntryRef
    at: datetime
    published: datetime
    title: Title
    sketch: "array[int]"
    origin: str
    root: EntryRef
    first: datetime


class Copies:
    """The articles of the last days, each with what it copies."""

    def __init__(self, window: timedelta = WINDOW) -> None:
        self._window = window
        # Two titles are the same or not whatever else was read, so that a restart changes nothing.
        self._rarity = Rarity()
        self._kept: dict[int, _Kept] = {}
        self._order: deque[int] = deque()
        self._number = 0
        self._gone = 0
        self._by_triple: dict[int, int | list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._by_ref: dict[EntryRef, int] = {}
        self._outlets: dict[str, str] = {}

    def add(self, article: Article) -> Trace:
        """Take an article in and return what it copies and where it comes from.

        The same entry again is an edit: it replaces its former version.
        """
        self._forget(article.fetched)
        self._drop(article.ref)
        self._outlets.setdefault(article.outlet.casefold(), article.outlet)
        kept, trace = self._traced(article)
        self._keep(kept)
        return trace

    def look(self, article: Article) -> Trace:
        """Return what an article copies and where it comes from, without taking it in."""
        return self._traced(article)[1]

    def _traced(self, article: Article) -> tuple[_Kept, Trace]:
        title = read_title(article.title)
        sketch = array("I", sorted(triples(body(article.title, article.text)))[:KEPT])
        ranked = sorted(
            ((likeness, -number, copied) for number, likeness, copied in self._alike(title, sketch)), reverse=True
        )
        copied = [self._kept[-number] for _, number, same in ranked if same]
        original = min(copied, key=lambda kept: kept.first) if copied else None
        credit = credited(article.text, article.outlet, self._outlets)
        kept = _Kept(
            ref=article.ref,
            at=article.fetched,
            published=article.published,
            title=title,
            sketch=sketch,
            origin=original.origin
            if original
            else self._outlets.get((credit or "").casefold(), credit or article.outlet),
            root=original.root if original else article.ref,
            first=min(original.first, article.published) if original else article.published,
        )
        return kept, Trace(
            duplicate_of=original.root if original else None,
            origin=kept.origin,
            near=tuple(self._kept[-number].ref for _, number, _ in ranked[:NEAREST]),
            first=original.first if original else None,
        )

    def _alike(self, title: Title, sketch: "array[int]") -> Iterator[tuple[int, float, bool]]:
        """Yield (number, likeness, is a copy) for what is like an article."""
        known = frozenset(sketch)
        for number in self._candidates(title, sketch):
            other = self._kept[number]
            texts = _overlap(sketch, known, other.sketch)
            titles = _jaccard(title.words, other.title.words)
            copied = _is_copy(title, other.title, texts, titles, self._rarity)
            likeness = max(texts or 0.0, titles)
            if copied or (texts is not None and texts >= ALIKE) or titles >= NEAR_TITLE:
                yield number, likeness + copied, copied

    def _candidates(self, title: Title, sketch: "array[int]") -> set[int]:
        by_triple: Counter[int] = Counter()
        for triple in sketch[:INDEXED]:
            found = self._by_triple.get(triple, ())
            by_triple.update((found,) if isinstance(found, int) else found[-LATEST:])
        known = [self._by_word[word] for word in title.words if word in self._by_word]
        by_word: Counter[int] = Counter()
        for postings in sorted(known, key=len)[:RAREST]:
            by_word.update(postings[-LATEST:])
        least = min(2, len(known))
        return _likeliest(by_triple, 2, self._kept) | _likeliest(by_word, least, self._kept)

    def _keep(self, kept: _Kept) -> None:
        self._number += 1
        number = self._number
        self._kept[number] = kept
        self._order.append(number)
        self._by_ref[kept.ref] = number
        self._index(number, kept)

    def _index(self, number: int, kept: _Kept) -> None:
        for triple in kept.sketch[:INDEXED]:
            found = self._by_triple.get(triple)
            if found is None:
                self._by_triple[triple] = number
            elif isinstance(found, int):
                self._by_triple[triple] = [found, number]
            elif len(found) < LATEST:
                found.append(number)
            else:
                found[:] = [*found[-LATEST // 2 :], number]
        for word in kept.title.words:
            self._by_word.setdefault(word, []).append(number)

    def _drop(self, ref: EntryRef) -> None:
        number = self._by_ref.pop(ref, None)
        if number is not None and number in self._kept:
            del self._kept[number]
            self._gone += 1

    def _forget(self, now: datetime) -> None:
        """Let go of what is older than the window; sweep the indexes when a quarter is gone."""
        while self._order and (self._order[0] not in self._kept or now - self._kept[self._order[0]].at > self._window):
            number = self._order.popleft()
            if number in self._kept:
                self._drop(self._kept[number].ref)
        if self._gone > 1000 + len(self._kept) // 4:
            self._gone = 0
            self._by_triple.clear()
            self._by_word.clear()
            for number, kept in self._kept.items():
                self._index(number, kept)


def _likeliest(shared: Counter[int], least: int, kept: Container[int]) -> set[int]:
    """Return the articles that share most, few enough to be compared one by one."""
    found = sorted(
        ((count, number) for number, count in shared.items() if count >= least and number in kept), reverse=True
    )
    return {number for _, number in found[:COMPARED]}


def _is_copy(title: Title, other: Title, texts: float | None, titles: float, rarity: Rarity) -> bool:
    """Return whether two articles are one text, by their bodies or else by their titles."""
    if texts is not None and texts >= COPIED:
        return titles >= NEAR_TITLE or not _differ(title, other)
    if len(title.words) < TERSE or len(other.words) < TERSE or (texts is not None and texts < ALIKE / 2):
        return False
    if (DENIAL.key in title.words) != (DENIAL.key in other.words):
        return False
    if title.words == other.words:
        return True
    if titles < _WORTH_A_LOOK or _one_lacks(title, other):
        return False
    return titles >= SAME_TITLE or likeness(title.terms, other.terms, rarity) >= RETOLD


def _differ(one: Title, other: Title) -> bool:
    """Return whether each title has a number or a name that the other lacks."""
    return bool(one.sharp - other.words) and bool(other.sharp - one.words)


def _one_lacks(one: Title, other: Title) -> bool:
    """Return whether a title has a number or a name that the other lacks."""
    return bool(one.sharp - other.words) or bool(other.sharp - one.words)


def _overlap(one: "array[int]", known: AbstractSet[int], other: "array[int]") -> float | None:
    """Return the share of the smaller text's triples that the other has too, by their sketches.

    Args:
        one: A sketch, in order.
        known: The same, to look up.
        other: Another sketch, in order.
    """
    if len(one) < SHORT or len(other) < SHORT:
        return None
    # Beyond the smaller of two borders a full sketch says nothing of the text.
    border = min(one[-1], other[-1]) if len(one) == len(other) == KEPT else max(one[-1], other[-1])
    shared = sum(triple in known for triple in other)
    return shared / max(1, min(bisect_right(one, border), bisect_right(other, border)))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))
