"""Ceasefires, truces and pauses: called for, agreed, refused, broken."""

from bot.kinds.kind import Kind

CEASEFIRE_CALLED = Kind(
    name="ceasefire-called",
    title="ceasefire called for",
    cameo="0256",
    plover="REQUEST",
    weight=4,
)

CEASEFIRE_AGREED = Kind(
    name="ceasefire-agreed",
    title="ceasefire agreed",
    cameo="0871",
    plover="RETREAT",
    stages=(
        "accepted",
        "declared",
        "in-force",
        "extended",
    ),
    weight=5,
)

CEASEFIRE_REJECTED = Kind(
    name="ceasefire-rejected",
    title="ceasefire rejected",
    cameo="1246",
    plover="REJECT",
    stages=(
        "refused",
        "ended",
        "lapsed",
    ),
    weight=5,
)

CEASEFIRE_VIOLATED = Kind(
    name="ceasefire-violated",
    title="ceasefire violated",
    cameo="196",
    plover="ASSAULT",
    weight=3,
)
