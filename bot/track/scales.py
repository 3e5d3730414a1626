"""How much speaks for a story: the points that an event, its surroundings and its article give."""

from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from bot.domain.actor import Gazetteer
from bot.domain.event import Event, Role
from bot.domain.feed import Article
from bot.domain.story import Story
from bot.track.discover import label, labels
from bot.track.mentions import Mention

#: Words within so many characters of an event's own are its surroundings.
NEAR = 250

# A story is between two.
PAIR = 2

BOTH = 4.0
ONE = 1.5
OTHER_NEAR = 1.5
OTHER_FAR = 0.5
PAIR_NEAR = 2.5
TERM = 1.5
PLACE = 0.75
#: A truce is of the ground that is named beside it.
GROUND = 1.0
PERSON = 1.0
VENUE = 1.5
THIRD = 0.75
# A party of so many stories, a great power, proves none of them.
BUSY = 4
# A pair whose both parties sit at other tables too is not meant by one of them alone.
SHARED = 2
# Who comes to a place where a table is set, comes to that table.
COMINGS = ("attendance-", "delegation-")
# Kinds that two do with each other; any other may be a third party's word on the story.
DEALINGS = ("talks-", "meeting", "agreement-", "prisoner-", "relations-", "ceasefire-agreed", "delegation-")

# An event between others is told in the same article, no more.
STRANGERS = 2.0


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands near an event, and what its article names at all."""

    near: frozenset[tuple[str, str]]
    far: frozenset[tuple[str, str]]


class Scales:
    """Knows the stories' parties, and weighs what speaks for each."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._person_ids = {person.name: person.id for person in gazetteer.persons}
        self._cities = {place.name: place.city for place in gazetteer.places if place.city}
        self.parties: dict[str, frozenset[str]] = {}
        #: How many defined stories each is a party of.
        self.roles: Counter[str] = Counter()
        self._defined: set[str] = set()

    def add(self, story: Story) -> None:
        """Know a story, or know it anew."""
        self.parties[story.id] = labels(story)
        if story.defined:
            self._defined.add(story.id)
            self.roles = Counter(party for other in self._defined for party in self.parties[other])

    def copy(self) -> "Scales":
        """Return ones that know the same; what they learn stays with them."""
        other = copy(self)
        other.parties, other.roles, other._defined = dict(self.parties), Counter(self.roles), set(self._defined)  # noqa: SLF001 - one of its own kind
        return other

    def about(self, story: Story, top: set[tuple[str, str]]) -> float:
        """Return the points of an article without events, by what its top names; both parties must be there."""
        if ("exclude", story.id) in top or sum(("actor", party) in top for party in self.parties[story.id]) < PAIR:
            return 0.0
        phrase, place = ("term", story.id) in top, any(("place", place) in top for place in story.places)
        person = any(("person", person) in top for person in story.persons)
        return PAIR_NEAR + TERM * phrase + PLACE * place + PERSON * person

    def is_own_person(self, event: Event, story: Story, other: Story) -> bool:
        """Return whether the event's person speaks for a story, and not for the other."""
        person = self._person_ids.get(event.person or "")
        return person in story.persons and person not in other.persons

    def _comes_to(self, story: Story, event: Event, acting: set[str], scene: Scene, *, warm: bool) -> bool:
        """Return whether a go-between comes, or does not, to the place of a story that is in the news."""
        if not event.kind.startswith(COMINGS) or not acting or not acting <= third(story):
            return False
        venue = {event.venue, self._cities.get(event.venue or "")} & set(story.places)
        here = bool(venue) or any(("place", place) in scene.near for place in story.places)
        return here and warm

    def points(self, story: Story, event: Event, acting: set[str], scene: Scene, *, warm: bool) -> float:
        """Return the points of an event for a story.

        Args:
            story: The story.
            event: The event.
            acting: What its sides are known by.
            scene: What is named around it.
            warm: The story had news of late.
        """
        if ("exclude", story.id) in scene.far:
            return 0.0
        parties = self.parties[story.id]
        if event.kind.startswith(COMINGS):
            # Who comes does nothing to those whom the sentence names besides.
            acting = acting - {label(actor) for actor in event.actors if actor.role is Role.TARGET}
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
        elif (far and term) or self._comes_to(story, event, acting, scene, warm=warm):
            points = ONE
        else:
            return 0.0
        around, person = self._circumstances(story, event, scene)
        proven = term or person
        others = len(own) < PAIR and len(acting) > 1 and bool(acting - parties - third(story))
        strange = others and self._is_strange(event, near, told=term and bool(own), named=term)
        alone = not proven and self._is_anybodys(parties, own, near, far)
        # Who comes from elsewhere, and to no place of the story, comes to another table.
        comes_by = (
            event.kind.startswith(COMINGS) and bool(acting) and not acting & (parties | third(story)) and not term
        )
        return min(points + around, STRANGERS) if strange or alone or comes_by else points + around

    def _is_strange(self, event: Event, near: set[str], *, told: bool, named: bool) -> bool:
        """Return whether what one party does with an outsider is no business of the story."""
        dealing = event.kind.startswith(DEALINGS)
        if dealing and len(near) < PAIR:
            return True
        return not told and (dealing or not (named or len(near) >= PAIR))

    def _is_anybodys(self, parties: frozenset[str], own: frozenset[str], near: set[str], far: set[str]) -> bool:
        """Return whether a lone party sits at so many tables that it proves none of them."""
        if len(own) >= PAIR:
            return False
        busy = bool(own) and len(far) < PAIR and all(self.roles[party] >= BUSY for party in own)
        told = len(near) >= PAIR and not all(self.roles[party] >= BUSY for party in own)
        return busy or (not told and all(self.roles[party] >= SHARED for party in parties))

    def _circumstances(self, story: Story, event: Event, scene: Scene) -> tuple[float, bool]:
        """Return the points for phrases, persons, places and third parties, and whether a person counts."""
        actors = {label(actor) for actor in event.actors}
        people = [self._person_ids.get(name, "") for name in (event.person, *event.members) if name]
        person = any(("person", person) in scene.near or person in people for person in story.persons)
        here = event.venue is not None and {event.venue, self._cities.get(event.venue)} & set(story.places)
        near_place = GROUND if event.kind.startswith("ceasefire-") else PLACE
        place = VENUE if here else near_place * any(("place", place) in scene.near for place in story.places)
        near, far = ("term", story.id) in scene.near, ("term", story.id) in scene.far
        phrase = TERM if near else TERM / 2 if far else 0.0
        return phrase + PERSON * person + place + THIRD * bool(third(story) & actors), person


def third(story: Story) -> set[str]:
    """Return the go-betweens of a story."""
    return {*story.mediators, *story.hosts}


def top_of(article: Article, mentions: Sequence[Mention]) -> set[tuple[str, str]]:
    """Return what an article's title and first words name."""
    return {(mention.what, mention.id) for mention in mentions if mention.start < len(article.title) + NEAR}


def scene_of(article: Article, event: Event, mentions: Sequence[Mention]) -> Scene:
    """Return what stands near an event and what its article names at all."""
    title = len(article.title)
    start, end = event.evidence.start - NEAR, event.evidence.end + NEAR
    near = {
        (mention.what, mention.id) for mention in mentions if mention.start <= title or start <= mention.start <= end
    }
    return Scene(near=frozenset(near), far=frozenset((mention.what, mention.id) for mention in mentions))
