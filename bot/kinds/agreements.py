"""Deals and treaties, made and broken."""

from bot.kinds.kind import Kind

AGREEMENT_REACHED = Kind(
    name="agreement-reached",
    title="agreement reached",
    cameo="057",
    plover="SUPPORT",
    stages=(
        "agreed",
        "signed",
        "ratified",
        "in-force",
    ),
    weight=5,
)

AGREEMENT_BROKEN = Kind(
    name="agreement-broken",
    title="agreement broken",
    cameo="128",
    plover="SANCTION",
    weight=5,
)
