"""What the adapter may look up: who has let us in, and what channels hear."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.story import Story
from bot.ports import Session, Store


@dataclass(frozen=True, slots=True)
class Records:
    """The store, the time, and how a workspace calls its stories."""

    store: Store
    machine_now: Callable[[], datetime]
    #: A transaction and a workspace → the stories that it sees, as they are called there.
    stories: Callable[[Session, str], Awaitable[Sequence[Story]]]
