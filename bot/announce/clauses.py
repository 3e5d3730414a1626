"""What changes come to in words: one clause for each thing that now holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.announce.messages import LEDGER, MATTERS, SLOTS, WRONGS, Message
from bot.announce.names import Names
from bot.announce.slots import Path, is_ledger, parse
from bot.announce.values import adjectives, as_names, listed, raw, terms, when
from bot.domain.event import Event, Modality, Role
from bot.domain.story import Change, Report, Story
from bot.kinds import CATALOGUE

#: Facts of the talks that one clause tells together, the telling one first.
_TALKS = ("talks/status", "talks/date", "talks/venue", "talks/round", "talks/host", "talks/mediator")
_TRUCE = ("ceasefire/status", "ceasefire/called-by", "ceasefire/accepted-by", "ceasefire/terms")
_BUILDINGS = (
    "Palace", "Hotel", "Embassy", "Consulate", "Airport", "House", "Centre", "Center", "Villa", "Castle", "Residence",
    "Headquarters", "headquarters", "Hall", "Base", "Resort",
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Scene:
    """What the clauses of one post are made of."""

    story: Story
    reports: Mapping[str, Report]
    names: Names
    #: The year that readers take for granted.
    year: int
    changes: Sequence[Change] = field(default=())

    def event(self, change: Change) -> Event | None:
        """Return the event that a change is told by: of its own kind if there is one."""
        events = [self.reports[id_].event for id_ in change.reports if id_ in self.reports]
        return next((event for event in events if event.kind == change.kind), events[0] if events else None)


def clauses(scene: Scene) -> tuple[Clause, ...]:
    """Return the clauses of a post, the weightiest first."""
    groups: dict[tuple[str, ...], list[Change]] = {}
    for change in scene.changes:
        if not _is_implied(change, scene.changes):
            groups.setdefault(_group(change), []).append(change)
    told = [_clause(scene, sorted(group, key=_rank_in_group)) for group in groups.values()]
    return tuple(sorted(told, key=lambda clause: -clause.weight))


def weight(change: Change) -> int:
    """Return how much a desk cares about a change: a slot before a ledger line, a firm word before a rumour."""
    kind = CATALOGUE.get(change.kind)
    doubt = 3 if change.modality is Modality.ALLEGED else 0
    return (kind.weight if kind else 1) * 2 + (0 if is_ledger(change.slot) else 1) - doubt


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
    known, several = _common(scene, first, event)
    if is_ledger(first.slot):
        message = LEDGER[_ledger_key(first, event)]
    else:
        message = _find(path, _value(scene, group, path, event, known))
        _of_slot(scene, group, path, known, several)
    actors = tuple(_actors(event, Role.SOURCE)) if event else ()
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
        stage = "denied"
    elif event and event.kind == "meeting" and event.modality in {Modality.PLANNED, Modality.CONDITIONAL}:
        stage = "planned"
    keys = (f"{change.kind}/{stage}", change.kind)
    return next((key for key in keys if key in LEDGER), "*")


def _common(scene: Scene, change: Change, event: Event | None) -> tuple[dict[str, str], set[str]]:
    """Return the facts that the event itself gives, whatever the slot."""
    kind = CATALOGUE.get(change.kind)
    # Not by name: whichever came first would seem to come first.
    sides = "the sides" if len(scene.story.parties) > 1 else ""
    known = {"title": kind.title if kind else change.kind, "parties": sides}
    known |= _truce({})
    several: set[str] = set()
    if event is None:
        return known, several
    who = [scene.names.short(name) for name in _actors(event, Role.SOURCE)] or _speaker(scene, event)
    others = [scene.names.short(name) for name in _actors(event, Role.TARGET)]
    if not others and event.kind == "meeting" and len(who) > 1:
        who, others = who[:1], who[1:]
    known |= {"who": listed(who), "others": listed(others), **_venue(event.venue or "")}
    known |= {"date": when(event.when, scene.year) if event.when else ""}
    known |= {"terms": terms(event.terms), "wrong": WRONGS.get(event.about or "", "")}
    known |= {"matter": MATTERS.get(event.about or "", "")} | _truce(event.terms)
    several |= {"who"} if len(who) > 1 else set()
    return known, several


def _speaker(scene: Scene, event: Event) -> list[str]:
    for name in (event.person, event.attribution):
        if name and (scene.names.person(name) or scene.names.actor(name)):
            return [scene.names.short(name)]
    return []


def _actors(event: Event, role: Role) -> list[str]:
    """Return the actors of a role, a person instead of the party that he speaks for."""
    mine = [actor for actor in event.actors if actor.role is role]
    spoken_for = {actor.party for actor in mine if actor.party and actor.party not in {actor.id, actor.name}}
    return list(
        dict.fromkeys(actor.name for actor in mine if actor.id not in spoken_for and actor.name not in spoken_for)
    )


def _venue(venue: str) -> dict[str, str]:
    """Return a place bare and with its preposition: in a city, at a building."""
    at = "at" if venue.endswith(_BUILDINGS) else "in"
    return {"venue": venue, "place": f"{at} {venue}" if venue else ""}


def _truce(named: Mapping[str, object]) -> dict[str, str]:
    known = {name: value for name, value in named.items() if isinstance(value, str | int | float)}
    before = adjectives(known)
    noun = f"{before} ceasefire".strip()
    return {"ceasefire": noun, "a_ceasefire": f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"}


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
            return "unlisted" if unlisted(change, scene.changes) else str(change.after)
        case "talks/date" | "talks/venue":
            return "open" if change.after is None else "moved" if change.before else "set"
        case _:
            return f"{raw(change.after) or 'none'}{stage}"


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


def _of_slot(scene: Scene, group: Sequence[Change], path: Path, known: dict[str, str], several: set[str]) -> None:
    """Add the facts that slots give; they win over the event's."""
    short = scene.names.short
    for change in group:
        family = parse(change.slot).family
        shown = tuple(short(name) for name in as_names(change.after))
        known["value"] = raw(change.after) or ""
        known["fact"] = family.partition("/")[2].replace("-", " ")
        if family == "talks/status" and change.after == "postponed":
            # The day that it names may be the old one; a new one comes as a change.
            known["undated"] = "" if known.get("date") else "no new date"
            known["date"] = ""
        if family == "talks/date":
            known["date"] = when(raw(change.after) or "", scene.year)
        elif family == "talks/venue":
            known |= _venue(raw(change.after) or "")
        elif family.endswith("/terms") and isinstance(change.after, Mapping):
            known |= _truce(change.after) | {"terms": terms(change.after)}
        elif family in {"talks/host", "talks/mediator", "ceasefire/called-by", "ceasefire/accepted-by"}:
            new = tuple(name for name in shown if name not in {short(old) for old in as_names(change.before)})
            known["names"] = listed(new or shown)
            several |= {"names"} if len(new or shown) > 1 else set()
            if family.startswith("ceasefire/"):
                known["who"] = known["names"]
                several.discard("who")
                several |= {"who"} if len(new or shown) > 1 else set()
    _of_path(scene, group, path, known, several)


