"""What the UN, regional bodies and courts decide."""

from bot.kinds.kind import Kind, frame

UN_VOTE = Kind(
    name="un-vote",
    title="vote or ruling",
    family="institutions",
    cameo="129",
    plover="REJECT",
    weight=4,
    means=(
        frame("adopt", "resolution"),
        frame("veto", "resolution"),
        frame("rule", "organ"),
        frame("adopt", "organ"),
        frame("veto", "organ"),
        frame("veto"),
    ),
)
