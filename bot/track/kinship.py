"""Whether an event is of a story that the bot has opened itself, and whether it may open one."""

from collections.abc import Mapping

from bot.domain.actor import ActorType, Gazetteer
from bot.domain.event import Event
from bot.domain.feed import Article
from bot.domain.story import Story
from bot.track.discover import acting, key

#: So many points make an event part of a discovered story.
KIN = 1.5

BOTH_NAMED = 0.75
NOBODY_ACTS = 0.75
SAME_PLACE = 0.5
#: The people and places of the story's earlier articles, and of no other's.
LORE = 0.4
#: More of them than this prove no more; so many stand for parties that nobody names.
PROVEN = 2
UNMISTAKABLE = 3
LATEST = 0.5
COPY = 2.0
STRANGER = 1.0
PAIR = 2


class Kinship:
    """Tells principals from those who host, mediate or comment."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._bodies = frozenset(actor.id for actor in gazetteer.actors if actor.type is ActorType.BODY)
        self._country = {place.name: place.country for place in gazetteer.places if place.country}

    def principals(self, event: Event, outlet: str, story: Story | None = None) -> frozenset[str]:
        """Return who acts for itself: no international body, not the venue's country, no third party of a story."""
        thirds = {*self._bodies, self._country.get(event.venue or "", "")}
        if story is not None:
            thirds |= {*story.mediators, *story.hosts}
        return frozenset(acting(event, outlet) - thirds)

    def points(  # noqa: PLR0913 - what makes kin, each by its name
        self,
        story: Story,
        parties: frozenset[str],
        event: Event,
        article: Article,
        *,
        is_copy: bool,
        latest: Mapping[str, str],
        lore: int = 0,
    ) -> float:
        """Return how much speaks for an event being of a story.

        Args:
            story: A discovered story.
            parties: What its parties are known by.
            event: The event.
            article: Where it was read.
            is_copy: The article copies one of the story's.
            latest: For each party the id of the story in which it was heard of last.
            lore: How many of the article's names only this story's articles have told.
        """
        acting_here = self.principals(event, article.outlet, story)
        shared = parties & acting_here
        text = article.text.casefold()
        both_named = sum(key(party) in text for party in story.parties) >= PAIR
        is_latest = len(shared) == 1 and all(latest.get(party) == story.id for party in shared)
        return (
            len(shared)
            + BOTH_NAMED * both_named
            + NOBODY_ACTS * ((both_named or lore >= UNMISTAKABLE) and not acting_here)
            + LORE * min(lore, PROVEN)
            + SAME_PLACE * (event.venue is not None and event.venue in story.places)
            + LATEST * is_latest
            + COPY * is_copy
            - STRANGER * len(acting_here - parties)
        )
