"""Deals and treaties, made and broken."""

from bot.domain.event import Event, Modality
from bot.domain.story import Claim
from bot.kinds.claims import parties
from bot.kinds.kind import Kind, frame


def reach(event: Event) -> tuple[Claim, ...]:
    """Return how far a deal is; one that is only foreseen is a line of the ledger."""
    foreseen = event.modality is Modality.PLANNED and event.stage not in {None, "agreed"}
    if event.modality is Modality.CONDITIONAL or foreseen:
        return ()
    return _deal(event, event.stage or "agreed")


def break_off(event: Event) -> tuple[Claim, ...]:
    """Return that a deal is broken."""
    return () if event.modality is Modality.CONDITIONAL else _deal(event, "broken")


def _deal(event: Event, status: str) -> tuple[Claim, ...]:
    topic = event.terms.get("topic") or event.terms.get("name") or "+".join(parties(event))
    return (Claim(slot=f"agreement/{topic}", value=status),) if topic else ()


AGREEMENT_REACHED = Kind(
    name="agreement-reached",
    title="agreement reached",
    family="agreements",
    cameo="057",
    plover="SUPPORT",
    stages=(
        "agreed",
        "signed",
        "ratified",
        "in-force",
    ),
    weight=5,
    effect=reach,
    means=(
        frame("agree", "agreement", "agreed"),
        frame("sign", "agreement", "signed"),
        frame("ratify", "agreement", "ratified"),
        frame("take-effect", "agreement", "in-force"),
        frame("declare", "agreement", "agreed"),
        frame("adopt", "agreement", "ratified"),
        frame("agree", "relations", "agreed"),
    ),
)

AGREEMENT_BROKEN = Kind(
    name="agreement-broken",
    title="agreement broken",
    family="agreements",
    cameo="128",
    plover="SANCTION",
    weight=5,
    effect=break_off,
    means=(
        frame("quit", "agreement"),
        frame("violate", "agreement"),
        frame("suspend", "agreement"),
        frame("cancel", "agreement"),
        frame("collapse", "agreement"),
        frame("lapse", "agreement"),
    ),
)
