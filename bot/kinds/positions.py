"""What parties ask, refuse, threaten and yield."""

from bot.kinds.kind import Kind, frame

DEMAND = Kind(
    name="demand",
    title="demand",
    family="positions",
    cameo="100",
    plover="REQUEST",
    weight=2,
    means=(
        frame("demand"),
        frame("demand", "mandate"),
        frame("call"),
        frame("demand", "proposal"),
        frame("demand", "prisoners"),
        frame("demand", "forces"),
    ),
)

THREAT = Kind(
    name="threat",
    title="threat",
    family="positions",
    cameo="130",
    plover="THREATEN",
    weight=2,
    means=(
        frame("threaten"),
        frame("threaten", "relations"),
        frame("threaten", "sanctions"),
        frame("threaten", "agreement"),
    ),
)

REJECTION = Kind(
    name="rejection",
    title="rejection",
    family="positions",
    cameo="120",
    plover="REJECT",
    weight=2,
    means=(
        frame("reject", "proposal"),
        frame("reject"),
        frame("reject", "agreement"),
        frame("reject", "mandate"),
    ),
)

CONCESSION = Kind(
    name="concession",
    title="concession",
    family="positions",
    cameo="080",
    plover="CONCEDE",
    weight=3,
    means=(
        frame("concede", "mandate"),
        frame("concede"),
        frame("accept", "proposal"),
        frame("propose", "proposal"),
    ),
)

ACCUSATION = Kind(
    name="accusation",
    title="accusation",
    family="positions",
    cameo="110",
    plover="ACCUSE",
    weight=1,
    means=(
        frame("accuse"),
        frame("deny"),
        frame("summon", "ambassador"),
    ),
)

PLEDGE = Kind(
    name="pledge",
    title="pledge",
    family="positions",
    cameo="030",
    plover="AID",
    weight=2,
    means=(
        frame("pledge", "support"),
        frame("supply", "support"),
        frame("agree", "support"),
        frame("pledge"),
        frame("pledge", "forces"),
    ),
)
