"""Where a story stands, in one sentence and on a board, built from its slots alone."""

from collections.abc import Mapping, Sequence

from bot.announce.board import status, written
from bot.announce.names import Names
from bot.announce.slots import parse
from bot.announce.speakers import spoken
from bot.announce.values import as_names, raw, terms, when
from bot.domain.alert import Fact
from bot.domain.event import Modality, Quantity
from bot.domain.story import Slot, Story, StoryState
from bot.locales import ENGLISH, Voice, _

#: A board stays a glance: so many names or deals on one line.
_MOST = 6
_SIDES = 2
_TWICE = 2
_NO_TRUCE = frozenset({"called", "rejected"})

_TALKS: Mapping[str, str] = {
    "proposed": _("talks proposed{for_date}, not agreed"),
    "scheduled": _("{parties} to meet{on_date}{at}"),
    "postponed": _("talks postponed{to_date}"),
    "under-way": _("{parties} are meeting{at}"),
    "recess": _("talks in recess"),
    "ended": _("{parties} met{on_date}{unless_deal}"),
    "collapsed": _("talks collapsed"),
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
    say = names.say
    talks, deal, truce = _talks(story, state, names, year), _deal(state, say), _truce(state, say)
    if state.slots.get("talks/status") and deal and _value(state, "talks/status") == "ended":
        talks, deal = say("{talks} and agreed {deal}", talks=talks, deal=_with_article(deal, say)), ""
    parts = [part for part in (talks, _done(deal, state, say) if deal else "", truce) if part]
    stands = "; ".join(parts) or latest or say("no change reported yet")
    return f"{story.title}: {stands}"


def place(story: Story, state: StoryState, names: Names) -> str:
    """Return the line under the title: slug, round, venue, host and mediators."""
    told = [story.slug]
    if "talks/round" in state.slots:
        told.append(names.say("round {number}", number=_value(state, "talks/round")))
    if "talks/venue" in state.slots:
        venue = _value(state, "talks/venue")
        city = names.city(venue)
        told.append(venue if city in venue else f"{venue}, {city}")
    for slot, words in (("talks/host", _("hosted by {names}")), ("talks/mediator", _("mediated by {names}"))):
        if slot in state.slots:
            called = [names.short(name) for name in as_names(state.slots[slot].value)]
            told.append(names.say(words, names=names.say.listed(called)))
    return " · ".join(told)


def board(state: StoryState, dates: Sequence[str], names: Names, year: int) -> tuple[Fact, ...]:
    """Return the facts of a story, only as many as have something to say."""
    lines = (
        (_("Who leads"), _leads(state, names)),
        (_("Who comes"), _comes(state, names)),
        (_("Who stays away"), _away(state, names)),
        (_("Talks"), _dated(state, dates, names, year)),
        (_("Ceasefire"), _ceasefire(state, names, year)),
        (_("Agreed"), _agreed(state, names)),
        (_("Access"), _rest(state, "access", names, year)),
        (_("Relations"), _rest(state, "relations", names, year)),
        (_("Sanctions"), _rest(state, "sanctions", names, year)),
    )
    return tuple(Fact(label=names.say(label), after=text) for label, text in lines if text)


def _value(state: StoryState, slot: str) -> str:
    return raw(state.slots[slot].value) or "" if slot in state.slots else ""


def _talks(story: Story, state: StoryState, names: Names, year: int) -> str:
    slot = state.slots.get("talks/status")
    if slot is None:
        return ""
    say, held = names.say, raw(slot.value) or ""
    date = _value(state, "talks/date") or (slot.since.date().isoformat() if held == "ended" else "")
    day = when(date.partition("/")[2] or date if held == "ended" else date, year, say) if date else ""
    # A moment is too fine for a sentence; its day will do.
    day = day.partition(",")[0]
    parties = [names.short(party) for party in story.parties]
    venue = _value(state, "talks/venue")
    facts = {
        "parties": say.listed(parties) if len(parties) >= _SIDES else say("the parties"),
        "on_date": say(" on {day}", day=day) if day else "" if held == "ended" else say(", no date"),
        "for_date": say(" for {day}", day=day) if day else "",
        "to_date": say(" to {day}", day=day) if day else say(", no new date"),
        "at": say(" in {venue}", venue=venue) if venue else "",
        "unless_deal": say(" in {venue}", venue=venue) if venue and not _deal(state, say) else "",
    }
    if held not in _TALKS:
        return say("talks {status}", status=status(held, say))
    return say(_TALKS[held], **facts)


def _deal(state: StoryState, say: Voice) -> str:
    """Return what was agreed last, if anything: an exchange, or a named deal."""
    for key, slot in reversed(list(state.slots.items())):
        family = parse(key).family
        if family == "prisoners":
            return _exchange(state, say)
        if family == "agreement" and slot.value != "broken" and "+" not in parse(key).name:
            return parse(key).name.replace("-", " ")
    return ""


def _done(deal: str, state: StoryState, say: Voice) -> str:
    """Return a deal with how far it is."""
    held = [slot.value for key, slot in state.slots.items() if key.startswith("prisoners/") and "terms" not in key]
    done = "carried-out" in held[-1:] and _exchange(state, say) in deal
    return say("{deal} carried out", deal=deal) if done else say("{deal} agreed", deal=deal)


def _exchange(state: StoryState, say: Voice) -> str:
    named = state.slots.get("prisoners/terms")
    each = named.value.get("each_side") if named and isinstance(named.value, Mapping) else None
    if isinstance(each, int):
        return say("{each:,}-for-{each:,} prisoner exchange", each=each)
    return say("prisoner exchange")


def _with_article(deal: str, say: Voice) -> str:
    if say is not ENGLISH:
        return deal
    if any(word in deal for word in ("exchange", "agreement", "deal", "treaty", "memorandum", "framework")):
        return f"{'an' if deal[:1] in 'aeiou' else 'a'} {deal}"
    return deal


def _truce(state: StoryState, say: Voice) -> str:
    held = _value(state, "ceasefire/status")
    if held in _NO_TRUCE or (not held and "talks/status" in state.slots and _is_war(state)):
        return say("no ceasefire")
    return say("ceasefire {status}", status=status(held, say)) if held else ""


def _is_war(state: StoryState) -> bool:
    return any(key.startswith(("ledger/ceasefire-", "ceasefire/")) for key in state.slots)


def _leads(state: StoryState, names: Names) -> str:
    heads = [(parse(key).name, slot) for key, slot in state.slots.items() if parse(key).family == "delegation/head"]
    return " · ".join(
        f"{names.short(party)}: {names.say.listed([names.full(name) for name in as_names(slot.value)])}"
        f"{_doubt(slot, names.say)}"
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
        f"{names.full(parse(key).name)}{_doubt(slot, names.say)}"
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
            names.say("expected: {names}", names=", ".join(expected[:_MOST])) if expected else "",
            names.say("left: {names}", names=", ".join(gone[:_MOST])) if gone else "",
        )
        if part
    )


