"""What we ask of the machine: the time, a wake-up, a drawing."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.picture import Picture, Timeline


class Clock(Protocol):
    """News time; may run fast in a demo or stand in a replay."""

    def now(self) -> datetime:
        """Return the moment it is, in UTC."""
        ...


class Engine(Protocol):
    """Wakes whoever has work; a lost wake-up costs one tick and no more."""

    async def open(self) -> None: ...
    async def wake(self, topic: str) -> None:
        """Tell whoever waits for the topic to look."""
        ...

    async def wait(self, topic: str, timeout: timedelta) -> bool:  # noqa: ASYNC109
        """Return ``True`` when woken, ``False`` once the time has passed."""
        ...

    async def close(self) -> None: ...


#: (what is drawn, a name for the file, what it shows in words) → the picture; ``None`` if it cannot be drawn.
Draw = Callable[[Timeline, str, str], Awaitable[Picture | None]]
