"""What a summary is made of: teams, moments, disputes, and where all of it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.alert import Bullet, Fact
from bot.domain.event import Quantity
from bot.domain.feed import EntryRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A party's delegation, full names."""

    head: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happened, as it was told."""

    at: datetime
    kind: str
    headline: str
    entries: tuple[EntryRef, ...]
    #: Heard at level ``key``, ``normal`` or only ``everything``.
    level: str = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A value that somebody gives for a disputed slot."""

    value: str
    attribution: str | None
    #: As readers see it.
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A slot of which more than one value is told."""

    slot: str
    label: str
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Where a story stands."""

    story: str
    title: str
    #: One sentence, built from the slots.
    headline: str
    place: str
    now: datetime
    delegations: Mapping[str, Team] = field(default_factory=dict)
    attendance: Mapping[str, str] = field(default_factory=dict)
    talks: str = "none"
    venue: str | None = None
    date: str | None = None
    #: Every date that the talks had, first one first.
    dates: tuple[str, ...] = ()
    ceasefire: str = "none"
    terms: Mapping[str, Quantity] = field(default_factory=dict)
    board: tuple[Fact, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    #: The bullets are of the last day; otherwise they are the last there were.
    fresh: bool = True
    timeline: tuple[Moment, ...] = ()
    disputed: tuple[Dispute, ...] = ()
    sources: int = 0
    origins: int = 0
    checked: datetime | None = None
    silent: tuple[str, ...] = ()
