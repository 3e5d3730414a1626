"""Who listens: channels, what they subscribe to, what they watch for, and what they mute."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    """How much of a story a channel wants to hear."""

    #: Changes of a slot alone.
    KEY = "key"
    #: Slots, and what heads of state, foreign ministers, heads of delegation and mediators say.
    NORMAL = "normal"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A place on a platform that alerts go to."""

    #: ``<platform>:<workspace>:<platform id>``.
    id: str
    #: ``console``, ``web``, ``slack`` or ``discord``.
    platform: str
    #: Slack team or Discord guild; ``local`` for console and page.
    workspace: str
    #: The platform's own id.
    address: str
    name: str = ""
    #: Why nothing is sent for now, or ``None``.
    paused: str | None = None
    #: Since when the platform has taken nothing there, machine time; ``None`` once it took something again.
    paused_since: datetime | None = None
    #: When it was last open to us again, news time; what was said before comes late.
    resumed: datetime | None = None
    #: Somebody was told that it is paused.
    told: bool = False
    #: The platform's id of who last chose what it hears; told when it is lost.
    keeper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A platform says that we may no longer post somewhere, or may again."""

    platform: str
    workspace: str
    #: A channel's own id; ``None`` for every channel of the workspace.
    address: str | None = None
    #: Why we may not; ``None``: we may again.
    why: str | None = None

    def concerns(self, channel: Channel) -> bool:
        """Say whether it is about the channel."""
        return (
            channel.platform == self.platform
            and channel.workspace == self.workspace
            and self.address in {None, channel.address}
        )


def workspace_of(channel: str) -> str:
    """Return the workspace that a channel's id names."""
    return channel.split(":", 2)[1]


#: The workspace of whoever runs the machine.
OPERATOR = "local"

#: The two channels that every machine has.
CONSOLE = Channel(id="console:local:here", platform="console", workspace="local", address="here", name="this console")
PAGE = Channel(id="web:local:page", platform="web", workspace="local", address="page", name="the page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A channel follows a story, or all of them."""

    channel: str
    #: A story id, or ``all``.
    story: str
    level: Level = Level.NORMAL
    #: Only these kinds; empty means every kind.
    kinds: frozenset[str] = frozenset()
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A channel wants every article that a query matches."""

    #: Short and unique in its channel.
    name: str
    channel: str
    #: As its author wrote it; `bot.watch` reads it.
    query: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """A channel wants to hear nothing of a story for a while."""

    channel: str
    #: A story id.
    story: str
    #: News time; ``None`` until the story's state changes.
    until: datetime | None = None
    since: datetime
    #: The platform's id of who asked for it.
    by: str = ""
