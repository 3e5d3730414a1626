"""How far a status may move: the one table of allowed steps.

A late article that tells an older status finds no step back and changes
nothing. A step may have to wait (nobody turns round within hours without
saying so), or need a later day than the last one (a new round).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Step:
    """When a status may follow another."""

    #: Allowed once this has passed since the present status was reached; ``None``: never by time alone.
    wait: timedelta | None = timedelta(0)
    #: Allowed at once with a day that lies after all days known so far.
    dated: bool = False


NOW = Step()
AFTER_A_BREAK = Step(wait=timedelta(hours=1))
SOON = Step(wait=timedelta(hours=12))
NEXT_DAY = Step(wait=timedelta(hours=24), dated=True)
NEXT_ROUND = Step(wait=timedelta(hours=18))
DATED = Step(wait=None, dated=True)
NEW_START = Step(wait=timedelta(days=3))

Ladder = Mapping[str, Mapping[str, Step]]

TALKS: Ladder = {
    "proposed": {
        "scheduled": NOW,
        "postponed": NOW,
        "under-way": NOW,
        "recess": NOW,
        "ended": NOW,
        "collapsed": NEW_START,
    },
    "scheduled": {"postponed": NOW, "under-way": NOW, "recess": NOW, "ended": NOW, "collapsed": NOW},
    "postponed": {"scheduled": NEXT_DAY, "under-way": NOW, "recess": NOW, "ended": NOW, "collapsed": NOW},
    "under-way": {"recess": NOW, "ended": NOW, "collapsed": NOW, "postponed": NOW, "scheduled": DATED},
    "recess": {"under-way": AFTER_A_BREAK, "ended": NOW, "collapsed": NOW, "postponed": NOW, "scheduled": DATED},
    "ended": {
        "scheduled": DATED,
        "under-way": NEXT_ROUND,
        "collapsed": NOW,
        "postponed": NEXT_DAY,
        "proposed": NEW_START,
    },
    "collapsed": {"scheduled": NEXT_DAY, "under-way": NEXT_ROUND, "proposed": NEW_START},
}

CEASEFIRE: Ladder = {
    "called": {"agreed": NOW, "in-force": NOW, "rejected": NOW, "ended": NOW},
    "agreed": {"in-force": NOW, "rejected": NOW, "ended": NOW},
    "in-force": {"ended": NOW},
    "rejected": {"agreed": NOW, "in-force": NOW},
    "ended": {"agreed": NOW, "in-force": SOON, "called": NEW_START},
}

ATTENDANCE: Ladder = {
    "expected": {"confirmed": NOW, "declined": NOW, "present": NOW, "left": NOW},
    "confirmed": {"declined": NOW, "present": NOW, "left": NOW},
    "declined": {"confirmed": SOON, "present": SOON},
    "present": {"left": NOW, "declined": SOON, "confirmed": NEW_START},
    "left": {"present": SOON, "confirmed": NEW_START, "expected": NEW_START},
}

AGREEMENT: Ladder = {
    "agreed": {"signed": NOW, "ratified": NOW, "in-force": NOW, "broken": NOW},
    "signed": {"ratified": NOW, "in-force": NOW, "broken": NOW},
    "ratified": {"in-force": NOW, "broken": NOW},
    "in-force": {"broken": NOW},
    "broken": {"agreed": NEW_START, "signed": SOON, "in-force": SOON},
}

PRISONERS: Ladder = {
    "agreed": {"carried-out": NOW},
    "carried-out": {"agreed": NEW_START},
}

ACCESS: Ladder = {
    "agreed": {"open": NOW, "refused": NOW},
    "open": {"refused": NOW},
    "refused": {"agreed": NOW, "open": NOW},
}

RELATIONS: Ladder = {"downgraded": {"restored": SOON}, "restored": {"downgraded": SOON}}

SANCTIONS: Ladder = {"imposed": {"lifted": SOON}, "lifted": {"imposed": SOON}}

#: By the first part of a slot's key.
LADDERS: Mapping[str, Ladder] = {
    "talks/status": TALKS,
    "ceasefire/status": CEASEFIRE,
    "attendance": ATTENDANCE,
    "agreement": AGREEMENT,
    "prisoners": PRISONERS,
    "access": ACCESS,
    "relations": RELATIONS,
    "sanctions": SANCTIONS,
}

# Statuses that cannot both be true; any other step is progress, even on an unnamed word.
CLASHES = frozenset(
    frozenset(pair)
    for pair in (
        ("confirmed", "declined"),
        ("present", "declined"),
        ("scheduled", "collapsed"),
        ("under-way", "postponed"),
        ("under-way", "collapsed"),
        ("ended", "collapsed"),
        ("agreed", "rejected"),
        ("in-force", "rejected"),
        ("in-force", "ended"),
        ("agreed", "broken"),
        ("signed", "broken"),
        ("in-force", "broken"),
        ("agreed", "refused"),
        ("open", "refused"),
        ("downgraded", "restored"),
        ("imposed", "lifted"),
    )
)


def ladder(slot: str) -> Ladder | None:
    """Return the ladder of a slot, or ``None`` if its value is no status."""
    if slot.endswith("/terms"):
        return None
    return LADDERS.get(slot) or LADDERS.get(slot.partition("/")[0])


def clash(one: str, other: str) -> bool:
    """Return whether two statuses exclude each other."""
    return frozenset((one, other)) in CLASHES
