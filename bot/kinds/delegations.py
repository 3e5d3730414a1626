"""Who speaks for whom: delegations named and changed."""

from bot.domain.event import Event, Modality
from bot.domain.story import Claim
from bot.kinds.claims import attends, name, party, persons, some
from bot.kinds.kind import Kind, frame


def name_delegation(event: Event) -> tuple[Claim, ...]:
    """Return who leads, who belongs to it, and that they are to attend."""
    whose = party(event)
    if whose is None or not persons(event):
        return ()
    head = name(event.person) if event.person and event.role != "member" else None
    others = tuple(person for person in persons(event) if person != head)
    return (
        *some(f"delegation/{whose}/head", head),
        *some(f"delegation/{whose}/members", others),
        *attends(event, persons(event), "confirmed"),
    )


def change_delegation(event: Event) -> tuple[Claim, ...]:
    """Return who came, or who left; a change of rank is a line of the ledger."""
    whose = party(event)
    if whose is None or event.stage == "rank":
        return ()
    if event.stage != "withdrawn":
        return name_delegation(event)
    slot = "members" if event.role == "member" else "head"
    away = attends(event, persons(event), "declined") if event.modality is not Modality.CONDITIONAL else ()
    return (*some(f"delegation/{whose}/{slot}", persons(event) if slot == "members" else event.person), *away)


DELEGATION_NAMED = Kind(
    name="delegation-named",
    title="delegation named",
    family="delegations",
    cameo="030",
    plover="AGREE",
    weight=4,
    effect=name_delegation,
    means=(
        frame("name", "delegation"),
        frame("lead", "delegation"),
        frame("send", "delegation"),
        frame("name", "talks"),
        frame("lead", "talks"),
        frame("lead"),
    ),
)

DELEGATION_CHANGED = Kind(
    name="delegation-changed",
    title="delegation changed",
    family="delegations",
    cameo="030",
    plover="AGREE",
    stages=(
        "replaced",
        "added",
        "withdrawn",
        "rank",
    ),
    weight=4,
    effect=change_delegation,
    means=(
        frame("replace", "delegation", "replaced"),
        frame("add", "delegation", "added"),
        frame("drop", "delegation", "withdrawn"),
        frame("replace", "talks", "replaced"),
        frame("replace", "mediation", "replaced"),
    ),
)
