"""Sanctions and relations between states."""

from bot.domain.event import Event, Modality, Role
from bot.domain.story import Claim
from bot.kinds.claims import actors
from bot.kinds.kind import Kind, frame


def impose(event: Event) -> tuple[Claim, ...]:
    """Return sanctions of each on each."""
    return _between("sanctions", event, "imposed")


def lift(event: Event) -> tuple[Claim, ...]:
    """Return sanctions eased or lifted."""
    return _between("sanctions", event, "lifted")


def downgrade(event: Event) -> tuple[Claim, ...]:
    """Return relations that one lowered with another."""
    return _between("relations", event, "downgraded")


def restore(event: Event) -> tuple[Claim, ...]:
    """Return relations that were taken up again."""
    return _between("relations", event, "restored")


def _between(slot: str, event: Event, value: str) -> tuple[Claim, ...]:
    """Return a claim for each pair; what lies ahead is a line of the ledger."""
    if event.modality in {Modality.CONDITIONAL, Modality.PLANNED}:
        return ()
    return tuple(
        Claim(slot=f"{slot}/{by}/{on}", value=value)
        for by in actors(event, Role.SOURCE)
        for on in actors(event, Role.TARGET)
    )


SANCTIONS_IMPOSED = Kind(
    name="sanctions-imposed",
    title="sanctions imposed",
    family="pressure",
    cameo="163",
    plover="SANCTION",
    weight=4,
    effect=impose,
    means=(
        frame("impose", "sanctions"),
        frame("extend", "sanctions"),
        frame("suspend", "sanctions"),
        frame("impose"),
        frame("adopt", "sanctions"),
    ),
)

SANCTIONS_LIFTED = Kind(
    name="sanctions-lifted",
    title="sanctions lifted",
    family="pressure",
    cameo="085",
    plover="CONCEDE",
    weight=4,
    effect=lift,
    means=(
        frame("lift", "sanctions"),
        frame("suspend", "sanctions"),
        frame("resume", "sanctions"),
        frame("restore", "sanctions"),
    ),
)

RELATIONS_DOWNGRADED = Kind(
    name="relations-downgraded",
    title="relations downgraded",
    family="pressure",
    cameo="160",
    plover="SANCTION",
    weight=4,
    effect=downgrade,
    means=(
        frame("expel", "ambassador"),
        frame("recall", "ambassador"),
        frame("summon", "ambassador"),
        frame("close", "embassy"),
        frame("sever", "relations"),
        frame("quit", "relations"),
        frame("expel"),
        frame("suspend", "relations"),
        frame("drop", "ambassador"),
    ),
)

RELATIONS_RESTORED = Kind(
    name="relations-restored",
    title="relations restored",
    family="pressure",
    cameo="050",
    plover="SUPPORT",
    weight=4,
    effect=restore,
    means=(
        frame("restore", "relations"),
        frame("reopen", "embassy"),
        frame("reopen", "ambassador"),
        frame("recognise", "state"),
        frame("name", "ambassador"),
        frame("restore", "embassy"),
        frame("agree", "relations"),
        frame("resume", "relations"),
        frame("recognise"),
    ),
)
