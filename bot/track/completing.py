"""What a title leaves out, the first words of its article tell: the two are one report."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.event import Actor, Event, Modality, Role
from bot.domain.feed import Article
from bot.kinds.claims import MUTUAL
from bot.track.discover import label
from bot.track.sureness import LEAD, TEAMS
from bot.track.times import days

#: Kinds whose person, part and members a title may leave to the first words.
PAIR = 2
#: Modalities of what is told as so, by whomever.
TOLD = frozenset({Modality.ASSERTED, Modality.PLANNED, Modality.ALLEGED})
#: The stage of a deed that is over.
DONE = "carried-out"
PERSONAL = TEAMS | {"attendance-confirmed", "attendance-declined"}


def completed(article: Article, events: Sequence[Event], is_person: Callable[[str], bool]) -> list[Event]:
    """Return the events, those that title and first words both tell completed by each other and as sure as the surer.

    Args:
        article: Where they were read.
        events: In the order of the text.
        is_person: Whether a name is a person's, who is no party.
    """
    title = len(article.title)
    found = list(events)
    for top, first in enumerate(events):
        if first.evidence.start >= title:
            continue
        for place, second in enumerate(events):
            if title <= second.evidence.start <= title + LEAD and _are_one(first, second, is_person):
                whole = max(found[top].confidence, second.confidence)
                found[top] = _filled(replace(found[top], confidence=whole), second, is_person)
                if _has_happened(article, second):
                    found[top] = replace(found[top], modality=second.modality, stage=second.stage or found[top].stage)
                found[place] = replace(
                    found[place],
                    confidence=whole,
                    actors=found[top].actors,
                    venue=found[top].venue,
                    modality=found[top].modality,
                    attribution=found[top].attribution,
                )
    return found


def _are_one(first: Event, second: Event, is_person: Callable[[str], bool]) -> bool:
    """Return whether two tell the same: of one kind, by the same party, of the same person if both name one."""
    same_kind = first.kind == second.kind or {first.kind, second.kind} <= TEAMS
    if not same_kind or not ({first.modality, second.modality} <= TOLD or first.modality is second.modality):
        return False
    if first.person and second.person and first.person != second.person:
        return False
    one, other = _parties(first, is_person), _parties(second, is_person)
    return not one or not other or bool(one & other)


def _has_happened(article: Article, event: Event) -> bool:
    """Return whether first words tell as done what a title, in the present, may only announce: "exchange", "lands"."""
    if event.modality is not Modality.ASSERTED:
        return False
    span = days(event.when)
    arrived = event.kind == "attendance-confirmed" and span is not None and span[0] <= article.published.date()
    return arrived or event.stage == DONE


def _filled(first: Event, second: Event, is_person: Callable[[str], bool]) -> Event:
    """Return a title's event with what the first words add, on the weaker word of the two."""
    own = tuple(actor for actor in first.actors if not _is_person(actor, first, is_person))
    known = {actor.id or actor.name for actor in own}
    others = (actor for actor in second.actors if not _is_person(actor, second, is_person))
    # A title that names both who acts and on whom needs nobody more; what stands below is often somebody's aside.
    lacking = {role for role in (Role.SOURCE, Role.TARGET) if all(actor.role is not role for actor in own)}
    joint = first.kind in MUTUAL and len(own) < PAIR
    added = tuple(a for a in others if (a.id or a.name) not in known and (joint or a.role in lacking))
    # The first words say by name who it is that a title calls an official, or that nobody stands for it.
    # Of its own team a party needs nobody's word.
    speaks = first.kind not in TEAMS and any(word[:1].isupper() for word in (second.attribution or "").split())
    weaker = Modality.ALLEGED if Modality.ALLEGED in {first.modality, second.modality} else first.modality
    firmness = second.modality if speaks else weaker
    first = replace(
        first,
        actors=own + added or first.actors,
        modality=firmness,
        stage=first.stage or second.stage,
        attribution=_speaker(first, second) if not speaks else second.attribution,
        terms={**second.terms, **first.terms},
    )
    if first.kind in PERSONAL and first.person is None:
        first = replace(first, person=second.person, role=second.role, members=first.members or second.members)
    elif first.person == second.person:
        first = replace(first, members=first.members or second.members)
    return replace(first, venue=first.venue or second.venue, when=first.when or second.when)


def _speaker(first: Event, second: Event) -> str | None:
    """Return whom a title calls its source, or the unnamed ones of the first words: an office is nobody's word."""
    return first.attribution or (second.attribution if second.modality is Modality.ALLEGED else None)


def _parties(event: Event, is_person: Callable[[str], bool]) -> set[str]:
    """Return who acts, persons left out."""
    return {label(actor) for actor in event.actors if _acts(actor) and not _is_person(actor, event, is_person)}


def _acts(actor: Actor) -> bool:
    return actor.role is not Role.TARGET


def _is_person(actor: Actor, event: Event, is_person: Callable[[str], bool]) -> bool:
    return actor.id is None and (actor.name == event.person or is_person(actor.name))