def _away(state: StoryState, names: Names) -> str:
    return ", ".join(_people(state, names, "declined")[:_MOST])


def _doubt(slot: Slot, say: Voice) -> str:
    doubt = say("unconfirmed")
    return f" ({doubt})" if slot.modality is Modality.ALLEGED else ""


def _dated(state: StoryState, dates: Sequence[str], names: Names, year: int) -> str:
    slot = state.slots.get("talks/status")
    if slot is None:
        return ""
    say, held = names.say, raw(slot.value) or ""
    day = when(_value(state, "talks/date"), year, say) if "talks/date" in state.slots else ""
    ended = held in {"ended", "collapsed"}
    day = day or (when(slot.since.date().isoformat(), year, say) if ended else written("talks/date", None, names, year))
    moved = f" ({' → '.join(when(date, year, say) for date in dates)}, {_moved(len(dates) - 1, say)})"
    told = f"{status(held, say)} {day}{moved if len(dates) > 1 else ''}"
    parts = (told, say("next: no date") if ended else "")
    return " · ".join(filter(None, parts)) + _doubt(slot, say)


def _moved(slips: int, say: Voice) -> str:
    if slips == 1:
        return say("moved once")
    return say("moved twice") if slips == _TWICE else say.many("moved {number} time", "moved {number} times", slips)


