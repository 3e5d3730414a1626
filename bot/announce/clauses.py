"""What changes come to in words: one clause for each thing that now holds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.announce.facts import DAY, accusers, actors_of, common, of_slot
from bot.announce.messages import LEDGER, SLOTS, Message
from bot.announce.scene import Scene
from bot.announce.slots import Path, is_ledger, parse
from bot.announce.values import as_names, raw
from bot.domain.event import Event, Modality, Role
from bot.domain.story import Change
from bot.kinds import CATALOGUE

#: Facts of the talks that one clause tells together, the telling one first.
_TALKS = ("talks/status", "talks/date", "talks/venue", "talks/round", "talks/host", "talks/mediator")
_TRUCE = (
    "ceasefire/status",
    "ceasefire/called-by",
    "ceasefire/accepted-by",
    "ceasefire/rejected-by",
    "ceasefire/terms",
)
#: Words of those who meet by telephone alone.
_CALL = re.compile(r"\b(?:tele)?phon(?:e|ed|es)\b|\bto call\b|\b(?:rang|hotline)\b|\ba call with\b", re.IGNORECASE)
_COMES = frozenset({"expected", "confirmed", "present"})


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that now holds, with all that its wording may use."""

    message: Message
    facts: Mapping[str, str]
    #: Names of facts that are more than one subject.
    several: frozenset[str]
    #: The changes that it tells, the telling one first.
    changes: tuple[Change, ...]
    #: Full names of those whose act it is.
    actors: tuple[str, ...] = ()
    weight: int = 1


def clauses(scene: Scene) -> tuple[Clause, ...]:
    """Return the clauses of a post, the weightiest first."""
    groups: dict[tuple[str, ...], list[Change]] = {}
    for change in scene.changes:
        if not _is_implied(change, scene.changes):
            groups.setdefault(_group(change), []).append(change)
    told = [_clause(scene, sorted(group, key=_rank_in_group)) for group in groups.values()]
    return tuple(
        sorted(told, key=lambda clause: (-max(in_title(change, scene) for change in clause.changes), -clause.weight))
    )


def weight(change: Change) -> int:
    """Return how much a desk cares about a change: a slot before a ledger line, a firm word before a rumour."""
    kind = CATALOGUE.get(change.kind)
    doubt = 3 if change.modality is Modality.ALLEGED else 0
    return (kind.weight if kind else 1) * 2 + (0 if is_ledger(change.slot) else 1) - doubt


def in_title(change: Change, scene: Scene) -> bool:
    """Return whether a source's own title tells a change: that is its news, and the rest comes with it."""
    found = (scene.reports[id_] for id_ in change.reports if id_ in scene.reports)
    return any(report.event.evidence.start < len(report.source.title) for report in found)


