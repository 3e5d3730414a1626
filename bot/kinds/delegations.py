"""Who speaks for whom: delegations named and changed."""

from bot.kinds.kind import Kind

DELEGATION_NAMED = Kind(
    name="delegation-named",
    title="delegation named",
    cameo="030",
    plover="AGREE",
    weight=4,
)

DELEGATION_CHANGED = Kind(
    name="delegation-changed",
    title="delegation changed",
    cameo="030",
    plover="AGREE",
    stages=(
        "replaced",
        "added",
        "withdrawn",
        "rank",
    ),
    weight=4,
)
