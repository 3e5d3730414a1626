"""What changed, and what holds, as labelled facts."""

from collections.abc import Mapping, Sequence

from bot.announce.clauses import unlisted
from bot.announce.names import Names
from bot.announce.slots import is_ledger, parse
from bot.announce.values import as_names, listed, moment, raw, terms, when
from bot.domain.alert import Fact
from bot.domain.event import Modality
from bot.domain.story import Cause, Change, Value

_MENDS = frozenset({Cause.CORRECTION, Cause.RETRACTION})

#: What is written where nothing is known.
UNKNOWN = {
    "delegation/head": "not named",
    "delegation/members": "not named",
    "attendance": "not known",
    "talks/status": "none",
    "talks/date": "no date",
    "talks/venue": "venue not named",
    "talks/host": "host not named",
    "talks/mediator": "not named",
    "talks/round": "not known",
    "ceasefire/status": "none",
    "ceasefire/terms": "no terms",
    "ceasefire/called-by": "nobody",
    "ceasefire/accepted-by": "nobody",
    "ceasefire/rejected-by": "nobody",
    "agreement": "none",
    "prisoners": "none",
    "prisoners/terms": "no terms",
    "access": "not agreed",
    "relations": "not known",
    "sanctions": "none",
}

LABELS = {
    "talks/status": "Talks",
    "talks/date": "Date",
    "talks/venue": "Venue",
    "talks/round": "Round",
    "talks/host": "Host",
    "talks/mediator": "Mediation",
    "ceasefire/status": "Ceasefire",
    "ceasefire/terms": "Ceasefire terms",
    "ceasefire/called-by": "Ceasefire called for by",
    "ceasefire/accepted-by": "Ceasefire accepted by",
    "ceasefire/rejected-by": "Ceasefire refused by",
    "prisoners": "Prisoner exchange",
    "prisoners/terms": "Exchange terms",
}

WORDS = {
    "confirmed": "attending",
    "declined": "not attending",
    "under-way": "under way",
    "recess": "in recess",
    "called": "called for",
    "in-force": "in force",
    "carried-out": "carried out",
}


def facts(changes: Sequence[Change], names: Names, year: int) -> tuple[Fact, ...]:
    """Return before → after for each slot that changed; ledger lines have none."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        if not is_ledger(change.slot):
            groups.setdefault(label(change.slot, names), []).append(change)
    people = {name for change in changes if change.slot.startswith("delegation/") for name in as_names(change.after)}
    return tuple(
        _fact(name, group, changes, names, year)
        for name, group in groups.items()
        if not _goes_without_saying(group, people)
    )


def label(slot: str, names: Names) -> str:  # noqa: PLR0911 - one line a family
    """Return a slot's name for readers."""
    path = parse(slot)
    if path.family in LABELS:
        return LABELS[path.family]
    shorts = [names.short(name) for name in path.names]
    match path.family.partition("/")[0]:
        case "delegation":
            return f"{names.possessive(path.name)} delegation"
        case "attendance":
            return shorts[0]
        case "agreement":
            return f"Agreement: {listed([names.short(part) for part in path.name.split('+')])}"
        case "access":
            return f"Access to {path.name}"
        case "relations":
            return f"Relations of {listed(shorts)}"
        case "sanctions":
            return f"Sanctions by {shorts[0]} on {shorts[-1]}"
        case _:
            return path.family.replace("/", " ").replace("-", " ").capitalize()


def written(slot: str, value: Value | None, names: Names, year: int, *, full: bool = False) -> str:
    """Return a slot's value for readers, the unknown said in words."""
    family = parse(slot).family
    if not value:
        return UNKNOWN.get(family, "not known")
    if isinstance(value, Mapping):
        return terms(value)
    called = [names.full(name) if full else names.short(name) for name in as_names(value)]
    if len(called) > 1:
        return ", ".join(called)
    return WORDS.get(called[0]) or when(called[0], year)


def _fact(name: str, group: Sequence[Change], changes: Sequence[Change], names: Names, year: int) -> Fact:
    first = group[0]
    heads = [change for change in group if change.slot.endswith("/head")]
    if first.slot.startswith("delegation/"):
        before, after = (_team(heads, group, names, side) for side in ("before", "after"))
    else:
        before = written(first.slot, first.before, names, year)
        after = written(first.slot, first.after, names, year, full=first.slot.startswith("attendance/"))
    if first.cause is Cause.CONFLICT:
        after = _accounts(first, names, year)
    elif before == after:
        before = f"{before}, unconfirmed"
    if first.modality is Modality.ALLEGED and first.cause not in _MENDS:
        after = f"{after} ({'left off the list' if unlisted(first, changes) else 'unconfirmed'})"
    mend = first.cause in _MENDS
    return Fact(label=name, before=before, after=f"{after} ({_mended(first)})" if mend else after, corrected=mend)


def _accounts(change: Change, names: Names, year: int) -> str:
    told = [(change.after, change.attribution), *((rival.value, rival.attribution) for rival in change.rivals)]
    said = [
        f"{written(change.slot, value, names, year) if value else 'denied'}{f' ({who})' if who else ''}"
        for value, who in told
        if value or who
    ]
    return f"disputed: {' or '.join(said)}"


def _mended(change: Change) -> str:
    denied = change.modality is Modality.DENIED
    word = "corrected" if change.cause is Cause.CORRECTION else "denied" if denied else "withdrawn"
    return ", ".join((f"{word} {moment(change.since)}", *change.outlets[-1:]))


def _team(heads: Sequence[Change], group: Sequence[Change], names: Names, side: str) -> str:
    """Return a delegation as ``Vladimir Medinsky (head), Galuzin, Fomin``."""
    led = [name for change in heads for name in as_names(getattr(change, side))]
    others = [
        name
        for change in group
        if change.slot.endswith("/members")
        for name in as_names(getattr(change, side))
        if name not in led
    ]
    told = [f"{names.full(name)} (head)" for name in led] + [names.short(name) for name in others]
    rest = [raw(getattr(change, side)) or "" for change in group if not change.slot.endswith(("/head", "/members"))]
    return ", ".join(filter(None, (*told, *rest))) or "not named"


def _goes_without_saying(group: Sequence[Change], people: set[str]) -> bool:
    change = group[0]
    return (
        change.slot.startswith("attendance/")
        and parse(change.slot).name in people
        and change.after in {"confirmed", "expected", "present"}
    )
