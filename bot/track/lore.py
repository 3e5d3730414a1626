"""The names by which the articles of discovered stories are known from each other's.

A party sits at several tables. Which one an article is about, the people and
places tell that the story's earlier articles named and no other story's did.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.feed import Article

#: Names of articles older than this are forgotten.
MEMORY = timedelta(days=14)

_NAME = re.compile(r"[^\W\d_a-z][\w’'-]{3,}")


class Lore:
    """Remembers for each story the names in its articles."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, datetime]] = {}

    def copy(self) -> "Lore":
        """Return one that knows the same; what it learns stays with it."""
        other = Lore()
        other._names = {story: dict(names) for story, names in self._names.items()}
        return other

    def learn(self, story: str, article: Article) -> None:
        """Remember the names of one of a story's articles."""
        known = self._names.setdefault(story, {})
        for name in _names(article):
            known[name] = max(article.published, known.get(name, article.published))

    def shared(self, story: str, article: Article, others: Iterable[str]) -> int:
        """Return how many of an article's names are those of a story alone.

        Args:
            story: The story.
            article: The article.
            others: Stories that it could be about instead.
        """
        told = _names(article)
        own = told & self._known(story, article.published)
        for other in others:
            if other != story:
                own -= self._known(other, article.published)
        return len(own)

    def knows(self, story: str, name: str, at: datetime) -> bool:
        """Return whether a story's articles have told a name."""
        return name.casefold() in self._known(story, at)

    def _known(self, story: str, at: datetime) -> set[str]:
        return {name for name, last in self._names.get(story, {}).items() if abs(at - last) <= MEMORY}


def _names(article: Article) -> set[str]:
    """Return the words that an article writes with a capital, without the ending that makes them somebody's."""
    own = set(article.outlet.casefold().split())
    words = (word.casefold().removesuffix("'s").removesuffix("’s") for word in _NAME.findall(article.text))
    return {word for word in words if word not in own}
