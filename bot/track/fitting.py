"""An event as its story reads it: who is a party there, and who goes between.

Sentences name three at a table alike. The story knows who the parties are, so
a party never mediates in its own dispute, a meeting of both that lies ahead is
the talks, and a proposal of both to each other is none.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from bot.domain.event import Actor, Event, Modality, Role
from bot.domain.story import Story
from bot.track.discover import GROUPS, key, label, labels, plain
from bot.track.times import days

BETWEEN = frozenset({Role.MEDIATOR, Role.HOST})
PAIR = 2
#: What one does to another.
TOWARDS = ("relations-", "sanctions-", "accusation", "demand", "threat", "rejection", "concession")
NO_NAMES: Mapping[str, str] = MappingProxyType({})


def fit(event: Event, story: Story, today: date, names: Mapping[str, str] = NO_NAMES) -> Event | None:
    """Return the event as it counts in the story, ``None`` if it makes no sense there.

    Args:
        event: What was read.
        story: Where it belongs.
        today: The day of publication.
        names: The full names of actors, by id.
    """
    parties = labels(story)
    if len(story.parties) == PAIR and _is_done_together(event, parties):
        event = _between_both(event, story, names)
    actors = tuple(_called(_placed(actor, parties), story) for actor in event.actors)
    event = _with_the_other(replace(event, actors=actors), story, names)
    actors = event.actors
    ours = {label(actor) for actor in actors if actor.role is Role.SOURCE} & parties
    if _is_urged(event, story, ours):
        urged = tuple(replace(actor, role=_urges(actor, parties)) for actor in actors)
        event = replace(event, kind="talks-proposed", stage=None, modality=Modality.ASSERTED, actors=urged)
        ours = set()
    if _is_one_sides_yes(event, story):
        own = tuple(actor for actor in actors if label(actor) in parties)
        event = replace(event, kind="attendance-confirmed", stage=None, actors=own)
    if event.kind == "talks-proposed" and len(ours) >= PAIR:
        return None
    if event.kind == "mediation" and not any(actor.role in BETWEEN for actor in actors) and ours:
        return None
    if event.kind == "mediation" and event.stage in {None, "hosting"} and event.modality is Modality.CONDITIONAL:
        event = replace(event, stage="offered")
    if event.kind == "mediation" and event.stage == "hosting" and not _is_settled_host(event, story):
        event = replace(event, stage="offered")
    if event.kind == "meeting" and event.modality is Modality.PLANNED and not event.when and _meets(actors, parties):
        return None  # opponents who are to meet some day are no meeting yet
    span = days(event.when)
    ahead = span is not None and (event.modality is Modality.PLANNED or span[0] > today)
    if event.kind == "meeting" and ahead and _meets(actors, parties) and _alone(actors, story):
        return replace(event, kind="talks-scheduled", stage="dated", modality=Modality.PLANNED)
    return event


def sat_down(event: Event, story: Story, set_for: Collection[date], today: date) -> Event:
    """Return a meeting of the story's parties alone, on a day for which talks were set, as the talks that it is.

    Args:
        event: An event as its story reads it.
        story: The story.
        set_for: The days for which its talks were set.
        today: The day of publication.
    """
    span = days(event.when) or (today, today)
    both = _meets(event.actors, labels(story)) and _alone(event.actors, story)
    if event.kind != "meeting" or event.modality is not Modality.ASSERTED or span[0] not in set_for or not both:
        return event
    return replace(event, kind="talks-held", stage="begun") if span[0] == today else event


def _urges(actor: Actor, parties: frozenset[str]) -> Role:
    """Return an actor's part in a call: the story's parties are called on, the others call."""
    if label(actor) in parties:
        return Role.TARGET
    return Role.SOURCE if actor.role is Role.TARGET else actor.role


def _is_urged(event: Event, story: Story, ours: set[str]) -> bool:
    """Return whether an outsider's word to one party was read as their agreement: it is a call for talks."""
    if event.kind != "talks-scheduled" or event.stage != "agreed":
        return False
    sides = {label(actor) for actor in event.actors if actor.role in {Role.SOURCE, Role.TARGET}}
    return bool(sides - labels(story) - {*story.hosts}) and len(sides & labels(story)) == 1 and len(ours) <= 1


