"""The names by which the articles of discovered stories are known from each other's.

A party sits at several tables. Which one an article is about, the people and
places tell that the story's earlier articles named, and hardly any other
article did: "Salalah" proves a story, "Monday" and "President" prove none.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.feed import Article

#: Names of articles older than this are forgotten.
MEMORY = timedelta(days=14)
#: A name is a story's own if this part of all articles that tell it is the story's.
OWN = 0.3
#: So many words are remembered before those of old are swept out.
MANY = 200_000

_NAME = re.compile(r"[^\W\d_a-z][\w’'-]{3,}")


class Lore:
    """Remembers how many articles of each story, and of all, told a name."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, int]] = {}
        self._all: dict[str, tuple[int, datetime]] = {}

    def copy(self) -> "Lore":
        """Return one that knows the same; what it learns stays with it."""
        other = Lore()
        other._of = {story: dict(names) for story, names in self._of.items()}
        other._all = dict(self._all)
        return other

    def see(self, article: Article) -> None:
        """Count the names of an article, whatever it is about."""
        if len(self._all) > MANY:
            kept = article.published - MEMORY
            self._all = {name: seen for name, seen in self._all.items() if seen[1] >= kept}
        for name in _names(article):
            count, last = self._all.get(name, (0, article.published))
            self._all[name] = (count + 1, max(last, article.published))

    def learn(self, story: str, article: Article) -> None:
        """Count the names of one of a story's articles."""
        known = self._of.setdefault(story, {})
        for name in _names(article):
            known[name] = known.get(name, 0) + 1

    def shared(self, story: str, article: Article, others: Iterable[str]) -> int:
        """Return how many of an article's names are those of a story alone.

        Args:
            story: The story.
            article: The article.
            others: Stories that it could be about instead.
        """
        rivals = [self._of.get(other, {}) for other in others if other != story]
        own = (name for name in _names(article) if self._is_own(story, name, article.published))
        return sum(not any(name in rival for rival in rivals) for name in own)

    def knows(self, story: str, name: str, at: datetime) -> bool:
        """Return whether a name is one of a story's own."""
        return self._is_own(story, name.casefold(), at)

    def _is_own(self, story: str, name: str, at: datetime) -> bool:
        count, last = self._all.get(name, (0, at))
        return abs(at - last) <= MEMORY and self._of.get(story, {}).get(name, 0) > OWN * count


def _names(article: Article) -> set[str]:
    """Return the words that an article writes with a capital, without the ending that makes them somebody's."""
    own = set(article.outlet.casefold().split())
    words = (word.casefold().removesuffix("'s").removesuffix("’s") for word in _NAME.findall(article.text))
    return {word for word in words if word not in own}
