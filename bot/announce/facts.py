"""The facts that the wordings of the table may use."""

from collections.abc import Mapping, Sequence

from bot.announce.messages import MATTERS, WRONGS
from bot.announce.scene import Scene
from bot.announce.slots import Path, parse
from bot.announce.values import adjectives, as_names, listed, raw, terms, when
from bot.domain.event import Event, Modality, Role
from bot.domain.story import Change
from bot.kinds import CATALOGUE

#: Letters of a day as ISO 8601 writes it.
DAY = len("2025-05-15")
_BUILDINGS = (
    "Palace", "Hotel", "Embassy", "Consulate", "Airport", "House", "Centre", "Center", "Villa", "Castle", "Residence",
    "Headquarters", "headquarters", "Hall", "Base", "Resort",
)  # fmt: skip


def common(scene: Scene, change: Change, event: Event | None) -> tuple[dict[str, str], set[str]]:
    """Return the facts that the event itself gives, whatever the slot."""
    kind = CATALOGUE.get(change.kind)
    # Not by name: whichever came first would seem to come first.
    sides = "the sides" if len(scene.story.parties) > 1 else ""
    known = {"title": kind.title if kind else change.kind, "parties": sides}
    known |= _truce({})
    several: set[str] = set()
    if event is None:
        return known, several
    who = [scene.names.short(name) for name in actors_of(event, Role.SOURCE)]
    if not who and event.kind == "mediation":
        who = [scene.names.short(name) for role in (Role.HOST, Role.MEDIATOR) for name in actors_of(event, role)]
    who = who or _speaker(scene, event)
    others = [scene.names.short(name) for name in actors_of(event, Role.TARGET)]
    if not others and event.kind == "meeting" and len(who) > 1:
        who, others = who[:1], who[1:]
    known |= {"who": listed(who), "others": listed(others), **_venue(event.venue or "")}
    known |= {"date": when(event.when, scene.year) if event.when else ""}
    known |= {"terms": terms(event.terms), "wrong": WRONGS.get(event.about or "", "")}
    known |= {"matter": MATTERS.get(event.about or event.kind, "")} | _truce(event.terms)
    known["attribution"] = event.attribution or ""
    if event.kind == "ceasefire-violated" and event.modality is not Modality.DENIED:
        # Its source is whoever breaks it; who says so accuses.
        who, others = [scene.names.short(name) for name in accusers(scene, event)], who
        known |= {"who": listed(who), "others": listed(others)}
    several |= {"who"} if len(who) > 1 else set()
    known |= {"host": listed([scene.names.short(name) for name in actors_of(event, Role.HOST)])}
    return known, several


def of_slot(scene: Scene, group: Sequence[Change], path: Path, known: dict[str, str], several: set[str]) -> None:
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
        if family == "talks/status" and change.after == "scheduled" and not known.get("date"):
            known["date"] = _day_told(scene, change)
        if family == "talks/date":
            known["date"] = when(raw(change.after) or "", scene.year)
        elif family == "talks/venue":
            known |= _venue(raw(change.after) or "")
        elif family.endswith("/terms") and isinstance(change.after, Mapping):
            known |= _truce(change.after) | {"terms": terms(change.after)}
        elif family in {"talks/host", "talks/mediator"} or family.endswith(
            ("/called-by", "/accepted-by", "/rejected-by")
        ):
            new = tuple(name for name in shown if name not in {short(old) for old in as_names(change.before)})
            known["names"] = listed(new or shown)
            several |= {"names"} if len(new or shown) > 1 else set()
            if family.startswith("ceasefire/"):
                known["who"] = known["names"]
                several.discard("who")
                several |= {"who"} if len(new or shown) > 1 else set()
    _of_path(scene, group, path, known, several)


def _day_told(scene: Scene, change: Change) -> str:
    """Return the day of the talks as posts have told it, if it is yet to come."""
    day = raw(scene.standing.get("talks/date")) or ""
    return when(day, scene.year) if day[:DAY] >= change.since.date().isoformat() else ""


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


def accusers(scene: Scene, event: Event) -> list[str]:
    """Return who says that a ceasefire was broken: a known person, or the party that the words speak for."""
    person = scene.names.within(event.attribution or "")
    party = scene.names.party(event.attribution or "") if event.attribution else None
    name = person.name if person else party
    return [name] if name and name not in {scene.names.full(actor) for actor in actors_of(event, Role.SOURCE)} else []


def _speaker(scene: Scene, event: Event) -> list[str]:
    for name in (event.person, event.attribution):
        if name and (scene.names.person(name) or scene.names.actor(name)):
            return [scene.names.short(name)]
    return []


def actors_of(event: Event, role: Role) -> list[str]:
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
