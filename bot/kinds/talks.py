"""The negotiation itself, from proposal to end."""

from bot.domain.event import Event, Modality
from bot.domain.story import Claim
from bot.kinds.claims import attends, ledger, persons, when_and_where
from bot.kinds.kind import Kind, frame

STATUS = {
    "begun": "under-way",
    "continuing": "under-way",
    "recess": "recess",
    "ended": "ended",
    "delayed": "postponed",
    "suspended": "postponed",
    "cancelled": "collapsed",
    "collapsed": "collapsed",
}


def propose(event: Event) -> tuple[Claim, ...]:
    """Return that talks are proposed; each call is a line of the ledger too."""
    return (Claim(slot="talks/status", value="proposed"), *when_and_where(event), ledger(event))


def schedule(event: Event) -> tuple[Claim, ...]:
    """Return that talks are set, with what is known of when and where; on a condition they are proposed.

    To meet again, no day named, moves no status: it is a line of the ledger.
    """
    status = "proposed" if event.modality is Modality.CONDITIONAL else "scheduled"
    dateless = () if event.when else (ledger(event),)
    return (Claim(slot="talks/status", value=status), *when_and_where(event), *dateless)


def hold(event: Event) -> tuple[Claim, ...]:
    """Return how far the talks are, and who sits there; talks that lie ahead are scheduled ones."""
    if event.modality is Modality.CONDITIONAL:
        return ()
    ahead = event.modality is Modality.PLANNED
    status = "scheduled" if ahead else STATUS.get(event.stage or "begun", "under-way")
    there = () if event.modality is not Modality.ASSERTED else attends(event, persons(event), "present")
    return (Claim(slot="talks/status", value=status), *when_and_where(event), *there)


def postpone(event: Event) -> tuple[Claim, ...]:
    """Return that talks are off for now, to another day or place, or for good."""
    if event.modality is Modality.CONDITIONAL:
        return ()
    status = STATUS.get(event.stage or "delayed", "postponed")
    if event.stage == "cancelled" and event.when:
        status = "postponed"
    elsewhere = event.stage == "moved" and not event.when
    return (*(() if elsewhere else (Claim(slot="talks/status", value=status),)), *when_and_where(event))


TALKS_PROPOSED = Kind(
    name="talks-proposed",
    title="talks proposed",
    family="talks",
    cameo="027",
    plover="REQUEST",
    weight=3,
    effect=propose,
    means=(
        frame("propose", "talks"),
        frame("call", "talks"),
        frame("invite", "talks"),
        frame("demand", "talks"),
        frame("propose"),
        frame("present", "talks"),
    ),
)

TALKS_SCHEDULED = Kind(
    name="talks-scheduled",
    title="talks scheduled",
    family="talks",
    cameo="036",
    plover="AGREE",
    stages=(
        "agreed",
        "dated",
        "confirmed",
        "resuming",
    ),
    weight=4,
    effect=schedule,
    means=(
        frame("schedule", "talks", "dated"),
        frame("agree", "talks", "agreed"),
        frame("confirm", "talks", "confirmed"),
        frame("accept", "talks", "agreed"),
        frame("resume", "talks", "resuming"),
        frame("schedule", "gathering", "dated"),
        frame("schedule", stage="dated"),
    ),
)

TALKS_HELD = Kind(
    name="talks-held",
    title="talks held",
    family="talks",
    cameo="046",
    plover="CONSULT",
    stages=(
        "begun",
        "continuing",
        "recess",
        "ended",
    ),
    weight=4,
    effect=hold,
    means=(
        frame("begin", "talks", "begun"),
        frame("continue", "talks", "continuing"),
        frame("hold", "talks"),
        frame("negotiate", "talks"),
        frame("end", "talks", "ended"),
        frame("pause", "talks", "recess"),
        frame("negotiate"),
        frame("resume", "talks", "begun"),
        frame("meet", "delegation"),
        frame("meet", "talks"),
    ),
)

TALKS_POSTPONED = Kind(
    name="talks-postponed",
    title="talks postponed",
    family="talks",
    cameo="164",
    plover="SANCTION",
    stages=(
        "delayed",
        "suspended",
        "cancelled",
        "moved",
        "collapsed",
    ),
    weight=5,
    effect=postpone,
    means=(
        frame("postpone", "talks", "delayed"),
        frame("suspend", "talks", "suspended"),
        frame("cancel", "talks", "cancelled"),
        frame("move", "talks", "moved"),
        frame("collapse", "talks", "collapsed"),
        frame("postpone", "gathering", "delayed"),
        frame("cancel", "gathering", "cancelled"),
        frame("walk-out", "talks", "suspended"),
        frame("postpone", "meeting", "delayed"),
    ),
)

TALKS_REJECTED = Kind(
    name="talks-rejected",
    title="talks rejected",
    family="talks",
    cameo="125",
    plover="REJECT",
    weight=4,
    means=(
        frame("reject", "talks"),
        frame("reject", "meeting"),
    ),
)
