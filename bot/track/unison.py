"""One word of an article on one thing: how the talks stand, and who heads each team."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.domain.event import Event, Modality, Role
from bot.domain.feed import Article
from bot.track.sureness import TEAMS

TRUCE = "ceasefire-agreed"
TALKS = frozenset({"talks-proposed", "talks-scheduled", "talks-held", "talks-postponed"})


def one_status(article: Article, events: Sequence[Event]) -> list[Event]:
    """Return the events with one word on how the talks stand: the title's, else the surest."""
    events = _one_offer(article, _one_truce(article, events))
    told = [event for event in events if event.kind in TALKS and event.modality is not Modality.DENIED]
    if not told:
        return list(events)
    best = max(told, key=lambda event: _worth(article, event))
    if best.kind == "talks-postponed" and best.stage == "suspended":
        # A break of hours is called both; what the text tells of it says that it is one.
        best = next((event for event in told if event.stage == "recess"), best)
    return [event for event in events if event not in told or event is best or _goes_with(event, best)]


def _one_truce(article: Article, events: Sequence[Event]) -> list[Event]:
    """Return the events with one word on how far a truce is: the title's, if it tells of one."""
    title = [e for e in events if e.kind == TRUCE and e.stage and e.evidence.start < len(article.title)]
    if not title:
        return list(events)
    stages = {event.stage for event in title}
    return [event for event in events if event.kind != TRUCE or event.stage is None or event.stage in stages]


def _one_offer(article: Article, events: Sequence[Event]) -> list[Event]:
    """Return the events with a host's offer told as one: what a title offers is not yet accepted below it."""
    offered = any(
        e.kind == "mediation" and e.stage == "offered" and e.evidence.start < len(article.title) for e in events
    )
    return [
        replace(event, stage="offered") if offered and event.kind == "mediation" and event.stage == "hosting" else event
        for event in events
    ]


def _worth(article: Article, event: Event) -> tuple[int, float, int]:
    in_title = event.evidence.start < len(article.title)
    return (int(in_title), event.confidence, -event.evidence.start)


def _goes_with(event: Event, best: Event) -> bool:
    """Return whether both can be so: the same status, another pair, or the next round after an end."""
    if event.kind == best.kind and event.stage == best.stage:
        return True
    if {event.kind, best.kind} == {"talks-held", "talks-scheduled"} and "ended" in {event.stage, best.stage}:
        return True
    return not _parties(event) <= _parties(best) and not _parties(best) <= _parties(event)


def _parties(event: Event) -> set[str]:
    return {actor.id or actor.name for actor in event.actors if actor.role in {Role.SOURCE, Role.TARGET}}


def one_head(events: Sequence[Event], leads_a_state: Callable[[str | None], bool]) -> Iterator[Event]:
    """Yield the events, each party's team with one head; whoever sends a team does not lead it."""
    heads: dict[str, Event] = {}
    for event in events:
        if _names_a_head(event):
            party = source(event)
            known = heads.get(party)
            if known is None or (leads_a_state(event.person), -event.confidence) < (
                leads_a_state(known.person),
                -known.confidence,
            ):
                heads[party] = event
    for event in events:
        known = heads.get(source(event)) if _names_a_head(event) else None
        if known is None or known is event or event.person == known.person:
            yield event
        elif event.members and not leads_a_state(event.person):
            yield replace(event, role="member")  # a list of the others, read as led by its first name


def _names_a_head(event: Event) -> bool:
    return (
        event.kind in TEAMS
        and event.role != "member"
        and event.person is not None
        and event.modality is not Modality.DENIED
        and event.stage != "withdrawn"
    )


def source(event: Event) -> str:
    """Return whose act it is: the first that acts, by its id or name."""
    return next((actor.id or actor.name for actor in event.actors if actor.role is Role.SOURCE), "")
