"""Third parties, and meetings that are not the negotiation."""

from bot.kinds.kind import Kind

MEDIATION = Kind(
    name="mediation",
    title="mediation",
    cameo="045",
    cameo_by_stage={"offered": "039", "accepted": "038", "refused": "126"},
    plover="CONSULT",
    stages=(
        "offered",
        "accepted",
        "refused",
        "hosting",
        "shuttling",
        "proposal",
    ),
    weight=3,
)

MEETING = Kind(
    name="meeting",
    title="meeting",
    cameo="040",
    plover="CONSULT",
    weight=2,
)
