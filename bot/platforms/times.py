"""Moments in words, for platforms that do not put them into the reader's zone."""

from datetime import datetime, timedelta, tzinfo

# What was said longer ago than this needs no minute.
MINUTES_MATTER = timedelta(days=2)


def moment(at: datetime, zone: tzinfo | None) -> str:
    """Return a moment in full, e.g. ``14 May, 22:41 UTC``.

    Args:
        at: An aware moment.
        zone: Whose time is told; ``None`` is the machine's.
    """
    local = at.astimezone(zone)
    return f"{local.day} {local:%B, %H:%M} {local.tzname()}"


def near(at: datetime, around: datetime | None, zone: tzinfo | None) -> str:
    """Return a moment as short as ``around``, which stands beside it, allows.

    ``22:41`` on the same day, ``13 May 22:41`` within two days or where
    nothing stands beside it, ``11 May`` before, ``11 May 2022`` in another year.
    """
    local = at.astimezone(zone)
    beside = around.astimezone(zone) if around else None
    if beside and beside.date() == local.date():
        return f"{local:%H:%M}"
    day = f"{local.day} {local:%B}"
    if beside and beside.year != local.year:
        return f"{day} {local.year}"
    if beside and abs(beside - local) > MINUTES_MATTER:
        return day
    return f"{day} {local:%H:%M}"
