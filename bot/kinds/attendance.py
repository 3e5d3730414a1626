"""Who comes and who stays away."""

from bot.domain.event import Event, Modality
from bot.domain.story import Claim
from bot.kinds.claims import attends, persons
from bot.kinds.kind import Kind, frame


def confirm(event: Event) -> tuple[Claim, ...]:
    """Return that the persons come; a party that comes without a name is a line of the ledger."""
    return attends(event, persons(event), "confirmed")


def decline(event: Event) -> tuple[Claim, ...]:
    """Return that they stay away; "not unless" is no word on which to strike a name."""
    if event.modality is Modality.CONDITIONAL:
        return ()
    return tuple(Claim(slot=f"attendance/{person}", value="declined") for person in persons(event))


ATTENDANCE_CONFIRMED = Kind(
    name="attendance-confirmed",
    title="attendance confirmed",
    family="attendance",
    cameo="036",
    plover="AGREE",
    weight=4,
    effect=confirm,
    means=(
        frame("attend", "gathering"),
        frame("arrive", "gathering"),
        frame("confirm", "gathering"),
        frame("lead", "delegation"),
        frame("attend"),
        frame("arrive"),
        frame("send", "delegation"),
    ),
)

ATTENDANCE_DECLINED = Kind(
    name="attendance-declined",
    title="attendance declined",
    family="attendance",
    cameo="125",
    plover="REJECT",
    weight=5,
    effect=decline,
    means=(
        frame("skip", "gathering"),
        frame("walk-out", "gathering"),
        frame("skip"),
        frame("walk-out"),
        frame("cancel", "meeting"),
    ),
)
