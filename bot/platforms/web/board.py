"""What the page shows: the last messages, and which of them changed since when."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.alert import Card

#: How many messages are held; older ones fall off.
HELD = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A post as it looks now, with the lines of its thread."""

    id: str
    card: Card
    lines: tuple[str, ...] = ()
    edited: bool = False
    #: The nonces of its lines, so that a line sent twice stands once.
    nonces: frozenset[str] = frozenset()
    #: Counts up over the whole board with every change.
    number: int


class Board:
    """Holds messages in order of arrival and wakes whoever waits for a change."""

    def __init__(self) -> None:
        self._messages: dict[str, Message] = {}
        self._changed = asyncio.Event()
        self.number = 0
        self.closed = False

    def newest_first(self) -> Sequence[Message]:
        """Return the messages held, newest first."""
        return list(reversed(self._messages.values()))

    def since(self, number: int) -> Sequence[Message]:
        """Return the messages that changed after a number, in order of change."""
        changed = (message for message in self._messages.values() if message.number > number)
        return sorted(changed, key=lambda message: message.number)

    def post(self, message: str, card: Card) -> None:
        """Add a post; one that stands there already stays as it is."""
        if message not in self._messages:
            self._put(Message(id=message, card=card, number=self.number + 1))

    def edit(self, message: str, card: Card) -> None:
        """Replace a post's card; a post from before the last start comes back with it."""
        old = self._messages.get(message)
        if old is None:
            self._put(Message(id=message, card=card, edited=True, number=self.number + 1))
        else:
            self._put(replace(old, card=card, edited=True, number=self.number + 1))

    def line(self, message: str, nonce: str, text: str) -> None:
        """Append to a post's thread; nothing happens under a post that fell off."""
        old = self._messages.get(message)
        if old is not None and nonce not in old.nonces:
            lines, nonces = (*old.lines, text), old.nonces | {nonce}
            self._put(replace(old, lines=lines, nonces=nonces, number=self.number + 1))

    async def wait(self, number: int) -> None:
        """Return once something changed after a number, or the board closed."""
        while self.number <= number and not self.closed:
            await self._changed.wait()

    def close(self) -> None:
        """Let everybody go who waits."""
        self.closed = True
        self._changed.set()

    def _put(self, message: Message) -> None:
        self._messages[message.id] = message
        self.number = message.number
        if len(self._messages) > HELD:
            del self._messages[next(iter(self._messages))]
        self._changed.set()
        # Whoever waited is scheduled now; the next one waits for the next change.
        self._changed = asyncio.Event()
