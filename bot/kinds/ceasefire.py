"""Ceasefires, truces and pauses: called for, agreed, refused, broken."""

from bot.domain.event import Event, Modality, Role
from bot.domain.story import Claim
from bot.kinds.claims import actors, ledger, measured, some, until
from bot.kinds.kind import Kind, frame

REFUSALS = {"refused": "rejected", "ended": "ended", "lapsed": "ended"}


def call(event: Event) -> tuple[Claim, ...]:
    """Return who calls for which truce; each call is a line of the ledger too."""
    callers = actors(event, Role.SOURCE) or actors(event, Role.MEDIATOR)
    return (
        Claim(slot="ceasefire/status", value="called"),
        *some("ceasefire/called-by", callers),
        *some("ceasefire/terms", measured(event)),
        ledger(event),
    )


def agree(event: Event) -> tuple[Claim, ...]:
    """Return that a truce stands; one side's yes alone is no truce yet."""
    if event.modality is Modality.CONDITIONAL:
        return ()
    sides = actors(event, Role.SOURCE)
    if len(sides) == 1 and is_one_sided(event):
        return (
            *some("ceasefire/accepted-by", sides),
            *some("ceasefire/terms", measured(event)),
            Claim(slot="ceasefire/status", value="agreed"),
            ledger(event),
        )
    lies_ahead = event.modality is Modality.PLANNED
    holds = event.stage in {"in-force", "extended"} and not lies_ahead
    return (
        Claim(slot="ceasefire/status", value="in-force" if holds else "agreed"),
        *some("ceasefire/terms", until(event)),
    )


def is_one_sided(event: Event) -> bool:
    """Return whether a yes needs the other side's: it is accepted, or only lies ahead and is nobody's own truce."""
    return event.stage == "accepted" or (event.modality is Modality.PLANNED and event.stage != "declared")


def reject(event: Event) -> tuple[Claim, ...]:
    """Return that a truce is refused, and by whom, or that it is over."""
    if event.modality is Modality.CONDITIONAL:
        return ()
    status = REFUSALS.get(event.stage or "refused", "rejected")
    who = actors(event, Role.SOURCE) if status == "rejected" else ()
    return (Claim(slot="ceasefire/status", value=status), *some("ceasefire/rejected-by", who))


CEASEFIRE_CALLED = Kind(
    name="ceasefire-called",
    title="ceasefire called for",
    family="ceasefire",
    cameo="0256",
    plover="REQUEST",
    weight=4,
    effect=call,
    means=(
        frame("call", "ceasefire"),
        frame("propose", "ceasefire"),
        frame("demand", "ceasefire"),
        frame("present", "ceasefire"),
        frame("invite", "ceasefire"),
    ),
)

CEASEFIRE_AGREED = Kind(
    name="ceasefire-agreed",
    title="ceasefire agreed",
    family="ceasefire",
    cameo="0871",
    plover="RETREAT",
    stages=(
        "accepted",
        "declared",
        "in-force",
        "extended",
    ),
    weight=5,
    effect=agree,
    means=(
        frame("agree", "ceasefire", "accepted"),
        frame("accept", "ceasefire", "accepted"),
        frame("sign", "ceasefire", "accepted"),
        frame("declare", "ceasefire", "declared"),
        frame("take-effect", "ceasefire", "in-force"),
        frame("begin", "ceasefire", "in-force"),
        frame("extend", "ceasefire", "extended"),
        frame("pull-back", "forces", "in-force"),
        frame("suspend", "ceasefire", "declared"),
        frame("confirm", "ceasefire", "accepted"),
    ),
)

CEASEFIRE_REJECTED = Kind(
    name="ceasefire-rejected",
    title="ceasefire rejected",
    family="ceasefire",
    cameo="1246",
    plover="REJECT",
    stages=(
        "refused",
        "ended",
        "lapsed",
    ),
    weight=5,
    effect=reject,
    means=(
        frame("reject", "ceasefire", "refused"),
        frame("end", "ceasefire", "ended"),
        frame("cancel", "ceasefire", "ended"),
        frame("quit", "ceasefire", "ended"),
        frame("lapse", "ceasefire", "lapsed"),
        frame("collapse", "ceasefire", "ended"),
        frame("suspend", "ceasefire", "ended"),
    ),
)

CEASEFIRE_VIOLATED = Kind(
    name="ceasefire-violated",
    title="ceasefire violated",
    family="ceasefire",
    cameo="196",
    plover="ASSAULT",
    weight=3,
    means=(
        frame("violate", "ceasefire"),
        frame("accuse", "ceasefire"),
        frame("violate"),
    ),
)