def rank(change: Change, scene: Scene) -> tuple[bool, int]:
    """Return what a post is about: the title's news before the rest, then what a desk cares about more."""
    return (in_title(change, scene), weight(change))


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes the weightiest first, and of equals the telling fact first."""
    return tuple(sorted(changes, key=lambda change: (-weight(change), _rank_in_group(change))))


def _group(change: Change) -> tuple[str, ...]:
    path = parse(change.slot)
    room = path.family.partition("/")[0]
    if room == "delegation":
        return (room, path.name)
    if room == "attendance":
        return (room, str(change.after), change.modality.value, change.attribution or "")
    if change.slot in _TALKS or change.slot in _TRUCE:
        return (room,)
    if room == "prisoners":
        return (room,)
    return (change.slot,)


def _rank_in_group(change: Change) -> int:
    order = (*_TALKS, *_TRUCE)
    if change.slot == "talks/host" and change.kind == "mediation":
        return 0  # who hosts is the news there, and where comes with it
    if change.slot in order:
        return order.index(change.slot)
    return 0 if change.slot.endswith("/head") or parse(change.slot).family == "prisoners" else 1


def _is_implied(change: Change, others: Sequence[Change]) -> bool:
    """Tell whether a change goes without saying: whoever is on a delegation comes."""
    path = parse(change.slot)
    if path.family != "attendance" or change.after not in _COMES:
        return False
    return any(
        path.name in as_names(other.after) for other in others if parse(other.slot).family.startswith("delegation/")
    )


def _clause(scene: Scene, group: Sequence[Change]) -> Clause:
    first = group[0]
    event = scene.event(first)
    path = parse(first.slot)
    known, several = common(scene, first, event)
    if is_ledger(first.slot):
        message = LEDGER[_ledger_key(first, event)]
    else:
        message = _find(path, _value(scene, group, path, event, known))
        of_slot(scene, group, path, known, several)
    actors = tuple(actors_of(event, Role.SOURCE)) if event else ()
    if event and event.kind == "ceasefire-violated" and event.modality is not Modality.DENIED:
        actors = tuple(accusers(scene, event))
    if path.family in {"relations", "sanctions"}:
        actors = path.names[:1]
    if path.family == "attendance":
        actors = tuple(parse(change.slot).name for change in group)
    return Clause(
        message=message,
        facts={name: text for name, text in known.items() if text},
        several=frozenset(several),
        changes=tuple(group),
        actors=tuple(scene.names.full(name) for name in actors),
        weight=max(weight(change) for change in group),
    )


def _find(path: Path, value: str) -> Message:
    room = path.family.partition("/")[0]
    keys = (
        (path.family, value),
        (path.family, value.partition("/")[0]),
        (path.family, "*"),
        (f"{room}/*", "*"),
    )
    return next((SLOTS[key] for key in keys if key in SLOTS), LEDGER["*"])


def _ledger_key(change: Change, event: Event | None) -> str:
    stage = event.stage if event else None
    if event and event.modality is Modality.DENIED:
        return "accusation/denied"
    if event and event.kind == "meeting" and event.modality in {Modality.PLANNED, Modality.CONDITIONAL}:
        stage = "planned"
    if event and event.kind == "meeting" and _CALL.search(event.evidence.words):
        stage = "call planned" if stage == "planned" else "call"
    keys = (f"{change.kind}/{stage}", change.kind)
    return next((key for key in keys if key in LEDGER), "*")


def _value(scene: Scene, group: Sequence[Change], path: Path, event: Event | None, known: Mapping[str, str]) -> str:
    """Return the value by which the table is asked, with the stage where it tells more."""
    change = group[0]
    stage = f"/{event.stage}" if event and event.stage and event.kind == change.kind else ""
    match path.family:
        case "delegation/head":
            return "withdrawn" if change.after is None else "replaced" if change.before else "named"
        case "delegation/members":
            return _members(change)
        case "attendance":
            if change.after == "declined" and change.modality is Modality.DENIED:
                return "denied"  # who denies a report of somebody's coming has not said that he stays away
            return "unlisted" if unlisted(change, scene.changes) else str(change.after)
        case "talks/date" | "talks/venue":
            return _place_or_day(change)
        case _:
            return f"{raw(change.after) or 'none'}{stage}"


def _place_or_day(change: Change) -> str:
    """Return whether a day or place is set, moved or given up; after a day that has passed, another is the next."""
    if change.after is None:
        return "open"
    if not change.before:
        return "set"
    passed = change.slot == "talks/date" and (raw(change.before) or "")[:DAY] < change.since.date().isoformat()
    return "next" if passed else "moved"


def _members(change: Change) -> str:
    before, after = set(as_names(change.before)), set(as_names(change.after))
    if not before:
        return "named"
    joined, left = bool(after - before), bool(before - after)
    return "both" if joined and left else "left" if left else "joined"


def unlisted(change: Change, changes: Sequence[Change]) -> bool:
    """Tell whether somebody is only missing from a list that the same post tells of."""
    lists = any(parse(other.slot).family.startswith("delegation/") for other in changes)
    return lists and change.after == "declined" and change.modality is Modality.ALLEGED
