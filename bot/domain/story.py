"""What is kept: stories, their logs, and the state that a log folds into.

A story's log is the truth and its state a view. A slot is one fact of the
state; its key is a path:

===============================  ===================================================
``delegation/<party>/head``      a person
``delegation/<party>/members``   persons
``attendance/<person>``          expected, confirmed, declined, present or left
``talks/status``                 proposed, scheduled, postponed, under-way, recess,
                                 ended or collapsed
``talks/date``                   ISO date, moment or span
``talks/venue``                  a place
``talks/round``                  a number
``talks/host``                   an actor
``talks/mediator``               actors
``ceasefire/status``             called, agreed, in-force, rejected or ended
``ceasefire/terms``              named quantities
``ceasefire/called-by``          actors
``ceasefire/accepted-by``        actors
``ceasefire/rejected-by``        actors
``agreement/<topic>``            agreed, signed, ratified, in-force or broken
``prisoners/<parties>``          agreed or carried-out; terms in ``prisoners/terms``
``access/<place>``               agreed, open or refused
``relations/<a>/<b>``            downgraded or restored
``sanctions/<by>/<on>``          imposed or lifted
``ledger/<key>``                 everything else that was said, one line a key
===============================  ===================================================

Parties, persons and actors are written with their full English names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.event import Event, Modality, Quantity
from bot.domain.feed import EntryRef

#: What a slot can hold.
Value = str | tuple[str, ...] | Mapping[str, Quantity]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A negotiation or conflict that is followed under one name."""

    #: Never changes; the slug that it was opened with.
    id: str
    #: What people type, e.g. ``istanbul-talks``.
    slug: str
    title: str
    about: str = ""
    #: Somebody wrote it down; otherwise the bot opened it.
    defined: bool = False
    #: Slugs that answer too.
    aliases: tuple[str, ...] = ()
    #: The opposing parties, actor ids (or names, for actors nobody knows).
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    #: Place names.
    places: tuple[str, ...] = ()
    #: Ids of persons whose presence speaks for this story.
    persons: tuple[str, ...] = ()
    #: Phrases that mark it, and phrases that mark a sibling.
    terms: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    since: date | None = None
    workspace: str | None = None
    #: The story that this one was merged into, a story id.
    merged_into: str | None = None
    #: The story that somebody split it from, a story id; it hears what that one gives it.
    split_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a report was read."""

    ref: EntryRef
    outlet: str
    url: str
    title: str
    #: Who it comes from in the end: a wire, a ministry, or the outlet itself.
    origin: str
    published: datetime
    fetched: datetime
    revision: int = 0
    #: The first publication among its copies, if it is one.
    first: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One event as one source tells it."""

    event: Event
    source: Source


class Action(StrEnum):
    """What a log entry does."""

    REPORT = "report"
    #: Takes the target entries back: edited away, corrected, denied or wrong;
    #: aimed at a correction, it undoes it.
    RETRACT = "retract"
    #: The story whose log holds it is told as part of the story ``into``.
    MERGE = "merge"
    #: The targets and articles are told in the story ``into``, or in none.
    MOVE = "move"
    #: What matches ``query`` is told in the story ``into``, now and from now on.
    SPLIT = "split"
    #: The story is called ``slug`` and ``title``; its old slug goes on answering.
    RENAME = "rename"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One line of a story's log."""

    #: Made of the content: the same report has the same id.
    id: str
    #: When it reached the log, news time.
    at: datetime
    action: Action = Action.REPORT
    report: Report | None = None
    #: Ids of the entries that a retraction takes back or a move moves.
    targets: tuple[str, ...] = ()
    #: Why, for a retraction: ``edited``, ``corrected``, ``denied``, ``wrong`` or ``undone``.
    reason: str | None = None
    #: The person who did it, or ``None`` for the program.
    by: str | None = None
    #: Who sees it: a workspace alone, or everybody.
    workspace: str | None = None
    #: The correction that it follows from; it stands as long as that one does.
    because: str | None = None
    #: A story id.
    into: str | None = None
    #: Articles that move with the targets, whether they report anything or not.
    articles: tuple[EntryRef, ...] = ()
    query: str | None = None
    slug: str | None = None
    title: str | None = None
    #: What the person said about it.
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one event says of one slot."""

    slot: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A value that somebody else gives for a slot."""

    value: Value
    attribution: str | None
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One fact of a story's state and how we know it."""

    #: Empty once a denial took back the only value.
    value: Value
    #: When it became so: the event's own time.
    since: datetime
    modality: Modality
    attribution: str | None
    #: The kind of the event that set it.
    kind: str
    #: Ids of the log entries that say so, first one first.
    reports: tuple[str, ...]
    #: Origins and outlets that say so.
    origins: tuple[str, ...]
    outlets: tuple[str, ...]
    #: What it replaced; ``None`` if nothing was known.
    replaced: Value | None = None
    #: Other values that stand against it; an empty value only says no.
    rivals: tuple[Rival, ...] = ()
    #: The value that a denial took back last.
    denied: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryState:
    """Where a story stands: its slots by key, in the order in which they were set."""

    slots: Mapping[str, Slot] = field(default_factory=dict)


class Cause(StrEnum):
    """Why a slot differs from before."""

    CHANGE = "change"
    #: The same value from another source.
    SOURCE = "source"
    CONFLICT = "conflict"
    RESOLVED = "resolved"
    CORRECTION = "correction"
    RETRACTION = "retraction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A slot that differs between two states of a story."""

    kind: str
    slot: str
    cause: Cause
    before: Value | None
    after: Value | None
    modality: Modality
    attribution: str | None
    #: When it became so.
    since: datetime
    #: Ids of the log entries behind the new value.
    reports: tuple[str, ...]
    origins: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()
    #: Of a dispute: the last of the log entries behind the value that is disputed.
    against: tuple[str, ...] = ()
