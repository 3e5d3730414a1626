"""Where people read us and ask us, and what a platform asks of us in turn."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from bot.domain.audience import Channel, Presence
from bot.domain.command import Call, Command, Completes, Reply
from bot.domain.delivery import Outcome, Parcel

Ask = Callable[[Call], Awaitable[Reply]]
#: (what, typed so far, channel, language) → choices as (value, label), 25 at most.
Complete = Callable[[Completes, str, Channel, str], Sequence[tuple[str, str]]]
#: A typed line → its command and arguments by option name; a `CommandError` tells the right form.
Parse = Callable[[str], tuple[Command, Mapping[str, str]]]
#: A platform says where we may no longer post, or may again.
Heard = Callable[[Presence], Awaitable[None]]


async def unheard(presence: Presence) -> None:
    """Take in nothing; for whoever keeps no channels."""


class Receiver(Protocol):
    """Takes what hubs send us; each subscription has an address with a token of its own."""

    async def verify(self, token: str, query: Mapping[str, str]) -> str | None:
        """Return what to echo to a hub that asks whether we meant it, ``None`` if we did not."""
        ...

    async def knows(self, token: str) -> bool:
        """Tell whether anything may come for a token."""
        ...

    async def deliver(self, token: str, body: bytes, content_type: str, signature: str) -> None:
        """Take news in; what is not signed as agreed is dropped."""
        ...


class Platform(Protocol):
    """A place where people read us and ask us."""

    name: str
    #: How long one channel wants to rest after a message; zero where the platform's library sees to it.
    pace: timedelta

    async def start(self, ask: Ask, complete: Complete, heard: Heard = unheard) -> None:
        """Connect and begin to answer; returns once connected."""
        ...

    async def send(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Send, edit or add a line; never raises for what the platform does."""
        ...

    def language(self, channel: Channel) -> str:
        """Return what a channel is told in, one of `bot.locales.LANGUAGES`."""
        ...

    async def tell(self, channel: Channel, text: str) -> bool:
        """Tell who keeps a channel something about it, and nobody else; ``False`` if nobody could be told."""
        ...

    async def close(self) -> None: ...
