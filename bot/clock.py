"""News time in three paces: the machine's own, fast for a demo, standing for a replay."""

from datetime import UTC, datetime


def machine_now() -> datetime:
    """Return machine time: for leases, limits and retries, never for news."""
    return datetime.now(UTC)  # noqa: TID251 - this is the clock that everybody else asks


class SystemClock:
    """News time is the machine's time."""

    def now(self) -> datetime:
        """Return the moment it is, in UTC."""
        return machine_now()


class FastClock:
    """News time that starts at a moment and runs a given number of times as fast."""

    def __init__(self, start: datetime, speed: float) -> None:
        self._start = start
        self._speed = speed
        self._origin = machine_now()

    def now(self) -> datetime:
        """Return the moment it is, in UTC."""
        return self._start + (machine_now() - self._origin) * self._speed


class SetClock:
    """News time that stands still until it is set; never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Move on to a moment; an earlier one changes nothing."""
        self._now = max(self._now, moment)
