"""Prisoners, corridors and observers."""

from bot.kinds.kind import Kind

PRISONER_EXCHANGE = Kind(
    name="prisoner-exchange",
    title="prisoner exchange",
    cameo="0353",
    cameo_by_stage={"carried-out": "0841"},
    plover="RETREAT",
    stages=(
        "agreed",
        "carried-out",
    ),
    weight=4,
)

HUMANITARIAN_ACCESS = Kind(
    name="humanitarian-access",
    title="humanitarian access",
    cameo="086",
    plover="RETREAT",
    stages=(
        "agreed",
        "open",
        "refused",
    ),
    weight=3,
)