def _with_the_other(event: Event, story: Story, names: Mapping[str, str]) -> Event:
    """Return what one of two parties does to somebody whom no reader found as done to the other, if the words name it."""
    if not event.kind.startswith(TOWARDS) or len(story.parties) != PAIR or event.modality is Modality.DENIED:
        return event
    known = {label(actor) for actor in event.actors}
    other = [party for party in story.parties if (party if party.islower() else key(party)) not in known]
    if len(known) != 1 or len(other) != 1 or any(actor.role is not Role.SOURCE for actor in event.actors):
        return event
    name = names.get(other[0], other[0])
    said = re.search(rf"\b{re.escape(key(name))}", plain(event.evidence.words))
    if said is None:
        return event
    target = Actor(id=other[0] if other[0] in names else None, name=name, role=Role.TARGET)
    return replace(event, actors=(*event.actors, target))


def _is_one_sides_yes(event: Event, story: Story) -> bool:
    """Return whether one party and somebody else's invitation were read as a date of both: that party comes."""
    if event.kind != "talks-scheduled" or not event.venue or event.stage == "resuming":
        return False
    sides = {label(actor) for actor in event.actors if actor.role in {Role.SOURCE, Role.TARGET}}
    return len(sides & labels(story)) == 1 and bool(sides & {*story.hosts, *story.mediators})


def _is_done_together(event: Event, parties: frozenset[str]) -> bool:
    """Return whether it takes both parties, whoever is named: so many each, or a deal that one of them signed."""
    if event.kind == "prisoner-exchange":
        return "each_side" in event.terms
    alone = {label(actor) for actor in event.actors}
    return event.kind == "agreement-reached" and len(alone) == 1 and alone <= parties


def _between_both(event: Event, story: Story, names: Mapping[str, str]) -> Event:
    """Return an event as one of the story's two parties, whomever the words name."""
    here = {label(actor) for actor in event.actors}
    missing = [party for party in story.parties if (party if party in names else key(party)) not in here]
    added = tuple(
        Actor(id=party if party in names else None, name=names.get(party, party), role=Role.SOURCE) for party in missing
    )
    return replace(event, actors=(*event.actors, *added))


def _placed(actor: Actor, parties: frozenset[str]) -> Actor:
    """Return a party that is told as a go-between as one of the sides."""
    if actor.role in BETWEEN and label(actor) in parties:
        return replace(actor, role=Role.TARGET)
    return actor


def _called(actor: Actor, story: Story) -> Actor:
    """Return an unknown party by the story's name for it: its people's adjective is no other party."""
    own = next((party for party in story.parties if actor.id is None and key(party) == label(actor)), None)
    return actor if own is None or actor.party is not None else replace(actor, name=own)


def _is_settled_host(event: Event, story: Story) -> bool:
    """Return whether a host is the story's own, or says himself that he hosts."""
    hosts = [actor for actor in event.actors if actor.role in BETWEEN]
    own = {label(actor) for actor in hosts} & set(story.hosts)
    said = (event.attribution or "").casefold()
    return not hosts or not story.hosts or bool(own) or any(actor.name.casefold() in said for actor in hosts)


def _alone(actors: tuple[Actor, ...], story: Story) -> bool:
    """Return whether only the parties meet, with their host: who sees both in turn does not bring them together."""
    first = next((label(actor) for actor in actors if actor.role is Role.SOURCE), "")
    if first in {*story.hosts, *story.mediators}:
        return False
    sides = {label(actor) for actor in actors if actor.role in {Role.SOURCE, Role.TARGET}}
    members = {member for party in story.parties for member in GROUPS.get(party, ())}
    return sides <= {*labels(story), *members, *story.hosts}


def _meets(actors: tuple[Actor, ...], parties: frozenset[str]) -> bool:
    sides = {label(actor) for actor in actors if actor.role in {Role.SOURCE, Role.TARGET}}
    sides |= {group for group, members in GROUPS.items() if members <= sides}
    return len(sides & parties) >= PAIR
