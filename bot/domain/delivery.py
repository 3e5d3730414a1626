"""What is to be sent: a row of the outbox, and what became of it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from bot.domain.alert import Card

#: The part of an alert that is sent once and first.
POST = "post"
#: The part that is overwritten by each newer edit.
EDIT = "edit"


def line(number: int) -> str:
    """Return the part name of an alert's n-th thread line, from 1."""
    return f"line:{number}"


class Status(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One part of one alert for one channel."""

    channel: str
    alert: str
    #: ``post``, ``edit`` or ``line:<n>``.
    part: str
    #: The words of a thread line; posts and edits render the alert's card.
    text: str = ""
    status: Status = Status.WAITING
    attempts: int = 0
    #: Grows with every claim; a writer with an older number is refused.
    fence: int = 0
    #: The platform's id of the message, once it was sent.
    message: str | None = None
    #: The revision of the card that the channel shows, 0 before the first.
    shown: int = 0
    #: The last failure, in words.
    error: str | None = None

    @property
    def nonce(self) -> str:
        """Stable and at most 25 characters: two sends of it make one message."""
        return nonce(self.channel, self.alert, self.part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What a platform is asked to send."""

    nonce: str
    part: str
    #: For a post or an edit.
    card: Card | None = None
    #: For a thread line.
    text: str = ""
    #: The message that is edited, or whose thread a line joins.
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The platform has acknowledged the message."""

    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The platform has definitely not taken the message."""

    why: str
    #: Try again after this span; ``None`` with ``final`` false means the usual wait.
    retry_after: timedelta | None = None
    #: It will never take it.
    final: bool = False
    #: The whole channel is closed to us: deleted, archived, kicked, revoked.
    channel_lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Nobody can say whether the message arrived."""

    why: str


Outcome = Sent | Refused | Unknown


def nonce(channel: str, alert: str, part: str) -> str:
    """Return the delivery's nonce, 24 hexadecimal characters."""
    return sha256(f"{channel}\n{alert}\n{part}".encode()).hexdigest()[:24]
