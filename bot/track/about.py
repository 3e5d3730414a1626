"""Which discovered story an article without events is about, by the names and the matter at its top."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from bot.domain.feed import Article
from bot.domain.story import Story
from bot.track.discover import key, plain
from bot.track.scales import NEAR, PAIR

# Words that any slug may hold tell nothing of what a story is about.
ANY = frozenset({"talks", "deal", "dispute", "relations", "ceasefire", "sanctions", "vote", "and", "the", "of"})
SHORT = 3


def about(stories: Iterable[Story], article: Article, top: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """Return the ids of the stories both of whose parties an article's top names, with their matter or place.

    Args:
        stories: Discovered stories.
        article: An article without events.
        top: What its title and first words name, of what is known by name.
    """
    words = plain(article.text[: len(article.title) + NEAR])
    return tuple(story.id for story in stories if _is_named(story, words, top))


def _is_named(story: Story, words: str, top: Collection[tuple[str, str]]) -> bool:
    if len(story.parties) < PAIR:
        return False
    parties = all(("actor", party) in top if party.islower() else _names(words, key(party)) for party in story.parties)
    return parties and any(_names(words, matter) for matter in _matters(story))


@lru_cache(maxsize=4096)
def _matters(story: Story) -> frozenset[str]:
    """Return the words that tell a story from others of the same parties: its places and its topic."""
    parties = {word for party in story.parties for word in re.findall(r"[a-z0-9]+", plain(party))}
    slug = {word for word in story.id.split("-") if len(word) > SHORT} - ANY
    topic = {word for word in slug if not any(map(word.startswith, parties))}
    return frozenset({plain(place) for place in story.places} | topic)


def _names(words: str, start: str) -> bool:
    return bool(start) and re.search(rf"\b{re.escape(start)}", words) is not None
