"""The negotiation itself, from proposal to end."""

from bot.kinds.kind import Kind

TALKS_PROPOSED = Kind(
    name="talks-proposed",
    title="talks proposed",
    cameo="027",
    plover="REQUEST",
    weight=3,
)

TALKS_SCHEDULED = Kind(
    name="talks-scheduled",
    title="talks scheduled",
    cameo="036",
    plover="AGREE",
    stages=(
        "agreed",
        "dated",
        "confirmed",
        "resuming",
    ),
    weight=4,
)

TALKS_HELD = Kind(
    name="talks-held",
    title="talks held",
    cameo="046",
    plover="CONSULT",
    stages=(
        "begun",
        "continuing",
        "recess",
        "ended",
    ),
    weight=4,
)

TALKS_POSTPONED = Kind(
    name="talks-postponed",
    title="talks postponed",
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
)

TALKS_REJECTED = Kind(
    name="talks-rejected",
    title="talks rejected",
    cameo="125",
    plover="REJECT",
    weight=4,
)
