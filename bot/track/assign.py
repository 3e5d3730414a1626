"""Which story an event belongs to.

Evidence is weighed in points: what the event itself says counts most, the
words around it and the title next, the rest of the article least. A place, a
mediator or a great power alone never suffices, so two negotiations in one
city stay apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.actor import Gazetteer
from bot.domain.event import Event
from bot.domain.feed import Article, EntryRef
from bot.domain.story import Story
from bot.track.about import about
from bot.track.acquaintances import Acquaintances
from bot.track.copies import Trace
from bot.track.discover import acting as acts
from bot.track.discover import by_its_party, open_story, opens
from bot.track.fitting import fit
from bot.track.kinship import Kinship
from bot.track.mentions import Mention, Names
from bot.track.scales import PAIR, Scales, scene_of, third, top_of
from bot.track.sift import Sieve
from bot.track.tables import seat_hosts

#: So many points make an event part of a story.
ENOUGH = 3.0
#: So many an article without events, which must be about the story itself.
ENOUGH_WITHOUT = 4.0
#: A discovered story that rests this long takes nothing more in.
MEMORY = timedelta(days=14)
#: So many articles' stories are remembered for their copies.
REMEMBERED = 60_000
#: A story that began long after an article was published is not meant by it.
EARLY = timedelta(days=60)

COPY = 2.5
#: What a go-between says to both sides, whomever the sentence names.
VOICED = ("ceasefire-called", "talks-proposed", "mediation")
#: An article's top speaks for one of two stories if it gives it so many points more.
CLEARLY = 1.0
#: A story that had news within these days is the likelier one.
WARM = 0.5
WARM_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A story and the events of an article that belong to it; none: the article alone does."""

    story: Story
    events: tuple[Event, ...]
    is_new: bool = False


