"""Third parties, and meetings that are not the negotiation."""

from bot.domain.event import Event, Role
from bot.domain.story import Claim
from bot.kinds.claims import actors, ledger, some
from bot.kinds.kind import Kind, frame


def mediate(event: Event) -> tuple[Claim, ...]:
    """Return who hosts or mediates once that is more than an offer."""
    hosts = actors(event, Role.HOST)
    mediators = actors(event, Role.MEDIATOR) or hosts or actors(event, Role.SOURCE)
    line = ledger(event)
    if event.stage == "hosting":
        host = (hosts or mediators)[:1]
        return (*some("talks/host", host[0] if host else None), *some("talks/venue", event.venue), line)
    if event.stage in {"shuttling", "proposal"}:
        return (*some("talks/mediator", mediators), line)
    if event.stage == "accepted":
        return (*some("talks/mediator", actors(event, Role.MEDIATOR)), line)
    return (line,)


MEDIATION = Kind(
    name="mediation",
    title="mediation",
    family="mediation",
    cameo="045",
    cameo_by_stage={"offered": "039", "accepted": "038", "refused": "126"},
    plover="CONSULT",
    stages=(
        "offered",
        "accepted",
        "refused",
        "hosting",
        "shuttling",
        "proposal",
    ),
    weight=3,
    effect=mediate,
    means=(
        frame("mediate"),
        frame("propose", "mediation", "offered"),
        frame("accept", "mediation", "accepted"),
        frame("reject", "mediation", "refused"),
        frame("name", "mediation"),
        frame("host", "talks", "hosting"),
        frame("shuttle", stage="shuttling"),
        frame("present", "proposal", "proposal"),
        frame("drop", "mediation"),
        frame("mediate", "talks"),
        frame("propose", "talks", "offered"),
        frame("replace", "mediation"),
        frame("suspend", "mediation"),
    ),
)

MEETING = Kind(
    name="meeting",
    title="meeting",
    family="mediation",
    cameo="040",
    plover="CONSULT",
    weight=2,
    means=(
        frame("meet", "meeting"),
        frame("visit"),
        frame("phone"),
        frame("receive"),
        frame("meet"),
        frame("visit", "meeting"),
        frame("hold", "meeting"),
        frame("schedule", "meeting"),
    ),
)
