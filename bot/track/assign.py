"""Which story an event belongs to.

Evidence is weighed in points: what the event itself says counts most, the
words around it and the title next, the rest of the article least. A place, a
mediator or a great power alone never suffices, so two negotiations in one
city stay apart.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.actor import Gazetteer
from bot.domain.event import Event
from bot.domain.feed import Article, EntryRef
from bot.domain.story import Story
from bot.track.copies import Trace
from bot.track.discover import acting as acts
from bot.track.discover import key, label, labels, open_story, opens
from bot.track.mentions import Mention, Names
from bot.track.sift import Sieve

#: So many points make an event part of a story.
ENOUGH = 3.0
#: So many an article without events, which must be about the story itself.
ENOUGH_WITHOUT = 4.0
#: One party and something of its own make an event part of a discovered story.
ENOUGH_FOR_FOUND = 1.5
#: A discovered story that rests this long takes nothing more in.
MEMORY = timedelta(days=14)
#: So many articles' stories are remembered for their copies.
REMEMBERED = 60_000
#: Words within so many characters of an event's own are its surroundings.
NEAR = 250
#: A story that began long after an article was published is not meant by it.
EARLY = timedelta(days=60)

# A story is between two.
PAIR = 2

BOTH = 4.0
ONE = 1.5
OTHER_NEAR = 1.5
OTHER_FAR = 0.5
PAIR_NEAR = 2.5
TERM = 1.5
PLACE = 0.75
PERSON = 1.0
VENUE = 1.5
THIRD = 0.75
COPY = 2.5
#: A story that had news within these days is the likelier one.
WARM = 0.5
WARM_FOR = timedelta(days=3)
# A party of so many stories, a great power, proves none of them.
BUSY = 4
# Kinds that two do with each other; any other may be a third party's word on the story.
DEALINGS = ("talks-", "meeting", "agreement-", "prisoner-", "relations-", "ceasefire-agreed", "delegation-")

# An event between others is told in the same article, no more.
STRANGERS = 2.0


@dataclass(frozen=True, slots=True)
class Assignment:
    """A story and the events of an article that belong to it; none: the article alone does."""

    story: Story
    events: tuple[Event, ...]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class _Scene:
    """What stands near an event, and what its article names at all."""

    near: frozenset[tuple[str, str]]
    far: frozenset[tuple[str, str]]


class Desk:
    """Knows all stories and gives each event to its own."""

    def __init__(
        self,
        stories: Sequence[Story],
        gazetteer: Gazetteer,
        active: Mapping[str, datetime] | None = None,
        joined: Mapping[EntryRef, Sequence[str]] | None = None,
    ) -> None:
        """Know the stories, and what was known before a restart.

        Args:
            stories: Defined and discovered ones.
            gazetteer: Who is who.
            active: When each story was last heard of.
            joined: The stories that recent articles belong to.
        """
        self._gazetteer = gazetteer
        self._full_names = {actor.id: actor.name for actor in gazetteer.actors}
        self._person_ids = {person.name: person.id for person in gazetteer.persons}
        self._cities = {place.name: place.city for place in gazetteer.places if place.city}
        self._stories: dict[str, Story] = {}
        self._parties: dict[str, frozenset[str]] = {}
        self._last: dict[str, datetime] = dict(active or {})
        self._joined = {ref: tuple(ids) for ref, ids in (joined or {}).items()}
        self._roles: Counter[str] = Counter()
        for story in stories:
            self._add(story)
        self._names = Names(gazetteer, stories)
        self._sieve = Sieve(gazetteer, self._names)

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories known, discovered ones included."""
        return tuple(self._stories.values())

    def put(self, story: Story) -> None:
        """Take in a story that was defined, renamed or merged meanwhile."""
        self._add(story)
        self._names = Names(self._gazetteer, self._stories.values())

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
        for event in self._sieve.sift(article, events):
            story = self._defined(article, event, mentions, copied) or self._discovered(article, event, copied)
            if story is None and opens(event, article.outlet) and not self._is_known_ground(article, event, mentions):
                story = open_story(article, event, self._full_names, self._slugs())
                self._add(story)
                new.add(story.id)
            if story is not None:
                found.setdefault(story.id, []).append(event)
                self._last[story.id] = max(article.published, self._last.get(story.id, article.published))
        if not found:
            found = {story: [] for story in self._quietly(article, mentions, copied)}
        self._remember(article.ref, tuple(found))
        return tuple(
            Assignment(story=self._stories[story], events=tuple(own), is_new=story in new)
            for story, own in found.items()
        )

    def _add(self, story: Story) -> None:
        self._stories[story.id] = story
        self._parties[story.id] = labels(story)
        if story.defined:
            self._roles = Counter(
                party for other in self._stories.values() if other.defined for party in self._parties[other.id]
            )

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
        scene = _scene(article, event, mentions)
        acting = acts(event, article.outlet)
        best, most = None, (ENOUGH, 0.0, 0.0, "")
        for story in self._stories.values():
            if not story.defined or not _open_to(story, article):
                continue
            points = self._points(story, event, acting, scene) + (COPY if story.id in copied else 0.0)
            if points and self._is_warm(story, article):
                points += WARM
            hits = len(self._parties[story.id] & acting)
            last = self._last.get(story.id)
            rank = (points, hits / max(1, len(story.parties)), last.timestamp() if last else 0.0, story.id)
            if points >= ENOUGH and rank > most:
                best, most = story, rank
        return self._root(best) if best else None

    def _points(self, story: Story, event: Event, acting: set[str], scene: _Scene) -> float:
        if ("exclude", story.id) in scene.far:
            return 0.0
        parties = self._parties[story.id]
        own = parties & acting
        near = {party for party in parties if ("actor", party) in scene.near} | own
        far = {party for party in parties if ("actor", party) in scene.far} | near
        term = ("term", story.id) in scene.near
        if len(own) > 1:
            points = BOTH
        elif own:
            points = ONE + (OTHER_NEAR if len(near) > 1 else OTHER_FAR if len(far) > 1 else 0.0)
        elif len(near) > 1:
            points = PAIR_NEAR
        elif far and term:
            points = ONE
        else:
            return 0.0
        around, person = self._circumstances(story, event, scene)
        between_others = len(own) < PAIR and len(acting) > 1 and bool(acting - parties - _third(story))
        dealing = event.kind.startswith(DEALINGS)
        if between_others and not (term and own) and (dealing or not (term or len(near) > 1)):
            return min(points + around, STRANGERS)
        if len(far) < PAIR and not term and not person and all(self._roles[party] >= BUSY for party in own):
            return min(points + around, STRANGERS)
        return points + around

    def _circumstances(self, story: Story, event: Event, scene: _Scene) -> tuple[float, bool]:
        """Return the points for phrases, persons, places and third parties, and whether a person counts."""
        actors = {label(actor) for actor in event.actors}
        people = [self._person_ids.get(name, "") for name in (event.person, *event.members) if name]
        person = any(("person", person) in scene.near or person in people for person in story.persons)
        here = event.venue is not None and {event.venue, self._cities.get(event.venue)} & set(story.places)
        place = VENUE if here else PLACE * any(("place", place) in scene.near for place in story.places)
        near, far = ("term", story.id) in scene.near, ("term", story.id) in scene.far
        phrase = TERM if near else TERM / 2 if far else 0.0
        return phrase + PERSON * person + place + THIRD * bool(_third(story) & actors), person

    def _is_warm(self, story: Story, article: Article) -> bool:
        last = self._last.get(story.id)
        return last is not None and abs(article.published - last) <= WARM_FOR

    def _is_known_ground(self, article: Article, event: Event, mentions: Sequence[Mention]) -> bool:
        """Return whether an article is about a defined story of one of the event's sides, so that none is opened."""
        acting = acts(event, article.outlet)
        named = {(mention.what, mention.id) for mention in mentions}
        for story in self._stories.values():
            parties = self._parties[story.id]
            if not story.defined or not parties & acting or not _open_to(story, article):
                continue
            if (
                len(acting) < PAIR
                or ("term", story.id) in named
                or sum(("actor", party) in named for party in parties) > 1
            ):
                return True
        return False

    def _discovered(self, article: Article, event: Event, copied: frozenset[str]) -> Story | None:
        """Return the story of the same pair, or of one of them at the same place, if it is still warm."""
        acting = acts(event, article.outlet)
        best, most = None, (0.0, article.published)
        for story in self._stories.values():
            last = self._last.get(story.id)
            if story.defined or not _open_to(story, article):
                continue
            if last is not None and abs(article.published - last) > MEMORY:
                continue
            shared = len(acting & self._parties[story.id])
            named = sum(key_ in article.text.casefold() for key_ in map(key, story.parties))
            points = shared + 0.5 * (event.venue in story.places if event.venue else 0) + 2 * (story.id in copied)
            points -= 1.0 * (shared == 1 and len(acting) > 1)
            points += 0.75 * (shared == 1 and named > 1 and len(acting) == 1)
            points += 1.5 * (not acting and named > 1) + 1.0 * (
                acting <= {*story.mediators, *story.hosts} and named > 1
            )
            rank = (points, last or article.published)
            if points >= ENOUGH_FOR_FOUND and rank > most:
                best, most = story, rank
        return self._root(best) if best else None

    def _quietly(self, article: Article, mentions: Sequence[Mention], copied: frozenset[str]) -> tuple[str, ...]:
        """Return the stories that an article without events of theirs belongs to as a source."""
        if copied:
            return tuple(sorted(copied))
        title = {(mention.what, mention.id) for mention in mentions if mention.start < len(article.title) + NEAR}
        best, most = "", ENOUGH_WITHOUT
        for story in self._stories.values():
            if not story.defined or not _open_to(story, article) or ("exclude", story.id) in title:
                continue
            parties = sum(("actor", party) in title for party in self._parties[story.id])
            if parties < PAIR:
                continue
            points = PAIR_NEAR + TERM * (("term", story.id) in title)
            points += PLACE * any(("place", place) in title for place in story.places)
            points += PERSON * any(("person", person) in title for person in story.persons)
            if points >= most:
                best, most = story.id, points
        return (self._root(self._stories[best]).id,) if best else ()

    def _root(self, story: Story) -> Story:
        """Return the story that a merged one went into."""
        seen: set[str] = set()
        while story.merged_into in self._stories and story.id not in seen:
            seen.add(story.id)
            story = self._stories[story.merged_into or ""]
        return story


def _third(story: Story) -> set[str]:
    return {*story.mediators, *story.hosts}


def _open_to(story: Story, article: Article) -> bool:
    """Return whether a story may take an article in, by tenancy and time."""
    if story.workspace not in {None, article.workspace}:
        return False
    return story.since is None or article.published.date() >= story.since - EARLY


def _scene(article: Article, event: Event, mentions: Sequence[Mention]) -> _Scene:
    title = len(article.title)
    start, end = event.evidence.start - NEAR, event.evidence.end + NEAR
    near = {
        (mention.what, mention.id) for mention in mentions if mention.start <= title or start <= mention.start <= end
    }
    return _Scene(near=frozenset(near), far=frozenset((mention.what, mention.id) for mention in mentions))
