"""Who comes and who stays away."""

from bot.kinds.kind import Kind

ATTENDANCE_CONFIRMED = Kind(
    name="attendance-confirmed",
    title="attendance confirmed",
    cameo="036",
    plover="AGREE",
    weight=4,
)

ATTENDANCE_DECLINED = Kind(
    name="attendance-declined",
    title="attendance declined",
    cameo="125",
    plover="REJECT",
    weight=5,
)
