"""How often a slot was told of late: one that keeps changing is told in one post, by edits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.announce.slots import is_ledger
from bot.domain.alert import Alert, Mode
from bot.domain.story import Cause

#: Slot → when it was told to have changed, in order.
Moves = Mapping[str, Sequence[datetime]]

#: A slot may be told in this many posts within the span; the next change is an edit.
OFTEN = 2
WITHIN = timedelta(hours=1)
#: Until it has not changed for so long.
REST = timedelta(minutes=30)

_TELLS = frozenset({Cause.CHANGE, Cause.CONFLICT})


def flaps(slot: str, moves: Moves, at: datetime) -> bool:
    """Return whether a change of a slot is one too many for another post."""
    if is_ledger(slot):
        return False
    recent = [moment for moment in moves.get(slot, ()) if timedelta(0) <= at - moment < WITHIN]
    return len(recent) >= OFTEN and at - max(recent) < REST


def moved(alerts: Iterable[Alert]) -> dict[str, list[datetime]]:
    """Return when each slot was told to have changed: by a post, or by a line under one."""
    moves: dict[str, list[datetime]] = {}
    for alert in alerts:
        if alert.mode is Mode.EDIT or (alert.mode is Mode.THREAD and alert.reason not in _TELLS):
            continue
        for change in alert.changes:
            if change.cause in _TELLS and not is_ledger(change.slot):
                moves.setdefault(change.slot, []).append(alert.at)
    return {slot: sorted(set(moments)) for slot, moments in moves.items()}
