"""A diplomatic event: one new development that a text reports, with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: A named quantity among an event's terms, e.g. ``30``, ``True``, ``"heavy weapons"``.
Quantity = str | int | float | bool


class Modality(StrEnum):
    """How firmly an event is told, weakest first."""

    DENIED = "denied"
    ALLEGED = "alleged"
    CONDITIONAL = "conditional"
    PLANNED = "planned"
    ASSERTED = "asserted"


class Role(StrEnum):
    """The part that an actor plays in an event."""

    SOURCE = "source"
    TARGET = "target"
    MEDIATOR = "mediator"
    HOST = "host"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An actor as an event names it."""

    #: An id of the gazetteer, or ``None`` for an actor that it does not know.
    id: str | None
    #: The gazetteer's name, or the text's own words.
    name: str
    role: Role
    #: The party that it acts for, an actor id or an unknown party's name.
    party: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that say so: ``text[start:end] == words``, in code points."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One development; kinds, stages and fields as the catalogue defines them."""

    #: A name of the catalogue, e.g. ``talks-postponed``.
    kind: str
    stage: str | None = None
    modality: Modality = Modality.ASSERTED
    actors: tuple[Actor, ...] = ()
    person: str | None = None
    #: ``head`` or ``member``, for delegations.
    role: str | None = None
    members: tuple[str, ...] = ()
    venue: str | None = None
    #: When the thing told of happens: ISO date, moment with offset, or ``FROM/TO``.
    when: str | None = None
    #: When it was said or done, same forms, never after publication.
    said: str | None = None
    terms: Mapping[str, Quantity] = field(default_factory=dict)
    #: The kind that a denial or refusal concerns.
    about: str | None = None
    #: Who says so.
    attribution: str | None = None
    evidence: Evidence
    #: Share of such events that are right, 0 to 1.
    confidence: float = 1.0
