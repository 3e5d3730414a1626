"""Pictures: what is drawn, and what came of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One line of a timeline: when, what, and how much it matters."""

    at: datetime
    text: str
    #: In plain words, e.g. ``delegation named``.
    kind: str
    #: The family of kinds, for its sign; a module name of `bot.kinds`.
    family: str | None = None
    #: It changed the state itself.
    key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What a timeline is drawn of; texts are plain, times are told in UTC."""

    title: str
    subtitle: str
    #: Oldest first.
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing as PNG, twice: for light and for dark surroundings."""

    #: A file's name without its ending.
    name: str
    light: bytes
    dark: bytes
    #: What it shows, for who does not see it.
    alt: str
