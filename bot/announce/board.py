"""What changed, and what holds, as labelled facts."""

from collections.abc import Mapping, Sequence

from bot.announce.clauses import unlisted
from bot.announce.names import Names
from bot.announce.slots import is_ledger, parse
from bot.announce.values import as_names, raw, terms, when
from bot.domain.alert import Fact
from bot.domain.event import Modality
from bot.domain.story import Cause, Change, Value
from bot.locales import Voice, _

_MENDS = frozenset({Cause.CORRECTION, Cause.RETRACTION})

#: What is written where nothing is known.
UNKNOWN = {
    "delegation/head": _("not named"),
    "delegation/members": _("not named"),
    "attendance": _("not known"),
    "talks/status": _("none"),
    "talks/date": _("no date"),
    "talks/venue": _("venue not named"),
    "talks/host": _("host not named"),
    "talks/mediator": _("not named"),
    "talks/round": _("not known"),
    "ceasefire/status": _("none"),
    "ceasefire/terms": _("no terms"),
    "ceasefire/called-by": _("nobody"),
    "ceasefire/accepted-by": _("nobody"),
    "ceasefire/rejected-by": _("nobody"),
    "agreement": _("none"),
    "prisoners": _("none"),
    "prisoners/terms": _("no terms"),
    "access": _("not agreed"),
    "relations": _("not known"),
    "sanctions": _("none"),
}

LABELS = {
    "talks/status": _("Talks"),
    "talks/date": _("Date"),
    "talks/venue": _("Venue"),
    "talks/round": _("Round"),
    "talks/host": _("Host"),
    "talks/mediator": _("Mediation"),
    "ceasefire/status": _("Ceasefire"),
    "ceasefire/terms": _("Ceasefire terms"),
    "ceasefire/called-by": _("Ceasefire called for by"),
    "ceasefire/accepted-by": _("Ceasefire accepted by"),
    "ceasefire/rejected-by": _("Ceasefire refused by"),
    "prisoners": _("Prisoner exchange"),
    "prisoners/terms": _("Exchange terms"),
}

WORDS = {
    "confirmed": _("attending"),
    "declined": _("not attending"),
    "under-way": _("under way"),
    "recess": _("in recess"),
    "called": _("called for"),
    "in-force": _("in force"),
    "carried-out": _("carried out"),
    # These are called as they are named.
    "agreed": _("agreed"),
    "broken": _("broken"),
    "collapsed": _("collapsed"),
    "downgraded": _("downgraded"),
    "ended": _("ended"),
    "expected": _("expected"),
    "imposed": _("imposed"),
    "left": _("left"),
    "lifted": _("lifted"),
    "open": _("open"),
    "postponed": _("postponed"),
    "present": _("present"),
    "proposed": _("proposed"),
    "ratified": _("ratified"),
    "refused": _("refused"),
    "rejected": _("rejected"),
    "restored": _("restored"),
    "scheduled": _("scheduled"),
    "signed": _("signed"),
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
    path, say = parse(slot), names.say
    if path.family in LABELS:
        return say(LABELS[path.family])
    shorts = [names.short(name) for name in path.names]
    match path.family.partition("/")[0]:
        case "delegation":
            return say("{partys} delegation", partys=names.possessive(path.name))
        case "attendance":
            return shorts[0]
        case "agreement":
            return say("Agreement: {parties}", parties=say.listed([names.short(part) for part in path.name.split("+")]))
        case "access":
            return say("Access to {place}", place=path.name)
        case "relations":
            return say("Relations of {parties}", parties=say.listed(shorts))
        case "sanctions":
            return say("Sanctions by {first} on {second}", first=shorts[0], second=shorts[-1])
        case _:
            return path.family.replace("/", " ").replace("-", " ").capitalize()


def written(slot: str, value: Value | None, names: Names, year: int, *, full: bool = False) -> str:
    """Return a slot's value for readers, the unknown said in words."""
    family = parse(slot).family
    if not value:
        return names.say(UNKNOWN.get(family, "not known"))
    if isinstance(value, Mapping):
        return terms(value, names.say)
    called = [names.full(name) if full else names.short(name) for name in as_names(value)]
    if len(called) > 1:
        return ", ".join(called)
    return status(called[0], names.say) if called[0] in WORDS else when(called[0], year, names.say)


def status(value: str, say: Voice) -> str:
    """Return what a state of things is called; what has no word is its own."""
    return say(WORDS[value]) if value in WORDS else value


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
        before = names.say("{value}, unconfirmed", value=before)
    if first.modality is Modality.ALLEGED and first.cause not in _MENDS:
        doubt = names.say("left off the list") if unlisted(first, changes) else names.say("unconfirmed")
        after = f"{after} ({doubt})"
    mend = first.cause in _MENDS
    return Fact(
        label=name, before=before, after=f"{after} ({_mended(first, names.say)})" if mend else after, corrected=mend
    )


def _accounts(change: Change, names: Names, year: int) -> str:
    told = [(change.after, change.attribution), *((rival.value, rival.attribution) for rival in change.rivals)]
    said = [
        (written(change.slot, value, names, year) if value else names.say("denied")) + (f" ({who})" if who else "")
        for value, who in told
        if value or who
    ]
    accounts = said[0]
    for other in said[1:]:
        accounts = names.say("{one} or {other}", one=accounts, other=other)
    return names.say("disputed: {accounts}", accounts=accounts)


def _mended(change: Change, say: Voice) -> str:
    denied = change.modality is Modality.DENIED
    told = _("corrected {moment}") if change.cause is Cause.CORRECTION else _("withdrawn {moment}")
    told = _("denied {moment}") if denied and change.cause is not Cause.CORRECTION else told
    return ", ".join((say(told, moment=say.moment(change.since)), *change.outlets[-1:]))


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
    told = [names.say("{name} (head)", name=names.full(name)) for name in led] + [names.short(name) for name in others]
    rest = [raw(getattr(change, side)) or "" for change in group if not change.slot.endswith(("/head", "/members"))]
    return ", ".join(filter(None, (*told, *rest))) or names.say("not named")


def _goes_without_saying(group: Sequence[Change], people: set[str]) -> bool:
    change = group[0]
    return (
        change.slot.startswith("attendance/")
        and parse(change.slot).name in people
        and change.after in {"confirmed", "expected", "present"}
    )
