"""What parties ask, refuse, threaten and yield."""

from bot.kinds.kind import Kind

DEMAND = Kind(
    name="demand",
    title="demand",
    cameo="100",
    plover="REQUEST",
    weight=2,
)

THREAT = Kind(
    name="threat",
    title="threat",
    cameo="130",
    plover="THREATEN",
    weight=2,
)

REJECTION = Kind(
    name="rejection",
    title="rejection",
    cameo="120",
    plover="REJECT",
    weight=2,
)

CONCESSION = Kind(
    name="concession",
    title="concession",
    cameo="080",
    plover="CONCEDE",
    weight=3,
)

ACCUSATION = Kind(
    name="accusation",
    title="accusation",
    cameo="110",
    plover="ACCUSE",
    weight=1,
)

PLEDGE = Kind(
    name="pledge",
    title="pledge",
    cameo="030",
    plover="AID",
    weight=2,
)
