"""What an event says of a story's slots: the building stones of the kinds' effects."""

from collections.abc import Iterable, Mapping

from bot.domain.event import Actor, Event, Modality, Quantity, Role
from bot.domain.story import Claim

#: Told firmly enough that a thing will be, or was, done.
FIRM = frozenset({Modality.ASSERTED, Modality.PLANNED, Modality.DENIED})

#: In place of a stage: a meeting that is planned is another line than the one that is held.
AHEAD = "ahead"
#: Days of a week.
WEEK = 7

# Symmetrical acts: who is named first says nothing.
MUTUAL = frozenset({"meeting", "talks-held", "talks-scheduled", "prisoner-exchange", "agreement-reached"})

# Acts whose sense does not hang on whom they name: the same call to one or to both is one call.
CALLS = frozenset({"talks-proposed", "ceasefire-called", "mediation"})


def name(text: str) -> str:
    """Return a name as a part of a slot's key, where a slash would divide it."""
    return text.replace("/", "-").strip()


def actors(event: Event, *roles: Role) -> tuple[str, ...]:
    """Return the names of the actors in these roles, each once."""
    return tuple(dict.fromkeys(_principal(event, actor) for actor in event.actors if actor.role in roles))


def _principal(event: Event, actor: Actor) -> str:
    """Return whom an actor stands for: its party if the event lets us name it."""
    if actor.party is None or actor.id is not None:
        return name(actor.name)
    for other in event.actors:
        if other.id == actor.party:
            return name(other.name)
    known_only_by_id = actor.party.islower()
    return name(actor.name if known_only_by_id else actor.party)


def party(event: Event) -> str | None:
    """Return the party whose act it is, or ``None`` if the event names none."""
    sides = actors(event, Role.SOURCE) or actors(event, Role.TARGET)
    return sides[0] if sides else None


def parties(event: Event) -> tuple[str, ...]:
    """Return the two sides of an act that they do together, in the alphabet's order."""
    sources, targets = actors(event, Role.SOURCE), actors(event, Role.TARGET)
    pair = sources[:1] + targets[:1] if len(sources) == 1 else sources
    return tuple(sorted(set(pair)))


def persons(event: Event) -> tuple[str, ...]:
    """Return the persons that the event names, the chief one first."""
    named = ((event.person,) if event.person else ()) + event.members
    return tuple(dict.fromkeys(name(person) for person in named))


def some(slot: str, value: str | tuple[str, ...] | Mapping[str, Quantity] | None) -> tuple[Claim, ...]:
    """Return the claim, or none if there is no value."""
    return (Claim(slot=slot, value=value),) if value else ()


def when_and_where(event: Event) -> tuple[Claim, ...]:
    """Return what an event of the talks says of date, venue, round, host and mediators."""
    rounds = event.terms.get("round")
    hosts = actors(event, Role.HOST)
    return (
        *some("talks/date", event.when),
        *some("talks/venue", event.venue),
        *some("talks/round", str(rounds) if rounds else None),
        *some("talks/host", hosts[0] if hosts else None),
        *some("talks/mediator", actors(event, Role.MEDIATOR)),
    )


def attends(event: Event, people: Iterable[str], status: str) -> tuple[Claim, ...]:
    """Return an attendance for each; without a firm word nobody is more than expected."""
    reached = status if event.modality in FIRM else "expected"
    return tuple(Claim(slot=f"attendance/{person}", value=reached) for person in people)


def measured(event: Event) -> dict[str, Quantity]:
    """Return an event's terms with one measure of length: three weeks are 21 days."""
    terms = dict(event.terms)
    weeks = terms.pop("weeks", None)
    if isinstance(weeks, int | float) and not isinstance(weeks, bool):
        terms.setdefault("days", weeks * WEEK)
    if terms.get("each_side") is not None and terms.get("each_side") == terms.get("prisoners"):
        del terms["prisoners"]  # so many each are the prisoners of one side
    return terms


def until(event: Event) -> dict[str, Quantity]:
    """Return an event's terms, with the days from and until which it holds."""
    terms = measured(event)
    if event.when:
        start, _, end = event.when.partition("/")
        terms["from"] = start
        if end:
            terms["until"] = end
    return terms


def _matter(event: Event) -> str:
    """Return what a denial or refusal is about: coming, leading a team and sitting in it are one matter of one man."""
    if event.about is None:
        return "denied" if event.modality is Modality.DENIED else "-"
    family = "coming" if event.about.startswith(("attendance-", "delegation-")) else event.about
    return f"{family} of {name(event.person)}" if event.person and family == "coming" else event.about


def ledger(event: Event) -> Claim:
    """Return the line of the ledger: one for (kind, stage, who, to whom, about)."""
    who = actors(event, Role.SOURCE) or actors(event, Role.MEDIATOR, Role.HOST)
    whom = actors(event, Role.TARGET)
    if event.kind == "talks-scheduled":
        who, whom = (), ()
    elif event.kind in MUTUAL:
        who, whom = (who[:1] + whom[:1] if whom else who[:2]), ()
    elif event.kind in CALLS:
        whom = ()
    speaker = event.person or event.attribution
    ahead = event.kind == "meeting" and event.modality in {Modality.PLANNED, Modality.CONDITIONAL}
    key = (
        event.kind,
        event.stage or (AHEAD if ahead else "-"),
        "+".join(sorted(who)) or (name(speaker) if speaker and event.kind != "talks-scheduled" else "-"),
        "+".join(sorted(whom)) or "-",
        _matter(event),
    )
    return Claim(slot="ledger/" + "/".join(key), value=event.evidence.words or event.kind)
