"""Whether an event is of a story that the bot has opened itself, and whether it may open one."""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from datetime import datetime

from bot.domain.actor import ActorType, Gazetteer
from bot.domain.event import Event
from bot.domain.feed import Article
from bot.domain.story import Story
from bot.track.discover import acting, key, label
from bot.track.lore import Lore

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
        self.lore = Lore()
        self._country = {place.name: place.country for place in gazetteer.places if place.country}

    def copy(self) -> "Kinship":
        """Return one that knows what this one knows; what it learns stays with it."""
        other = copy(self)
        other.lore = self.lore.copy()
        return other

    def principals(self, event: Event, outlet: str, story: Story | None = None) -> frozenset[str]:
        """Return who acts for itself: no international body, not the venue's country, no third party of a story."""
        thirds = {*self._bodies, self._country.get(event.venue or "", "")}
        if story is not None:
            thirds |= {*story.mediators, *story.hosts}
        return frozenset(acting(event, outlet) - thirds)

    def nearest(  # noqa: PLR0913, PLR0917 - what the desk knows of its stories
        self,
        warm: Sequence[Story],
        parties: Mapping[str, frozenset[str]],
        event: Event,
        article: Article,
        copied: Collection[str],
        last: Mapping[str, datetime],
    ) -> Story | None:
        """Return the discovered story that an event is most kin to, if it is kin enough.

        Args:
            warm: The stories that may take it in.
            parties: What the parties of each are known by, by the story's id.
            event: The event.
            article: Where it was read.
            copied: Ids of the stories whose articles this one copies.
            last: When each story was last heard of.
        """
        by_age = sorted(warm, key=lambda story: last.get(story.id, article.published))
        latest = {party: story.id for story in by_age for party in parties[story.id]}
        best, most = None, (0.0, article.published)
        ids = [story.id for story in warm]
        for story in warm:
            points = self.points(
                story,
                parties[story.id],
                event,
                article,
                is_copy=story.id in copied,
                latest=latest,
                lore=self.lore.shared(story.id, article, ids),
                familiar=self._familiar(story, event, article),
            )
            rank = (points, last.get(story.id, article.published))
            if points >= KIN and rank > most:
                best, most = story, rank
        return best

    def _familiar(self, story: Story, event: Event, article: Article) -> set[str]:
        """Return those who act that a story's articles have told of by name."""
        unknown = (actor for actor in event.actors if actor.id is None)
        return {label(actor) for actor in unknown if self.lore.knows(story.id, actor.name, article.published)}

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
        familiar: Collection[str] = (),
    ) -> float:
        """Return how much speaks for an event being of a story.

        Args:
            story: A discovered story.
            parties: What its parties are known by.
            event: The event.
            article: Where it was read.
            is_copy: The article copies one of the story's.
            latest: For each party the id of the story in which it was heard of last.
            familiar: Those who act that the story's articles have told of: a capital, a general.
            lore: How many of the article's names only this story's articles have told.
        """
        acting_here = self.principals(event, article.outlet, story)
        if lore >= UNMISTAKABLE:
            acting_here -= frozenset(familiar) - parties
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