class Desk:
    """Knows all stories and gives each event to its own."""

    def __init__(
        self,
        stories: Sequence[Story],
        gazetteer: Gazetteer,
        active: Mapping[str, datetime] | None = None,
        joined: Mapping[EntryRef, Sequence[str]] | None = None,
        told: Iterable[Event] = (),
    ) -> None:
        """Know the stories, and what was known before a restart.

        Args:
            stories: Defined and discovered ones.
            gazetteer: Who is who.
            active: When each story was last heard of.
            joined: The stories that recent articles belong to.
            told: The events of the stories' logs.
        """
        self._gazetteer = gazetteer
        self._full_names = {actor.id: actor.name for actor in gazetteer.actors}
        self._stories: dict[str, Story] = {}
        self._scales = Scales(gazetteer)
        self._last: dict[str, datetime] = dict(active or {})
        self._joined = {ref: tuple(ids) for ref, ids in (joined or {}).items()}
        for story in stories:
            self._add(story)
        self._names = Names(gazetteer, self._stories.values())
        self._sieve = Sieve(gazetteer, self._names)
        self._acquaintances = Acquaintances(told)
        self._kinship = Kinship(gazetteer)

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories known, discovered ones included."""
        return tuple(self._stories.values())

    def put(self, story: Story) -> None:
        """Take in a story that was defined or opened elsewhere meanwhile."""
        self._add(story)
        self._names = Names(self._gazetteer, self._stories.values())

    def aside(self, stories: Iterable[Story]) -> "Desk":
        """Return a desk that knows what this one knows and some stories more; what it learns stays with it."""
        other = copy(self)
        other._stories, other._last, other._joined = dict(self._stories), dict(self._last), dict(self._joined)  # noqa: SLF001 - one of its own kind
        other._scales, other._kinship = self._scales.copy(), self._kinship.copy()  # noqa: SLF001 - one of its own kind
        other._acquaintances = self._acquaintances.copy()  # noqa: SLF001 - one of its own kind
        for story in stories:
            other._add(story)  # noqa: SLF001 - one of its own kind
        return other

    def recall(self, article: Article, assignments: Sequence[Assignment]) -> None:
        """Take in where an article went that another desk has seen."""
        self._kinship.lore.see(article)
        for assignment in assignments:
            story = assignment.story.id
            for event in assignment.events:
                self._acquaintances.meet(event)
            if assignment.events:
                self._last[story] = max(article.published, self._last.get(story, article.published))
            self._kinship.lore.learn(story, article)
        self._remember(article.ref, tuple(assignment.story.id for assignment in assignments))

    def learn(self, article: Article, stories: Iterable[str]) -> None:
        """Take in an article that was read before a restart, and the stories that it went to."""
        self._kinship.lore.see(article)
        for story in stories:
            self._kinship.lore.learn(story, article)

    def assign(self, article: Article, events: Sequence[Event], trace: Trace) -> tuple[Assignment, ...]:
        """Return the stories of an article, each with those of its events that belong there.

        Args:
            article: The article.
            events: What it reports; may be empty.
            trace: What it copies and what it is like.
        """
        mentions = self._names.find(article.text)
        copied = self._stories_of(trace)
        found: dict[str, list[Event]] = {}
        new: set[str] = set()
        for event in self._sieve.sift(article, [self._acquaintances.introduce(event) for event in events]):
            story = (
                self._defined(article, event, mentions, copied)
                or self._discovered(article, event, copied)
                or self._same_voice(event, article, found)
            )
            opens = self._opens(event, article) and not self._goes_along(event, article, new, found)
            if story is None and opens and not self._is_known_ground(article, event, mentions):
                story = open_story(article, event, self._full_names, self._slugs())
                self._add(story)
                new.add(story.id)
            fitted = self._fitted(event, story, article) if story is not None else None
            if story is not None and fitted is not None:
                seated = seat_hosts(fitted, third(story), self._sieve.people)
                found.setdefault(story.id, []).append(seated)
                self._acquaintances.meet(seated)
                self._last[story.id] = max(article.published, self._last.get(story.id, article.published))
        if not found:
            found = {story: [] for story in self._quietly(article, mentions, copied)}
        self._remember(article.ref, tuple(found))
        self._kinship.lore.see(article)
        for id_ in found:
            self._kinship.lore.learn(id_, article)
        return tuple(
            Assignment(story=self._stories[story], events=tuple(own), is_new=story in new)
            for story, own in found.items()
        )

    def _opens(self, event: Event, article: Article) -> bool:
        """Return whether an event may open a story: a firm word between two that act for themselves."""
        return opens(event, article.outlet) and len(self._kinship.principals(event, article.outlet)) >= PAIR

    def _fitted(self, event: Event, story: Story, article: Article) -> Event | None:
        """Return an event as its story reads it, or nothing."""
        return fit(by_its_party(event, story, article.text), story, article.published.date(), self._full_names)

    def _same_voice(self, event: Event, article: Article, found: Mapping[str, Sequence[Event]]) -> Story | None:
        """Return the only story that an article's earlier events went to, if its go-between says one thing more."""
        if len(found) != 1 or not event.kind.startswith(VOICED):
            return None
        story = self._stories[next(iter(found))]
        acting = acts(event, article.outlet)
        return story if acting and acting <= third(story) else None

    def _goes_along(self, event: Event, article: Article, new: Iterable[str], found: Iterable[str]) -> bool:
        """Return whether the same article tells of a story that it has just opened, or whose host is among the sides."""
        acting = acts(event, article.outlet)
        if any(third(self._stories[story]) & acting for story in found):
            return True
        return any(self._scales.parties[story] & acting for story in new)

    def _add(self, story: Story) -> None:
        if story.split_from is not None:
            return  # it gets what people's queries take from the story that it was split from
        self._stories[story.id] = story
        self._scales.add(story)

    def _remember(self, ref: EntryRef, stories: tuple[str, ...]) -> None:
        """Note where an article went, for its copies; the oldest is forgotten first."""
        self._joined.pop(ref, None)
        self._joined[ref] = stories
        if len(self._joined) > REMEMBERED:
            del self._joined[next(iter(self._joined))]

    def _slugs(self) -> set[str]:
        return {slug for story in self._stories.values() for slug in (story.id, story.slug, *story.aliases)}

    def _stories_of(self, trace: Trace) -> frozenset[str]:
        """Return the stories that the articles which this one copies belong to."""
        refs = (trace.duplicate_of,) if trace.duplicate_of else ()
        return frozenset(story for ref in refs for story in self._joined.get(ref, ()))

    def _defined(
        self, article: Article, event: Event, mentions: Sequence[Mention], copied: frozenset[str]
    ) -> Story | None:
        """Return the defined story with the most points, if they suffice."""
        scene = scene_of(article, event, mentions)
        acting = acts(event, article.outlet)
        best, most = None, (ENOUGH, 0.0, 0.0, "")
        for story in self._stories.values():
            if not story.defined or not _open_to(story, article):
                continue
            warm = self._is_warm(story, article)
            points = self._scales.points(story, event, acting, scene, warm=warm)
            points += (COPY if story.id in copied else 0.0) + (WARM if warm and points else 0.0)
            hits = len(self._scales.parties[story.id] & acting)
            last = self._last.get(story.id)
            rank = (points, hits / max(1, len(story.parties)), last.timestamp() if last else 0.0, story.id)
            if points >= ENOUGH and rank > most:
                best, most = story, rank
        return self._meant(best, article, event, top_of(article, mentions)) if best else None

    def _meant(self, best: Story, article: Article, event: Event, top: set[tuple[str, str]]) -> Story:
        """Return the story that title, lead or person speak for, where its own go-between's event could be either's."""
        acting = acts(event, article.outlet)
        for story in self._stories.values():
            parties = self._scales.parties[story.id]
            own = parties & acting & self._scales.parties[best.id]
            if not story.defined or story is best or not own or not acting - parties or not _open_to(story, article):
                continue
            about = self._scales.about(story, top)
            clear = about >= max(ENOUGH_WITHOUT, self._scales.about(best, top) + CLEARLY)
            own_person = self._is_warm(story, article) and self._scales.is_own_person(event, story, best)
            if acting - parties <= third(story) and (clear or own_person):
                return story
        return best

    def _is_warm(self, story: Story, article: Article) -> bool:
        last = self._last.get(story.id)
        return last is not None and abs(article.published - last) <= WARM_FOR

    def _is_known_ground(self, article: Article, event: Event, mentions: Sequence[Mention]) -> bool:
        """Return whether an article is about a defined story of one of the event's sides, so that none is opened."""
        acting = acts(event, article.outlet)
        named = {(mention.what, mention.id) for mention in mentions}
        for story in self._stories.values():
            parties = self._scales.parties[story.id]
            if not story.defined or not parties & acting or not _open_to(story, article):
                continue
            if (
                len(acting) < PAIR
                or (acting <= parties | third(story) and self._is_warm(story, article))
                or ("term", story.id) in named
                or sum(("actor", party) in named for party in parties) > 1
            ):
                return True
        return False

    def _discovered(self, article: Article, event: Event, copied: frozenset[str]) -> Story | None:
        """Return the warm discovered story that an event is most kin to, if it is kin enough."""
        warm = [story for story in self._stories.values() if self._may_take(story, article)]
        return self._kinship.nearest(warm, self._scales.parties, event, article, copied, self._last)

    def _may_take(self, story: Story, article: Article) -> bool:
        """Return whether a story is a discovered one that is warm and open to an article."""
        last = self._last.get(story.id, article.published)
        return not story.defined and _open_to(story, article) and abs(article.published - last) <= MEMORY

    def _quietly(self, article: Article, mentions: Sequence[Mention], copied: frozenset[str]) -> tuple[str, ...]:
        """Return the stories that an article without events of theirs belongs to as a source."""
        if copied:
            return tuple(sorted(copied))
        top = top_of(article, mentions)
        best, most = "", ENOUGH_WITHOUT
        for story in self._stories.values():
            if not story.defined or not _open_to(story, article):
                continue
            points = self._scales.about(story, top)
            if points >= most:
                best, most = story.id, points
        if best:
            return (best,)
        warm = [story for story in self._stories.values() if self._may_take(story, article)]
        return about(warm, article, top)[:1]


def _open_to(story: Story, article: Article) -> bool:
    """Return whether a story may take an article in, by tenancy and time."""
    if story.workspace not in {None, article.workspace}:
        return False
    return story.since is None or article.published.date() >= story.since - EARLY
