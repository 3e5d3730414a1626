"""Sanctions and relations between states."""

from bot.kinds.kind import Kind

SANCTIONS_IMPOSED = Kind(
    name="sanctions-imposed",
    title="sanctions imposed",
    cameo="163",
    plover="SANCTION",
    weight=4,
)

SANCTIONS_LIFTED = Kind(
    name="sanctions-lifted",
    title="sanctions lifted",
    cameo="085",
    plover="CONCEDE",
    weight=4,
)

RELATIONS_DOWNGRADED = Kind(
    name="relations-downgraded",
    title="relations downgraded",
    cameo="160",
    plover="SANCTION",
    weight=4,
)

RELATIONS_RESTORED = Kind(
    name="relations-restored",
    title="relations restored",
    cameo="050",
    plover="SUPPORT",
    weight=4,
)
