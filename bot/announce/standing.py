"""Where a story stands, in one sentence and on a board, built from its slots alone."""

from collections.abc import Mapping, Sequence

from bot.announce.board import UNKNOWN, WORDS, written
from bot.announce.names import Names
from bot.announce.slots import parse
from bot.announce.speakers import spoken
from bot.announce.values import as_names, listed, raw, terms, when
from bot.domain.alert import Fact
from bot.domain.event import Modality, Quantity
from bot.domain.story import Slot, Story, StoryState

#: A board stays a glance: so many names or deals on one line.
_MOST = 6
_SIDES = 2
_NO_TRUCE = frozenset({"called", "rejected"})

_TALKS: Mapping[str, str] = {
    "proposed": "talks proposed{for_date}, not agreed",
    "scheduled": "{parties} to meet{on_date}{at}",
    "postponed": "talks postponed{to_date}",
    "under-way": "{parties} are meeting{at}",
    "recess": "talks in recess",
    "ended": "{parties} met{on_date}{unless_deal}",
    "collapsed": "talks collapsed",
}


def sentence(story: Story, state: StoryState, names: Names, year: int, latest: str = "") -> str:
    """Return where a story stands.

    Args:
        story: The story.
        state: Its slots.
        names: How actors are called.
        year: The year that readers take for granted.
        latest: What was last said of it, for a story that has only words to show.
    """
    talks, deal, truce = _talks(story, state, names, year), _deal(state), _truce(state)
    if state.slots.get("talks/status") and deal and _value(state, "talks/status") == "ended":
        talks, deal = f"{talks} and agreed {_with_article(deal)}", ""
    parts = [part for part in (talks, _done(deal, state) if deal else "", truce) if part]
    return f"{story.title}: {'; '.join(parts) or latest or 'no change reported yet'}"


def place(story: Story, state: StoryState, names: Names) -> str:
    """Return the line under the title: slug, round, venue, host and mediators."""
    told = [story.slug]
    if "talks/round" in state.slots:
        told.append(f"round {_value(state, 'talks/round')}")
    if "talks/venue" in state.slots:
        venue = _value(state, "talks/venue")
        city = names.city(venue)
        told.append(venue if city in venue else f"{venue}, {city}")
    for slot, words in (("talks/host", "hosted by"), ("talks/mediator", "mediated by")):
        if slot in state.slots:
            told.append(f"{words} {listed([names.short(name) for name in as_names(state.slots[slot].value)])}")
    return " · ".join(told)


def board(state: StoryState, dates: Sequence[str], names: Names, year: int) -> tuple[Fact, ...]:
    """Return the facts of a story, only as many as have something to say."""
    lines = (
        ("Who leads", _leads(state, names)),
        ("Who comes", _comes(state, names)),
        ("Who stays away", _away(state, names)),
        ("Talks", _dated(state, dates, year)),
        ("Ceasefire", _ceasefire(state, names, year)),
        ("Agreed", _agreed(state, names)),
        ("Access", _rest(state, "access", names, year)),
        ("Relations", _rest(state, "relations", names, year)),
        ("Sanctions", _rest(state, "sanctions", names, year)),
    )
    return tuple(Fact(label=label, after=text) for label, text in lines if text)


def _value(state: StoryState, slot: str) -> str:
    return raw(state.slots[slot].value) or "" if slot in state.slots else ""


def _talks(story: Story, state: StoryState, names: Names, year: int) -> str:
    slot = state.slots.get("talks/status")
    if slot is None:
        return ""
    status = raw(slot.value) or ""
    date = _value(state, "talks/date") or (slot.since.date().isoformat() if status == "ended" else "")
    day = when(date.partition("/")[2] or date if status == "ended" else date, year) if date else ""
    # A moment is too fine for a sentence; its day will do.
    day = day.partition(",")[0]
    parties = [names.short(party) for party in story.parties]
    venue = _value(state, "talks/venue")
    facts = {
        "parties": listed(parties) if len(parties) >= _SIDES else "the parties",
        "on_date": f" on {day}" if day else "" if status == "ended" else ", no date",
        "for_date": f" for {day}" if day else "",
        "to_date": f" to {day}" if day else ", no new date",
        "at": f" in {venue}" if venue else "",
        "unless_deal": f" in {venue}" if venue and not _deal(state) else "",
    }
    return _TALKS.get(status, f"talks {WORDS.get(status, status)}").format_map(facts)


def _deal(state: StoryState) -> str:
    """Return what was agreed last, if anything: an exchange, or a named deal."""
    for key, slot in reversed(list(state.slots.items())):
        family = parse(key).family
        if family == "prisoners":
            return _exchange(state)
        if family == "agreement" and slot.value != "broken" and "+" not in parse(key).name:
            return parse(key).name.replace("-", " ")
    return ""


def _done(deal: str, state: StoryState) -> str:
    """Return a deal with how far it is."""
    held = [slot.value for key, slot in state.slots.items() if key.startswith("prisoners/") and "terms" not in key]
    return f"{deal} {'carried out' if 'exchange' in deal and 'carried-out' in held[-1:] else 'agreed'}"


def _exchange(state: StoryState) -> str:
    named = state.slots.get("prisoners/terms")
    each = named.value.get("each_side") if named and isinstance(named.value, Mapping) else None
    return f"{each:,}-for-{each:,} prisoner exchange" if isinstance(each, int) else "prisoner exchange"


def _with_article(deal: str) -> str:
    if any(word in deal for word in ("exchange", "agreement", "deal", "treaty", "memorandum", "framework")):
        return f"{'an' if deal[:1] in 'aeiou' else 'a'} {deal}"
    return deal


