"""What is said: alerts with their bullets, and the card that any message becomes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.feed import EntryRef
from bot.domain.story import Cause, Change


class Mode(StrEnum):
    """How an alert reaches a channel."""

    POST = "post"
    EDIT = "edit"
    THREAD = "thread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """Words of a source, as they stand there."""

    text: str
    url: str
    outlet: str
    entry: EntryRef
    #: When the source published them.
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing said about one story, once."""

    #: Unique; a post keeps its id through all edits.
    id: str
    #: The post that an edit or a thread line belongs to.
    of: str | None = None
    mode: Mode = Mode.POST
    reason: Cause = Cause.CHANGE
    #: News time.
    at: datetime
    #: A story id.
    story: str
    kind: str
    headline: str
    changes: tuple[Change, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    #: The entries that it rests on.
    entries: tuple[EntryRef, ...] = ()
    outlets: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    #: 1 for a post, one more for each edit.
    revision: int = 1
    #: Heard at level ``key``, ``normal`` or only ``everything``; see `Level`.
    level: str = "normal"
    #: How old the news was when it was caught up with, after nobody could read its feed; 0 for what came in time.
    late_minutes: int = 0
    #: The workspace that sees it so; ``None`` is everybody who has no version of its own.
    workspace: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a board: a label and what holds, with what held before."""

    label: str
    after: str
    before: str | None = None
    #: The old value was wrong and is shown struck through.
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of a card: plain lines or sourced bullets."""

    title: str
    lines: tuple[str, ...] = ()
    bullets: tuple[Bullet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Something to press: ``action`` names a command, ``value`` its argument."""

    action: str
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Any alert, reply or summary, before a platform gives it its looks.

    Texts are plain: no markup, no escapes; renderers shorten and escape.
    """

    title: str
    #: The line of place: story, kind in plain words; the time stands in ``at``.
    place: str = ""
    #: The family of kinds, for its mark; a module name of `bot.kinds`.
    family: str | None = None
    at: datetime | None = None
    facts: tuple[Fact, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    sections: tuple[Section, ...] = ()
    foot: str = ""
    buttons: tuple[Button, ...] = ()
