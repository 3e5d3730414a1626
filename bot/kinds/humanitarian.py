"""Prisoners, corridors and observers."""

from bot.domain.event import Event, Modality
from bot.domain.story import Claim
from bot.kinds.claims import measured, name, parties, some
from bot.kinds.kind import Kind, frame


def exchange(event: Event) -> tuple[Claim, ...]:
    """Return how far an exchange is, and how many it frees."""
    if event.modality is Modality.CONDITIONAL or not parties(event):
        return ()
    done = event.stage == "carried-out" and event.modality is not Modality.PLANNED
    return (
        Claim(slot=f"prisoners/{'+'.join(parties(event))}", value="carried-out" if done else "agreed"),
        *some("prisoners/terms", measured(event)),
    )


def give_access(event: Event) -> tuple[Claim, ...]:
    """Return whether a place is open; without a place it is a line of the ledger."""
    if event.modality is Modality.CONDITIONAL or not event.venue:
        return ()
    ahead = event.modality is Modality.PLANNED and event.stage != "refused"
    return (Claim(slot=f"access/{name(event.venue)}", value="agreed" if ahead else event.stage or "agreed"),)


PRISONER_EXCHANGE = Kind(
    name="prisoner-exchange",
    title="prisoner exchange",
    family="humanitarian",
    cameo="0353",
    cameo_by_stage={"carried-out": "0841"},
    plover="RETREAT",
    stages=(
        "agreed",
        "carried-out",
    ),
    weight=4,
    effect=exchange,
    means=(
        frame("exchange", "prisoners", "carried-out"),
        frame("release", "prisoners", "carried-out"),
        frame("agree", "prisoners", "agreed"),
        frame("exchange", stage="agreed"),
    ),
)

HUMANITARIAN_ACCESS = Kind(
    name="humanitarian-access",
    title="humanitarian access",
    family="humanitarian",
    cameo="086",
    plover="RETREAT",
    stages=(
        "agreed",
        "open",
        "refused",
    ),
    weight=3,
    effect=give_access,
    means=(
        frame("open-way", "access", "open"),
        frame("block", "access", "refused"),
        frame("agree", "access", "agreed"),
        frame("resume", "access", "open"),
    ),
)