def _truce(state: StoryState) -> str:
    status = _value(state, "ceasefire/status")
    if status in _NO_TRUCE or (not status and "talks/status" in state.slots and _is_war(state)):
        return "no ceasefire"
    return f"ceasefire {WORDS.get(status, status)}" if status else ""


def _is_war(state: StoryState) -> bool:
    return any(key.startswith(("ledger/ceasefire-", "ceasefire/")) for key in state.slots)


def _leads(state: StoryState, names: Names) -> str:
    heads = [(parse(key).name, slot) for key, slot in state.slots.items() if parse(key).family == "delegation/head"]
    return " · ".join(
        f"{names.short(party)}: {listed([names.full(name) for name in as_names(slot.value)])}{_doubt(slot)}"
        for party, slot in heads
    )


def coming(slot: Slot) -> str:
    """Return whether somebody comes; whose coming was denied stays away."""
    return raw(slot.value) or ("declined" if slot.denied else "")


def _people(state: StoryState, names: Names, *statuses: str) -> list[str]:
    delegates = {
        name for key, slot in state.slots.items() if key.startswith("delegation/") for name in as_names(slot.value)
    }
    return [
        f"{names.full(parse(key).name)}{_doubt(slot)}"
        for key, slot in state.slots.items()
        if key.startswith("attendance/") and coming(slot) in statuses and parse(key).name not in delegates
    ]


def _comes(state: StoryState, names: Names) -> str:
    sure = _people(state, names, "confirmed", "present")
    expected = _people(state, names, "expected")
    gone = _people(state, names, "left")
    return " · ".join(
        part
        for part in (
            ", ".join(sure[:_MOST]),
            f"expected: {', '.join(expected[:_MOST])}" if expected else "",
            f"left: {', '.join(gone[:_MOST])}" if gone else "",
        )
        if part
    )


def _away(state: StoryState, names: Names) -> str:
    return ", ".join(_people(state, names, "declined")[:_MOST])


def _doubt(slot: Slot) -> str:
    return " (unconfirmed)" if slot.modality is Modality.ALLEGED else ""


def _dated(state: StoryState, dates: Sequence[str], year: int) -> str:
    slot = state.slots.get("talks/status")
    if slot is None:
        return ""
    status = WORDS.get(raw(slot.value) or "", raw(slot.value) or "")
    day = when(_value(state, "talks/date"), year) if "talks/date" in state.slots else ""
    ended = raw(slot.value) in {"ended", "collapsed"}
    day = day or (when(slot.since.date().isoformat(), year) if ended else UNKNOWN["talks/date"])
    slips = len(dates) - 1
    times = {1: "once", 2: "twice"}.get(slips, f"{slips} times")
    moved = f" ({' → '.join(when(date, year) for date in dates)}, moved {times})" if slips > 0 else ""
    return f"{status} {day}{moved}{' · next: no date' if ended else ''}{_doubt(slot)}"


def _ceasefire(state: StoryState, names: Names, year: int) -> str:
    slot = state.slots.get("ceasefire/status")
    if slot is None:
        return ""
    status = raw(slot.value) or ""
    named = state.slots.get("ceasefire/terms")
    conditions = f" ({terms(named.value)})" if named and isinstance(named.value, Mapping) else ""
    callers = state.slots.get("ceasefire/called-by")
    called = f"called for by {listed([names.short(name) for name in as_names(callers.value)])}" if callers else ""
    no = "".join(f" · {names.short(name)}: no" for name in _refuse(state))
    if status == "called":
        return f"{called or WORDS['called']}{conditions}{_doubt(slot)}{no}"
    if status == "rejected" and called and no:
        return f"{called}{conditions}{no}{_doubt(slot)}"
    by = f" ({spoken(slot.attribution, names)})" if slot.attribution and status in {"rejected", "ended"} else ""
    shown = f"{written('ceasefire/status', status, names, year)}{by}{_doubt(slot)}"
    return f"{called}{conditions} · {shown}" if called and status == "rejected" else f"{shown}{conditions}"


def _refuse(state: StoryState) -> tuple[str, ...]:
    """Return who refused the ceasefire and has not accepted it since."""
    no, yes = state.slots.get("ceasefire/rejected-by"), state.slots.get("ceasefire/accepted-by")
    if no is None:
        return ()
    accepted = as_names(yes.value) if yes and yes.since > no.since else ()
    return tuple(name for name in as_names(no.value) if name not in accepted)


def _agreed(state: StoryState, names: Names) -> str:
    told: list[str] = []
    for key, slot in state.slots.items():
        path = parse(key)
        status = WORDS.get(raw(slot.value) or "", raw(slot.value) or "")
        if path.family == "prisoners":
            told = [each for each in told if "exchange" not in each]
            done = "" if status == "agreed" else f", {status}"
            told.append(f"{_exchange(state)}{done}{_doubt(slot)}")
        elif path.family == "agreement":
            between = listed([names.short(name) for name in path.name.split("+")])
            told.append(f"{between.replace('-', ' ')}: {status}{_doubt(slot)}")
    return " · ".join(told[-_MOST:])


def _rest(state: StoryState, family: str, names: Names, year: int) -> str:
    told = []
    for key, slot in state.slots.items():
        path = parse(key)
        if path.family == family:
            who = " → ".join(names.short(name) for name in path.names) if family != "access" else path.name
            told.append(f"{who}: {written(key, slot.value, names, year)}{_doubt(slot)}")
    return " · ".join(told[-_MOST:])


def truce_terms(state: StoryState) -> dict[str, Quantity]:
    """Return the terms of the ceasefire as they were named; from when to when it holds is none of them."""
    slot = state.slots.get("ceasefire/terms")
    named = slot.value if slot and isinstance(slot.value, Mapping) else {}
    return {name: quantity for name, quantity in named.items() if name not in {"from", "until"}}
