"""What people ask and what they are answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.alert import Card
from bot.domain.audience import Channel
from bot.domain.picture import Picture


class Completes(StrEnum):
    """What an option's choices are drawn from."""

    STORY = "story"
    #: A story, or all of them.
    STORIES = "stories"
    FEED = "feed"
    WATCH = "watch"
    KIND = "kind"
    LEVEL = "level"
    #: How long something holds.
    SPAN = "span"
    ALERT = "alert"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One argument of a command."""

    name: str
    summary: str
    required: bool = False
    completes: Completes | None = None
    #: Takes every word that is left; typed as ``name:value`` otherwise.
    rest: bool = False
    #: Asked for when a button is pressed that does not say it, e.g. why something is wrong.
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One row of the command table; every platform's commands are made of it."""

    #: E.g. ``summary``, or ``watch add`` for a subcommand.
    name: str
    summary: str
    options: tuple[Option, ...] = ()
    #: Changes what a channel hears, so not everybody may.
    manages: bool = False
    #: May be used without what it needs: a platform that has forms asks for it.
    form: bool = False
    #: For whoever runs the machine; chats do not offer it.
    operator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody used a command somewhere."""

    command: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    channel: Channel
    #: The platform's id of the person.
    user: str = ""
    #: The person may change what the channel hears.
    manager: bool = False
    #: Where the answer goes, pictures are shown.
    pictures: bool = False
    #: What the person reads: one of `bot.locales.LANGUAGES`.
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: a card, or a sentence or two."""

    text: str = ""
    card: Card | None = None
    picture: Picture | None = None
    #: Shown to the person who asked alone.
    private: bool = False
    #: The command did what it was asked to.
    done: bool = True
