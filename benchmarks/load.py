"""A stream of as many articles as one likes: our own corpus told again with other names and figures.

Each story takes a few sentences of the corpus, puts invented names in place of
its names, and is told by several outlets; some of them copy each other.
"""

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from benchmarks.corpus import read
from bot.domain.feed import Article, EntryRef

BEGINNING = datetime(2026, 3, 2, tzinfo=UTC)
OUTLETS = tuple(f"Outlet {number}" for number in range(200))
#: So many articles of one story, at most; how many of them copy another.
TOLD = 12
COPIED = 0.25
#: Sentences that a story draws from, and that an article has.
POOL = 9
SENTENCES = (3, 7)

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_FIGURE = re.compile(r"\d+")
_ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
)
_RHYMES = ("al", "an", "ar", "el", "en", "er", "il", "in", "ir", "ol", "on", "or", "ul", "un", "ur", "a", "e", "i", "o")


def articles(count: int, days: float, seed: int = 1) -> Iterator[Article]:
    """Yield so many articles, evenly spread over so many days, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    sentences = [sentence for text in read() for sentence in _SENTENCE.split(text.text) if len(sentence.split()) > 5]  # noqa: PLR2004
    live: list[_Story] = []
    for number in range(count):
        if len(live) < count // (TOLD * 4) + 3:
            live.append(_Story(chance, sentences))
        story = chance.choice(live)
        title, text = story.tell()
        if story.left <= 0:
            live.remove(story)
        at = BEGINNING + timedelta(days=days * number / count)
        yield Article(
            ref=EntryRef("load", str(number)),
            outlet=chance.choice(OUTLETS),
            url="",
            title=title,
            text=f"{title}\n\n{text}",
            published=at,
            fetched=at,
        )


class _Story:
    """What several outlets tell, each in its order and at its length."""

    def __init__(self, chance: random.Random, sentences: list[str]) -> None:
        self._chance = chance
        self._names: dict[str, str] = {}
        self._pool = [self._renamed(chance.choice(sentences)) for _ in range(POOL)]
        self._told: list[tuple[str, str]] = []
        self.left = chance.randint(1, TOLD)

    def tell(self) -> tuple[str, str]:
        """Return a title and a text: a copy, or the story's sentences chosen anew."""
        self.left -= 1
        if self._told and self._chance.random() < COPIED:
            return self._chance.choice(self._told)
        picked = self._chance.sample(self._pool, self._chance.randint(*SENTENCES))
        title = " ".join(picked[0].rstrip(".").split()[: self._chance.randint(7, 12)])
        self._told.append((title, " ".join(picked)))
        return self._told[-1]

    def _renamed(self, sentence: str) -> str:
        sentence = _NAME.sub(lambda name: self._names.setdefault(name[0], self._name()), sentence)
        return _FIGURE.sub(lambda figure: str(self._chance.randint(2, 10 ** len(figure[0]))), sentence)

    def _name(self) -> str:
        parts = [self._chance.choice(_ONSETS) + self._chance.choice(_RHYMES) for _ in range(self._chance.randint(2, 3))]
        return "".join(parts).capitalize()