def _of_path(scene: Scene, group: Sequence[Change], path: Path, known: dict[str, str], several: set[str]) -> None:
    short, change = scene.names.short, group[0]
    known["before"] = _before(scene, change, path)
    match path.family.partition("/")[0]:
        case "delegation":
            known["partys"] = scene.names.possessive(path.name)
            _of_delegation(scene, group, known, several)
        case "attendance":
            people = [short(parse(each.slot).name) for each in group]
            known["who"] = listed(people)
            several.discard("who")
            several |= {"who"} if len(people) > 1 else set()
        case "agreement":
            known["deal"] = _deal(scene, path.name)
            if "+" in path.name:
                known["others"] = ""
        case "prisoners":
            each = known.get("terms", "")
            known["exchange"] = (
                _exchange(group, scene.event(change)) or f"prisoner exchange{f' ({each})' if each else ''}"
            )
        case "relations" | "sanctions":
            known["first"], known["second"] = ([short(name) for name in path.names] + ["", ""])[:2]
        case "access":
            known["subject"] = path.name
        case _:
            pass


def _of_delegation(scene: Scene, group: Sequence[Change], known: dict[str, str], several: set[str]) -> None:
    for change in group:
        short = [scene.names.short(name) for name in as_names(change.after)]
        old = [scene.names.short(name) for name in as_names(change.before)]
        if change.slot.endswith("/head"):
            known["head"] = listed(short)
        else:
            joined, left = [name for name in short if name not in old], [name for name in old if name not in short]
            known |= {"members": listed(short), "joined": listed(joined), "left": listed(left)}
            several |= {name for name, people in (("joined", joined), ("left", left)) if len(people) > 1}


def _before(scene: Scene, change: Change, path: Path) -> str:
    if path.family == "talks/date":
        return when(raw(change.before) or "", scene.year)
    return listed([scene.names.short(name) for name in as_names(change.before)])


def _deal(scene: Scene, topic: str) -> str:
    """Return a deal's name: its topic, or between whom it is."""
    if "+" in topic:
        return f"deal between {listed([scene.names.short(name) for name in topic.split('+')])}"
    words = topic.replace("-", " ").strip()
    named = any(
        noun in words.casefold()
        for noun in (
            "agreement",
            "deal",
            "treaty",
            "accord",
            "memorandum",
            "pact",
            "declaration",
            "framework",
            "protocol",
            "convention",
        )
    )
    return words if named else f"{words} agreement".strip()


def _exchange(group: Sequence[Change], event: Event | None) -> str:
    named = next((change.after for change in group if isinstance(change.after, Mapping)), event.terms if event else {})
    each = named.get("each_side")
    return f"{each:,}-for-{each:,} prisoner exchange" if isinstance(each, int) and not isinstance(each, bool) else ""