def _ceasefire(state: StoryState, names: Names, year: int) -> str:
    slot = state.slots.get("ceasefire/status")
    if slot is None:
        return ""
    say, held = names.say, raw(slot.value) or ""
    named = state.slots.get("ceasefire/terms")
    conditions = f" ({terms(named.value, say)})" if named and isinstance(named.value, Mapping) else ""
    callers = state.slots.get("ceasefire/called-by")
    who = say.listed([names.short(name) for name in as_names(callers.value)]) if callers else ""
    called = say("called for by {names}", names=who) if who else ""
    refusals = (say("{name}: no", name=names.short(name)) for name in _refuse(state))
    no = "".join(f" · {refusal}" for refusal in refusals)
    doubt = _doubt(slot, say)
    if held == "called":
        return f"{called or status('called', say)}{conditions}{doubt}{no}"
    if held == "rejected" and called and no:
        return f"{called}{conditions}{no}{doubt}"
    by = f" ({spoken(slot.attribution, names)})" if slot.attribution and held in {"rejected", "ended"} else ""
    shown = f"{written('ceasefire/status', held, names, year)}{by}{doubt}"
    return f"{called}{conditions} · {shown}" if called and held == "rejected" else f"{shown}{conditions}"


def _refuse(state: StoryState) -> tuple[str, ...]:
    """Return who refused the ceasefire and has not accepted it since."""
    no, yes = state.slots.get("ceasefire/rejected-by"), state.slots.get("ceasefire/accepted-by")
    if no is None:
        return ()
    accepted = as_names(yes.value) if yes and yes.since > no.since else ()
    return tuple(name for name in as_names(no.value) if name not in accepted)


def _agreed(state: StoryState, names: Names) -> str:
    say = names.say
    #: Each with whether it is an exchange of prisoners: of these the last one counts.
    told: list[tuple[bool, str]] = []
    for key, slot in state.slots.items():
        path, held = parse(key), raw(slot.value) or ""
        if path.family == "prisoners":
            told = [each for each in told if not each[0]]
            done = "" if held == "agreed" else f", {status(held, say)}"
            told.append((True, f"{_exchange(state, say)}{done}{_doubt(slot, say)}"))
        elif path.family == "agreement":
            between = say.listed([names.short(name) for name in path.name.split("+")])
            line = f"{between.replace('-', ' ')}: {status(held, say)}{_doubt(slot, say)}"
            told.append(("exchange" in path.name, line))
    return " · ".join(line for _is_exchange, line in told[-_MOST:])


def _rest(state: StoryState, family: str, names: Names, year: int) -> str:
    told = []
    for key, slot in state.slots.items():
        path = parse(key)
        if path.family == family:
            who = " → ".join(names.short(name) for name in path.names) if family != "access" else path.name
            told.append(f"{who}: {written(key, slot.value, names, year)}{_doubt(slot, names.say)}")
    return " · ".join(told[-_MOST:])


def truce_terms(state: StoryState) -> dict[str, Quantity]:
    """Return the terms of the ceasefire as they were named; from when to when it holds is none of them."""
    slot = state.slots.get("ceasefire/terms")
    named = slot.value if slot and isinstance(slot.value, Mapping) else {}
    return {name: quantity for name, quantity in named.items() if name not in {"from", "until"}}
