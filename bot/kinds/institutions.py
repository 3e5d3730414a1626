"""What the UN, regional bodies and courts decide."""

from bot.kinds.kind import Kind

UN_VOTE = Kind(
    name="un-vote",
    title="vote or ruling",
    cameo="129",
    plover="REJECT",
    weight=4,
)
