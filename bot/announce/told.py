"""What was told so far, and how one telling is known from another."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar

from bot.announce.slots import parse
from bot.announce.values import as_names, raw
from bot.domain.alert import Alert, Mode
from bot.domain.event import Modality
from bot.domain.story import Change

Item = TypeVar("Item")

ID_LENGTH = 20


def posts(told: Iterable[Alert]) -> dict[str, Alert]:
    """Return posts by id as they read now, with their edits folded in, oldest first."""
    now: dict[str, Alert] = {}
    for alert in told:
        if alert.mode is Mode.POST:
            now[alert.id] = alert
        elif alert.mode is Mode.EDIT and alert.of in now:
            now[alert.of] = edited(now[alert.of], alert)
    return now


def edited(post: Alert, edit: Alert) -> Alert:
    """Return a post as it reads after an edit."""
    return replace(edit, id=post.id, of=None, mode=Mode.POST, reason=post.reason, at=post.at)


def told_changes(told: Iterable[Alert]) -> list[Change]:
    """Return every change that was told, in order."""
    return [change for alert in told for change in alert.changes]


def with_source(change: Change, joined: Change | None) -> Change:
    """Return a told change with the sources and the firmer word that joined it."""
    if joined is None or not same(change.after, joined.after):
        return change
    is_firmer = _firmness(joined.modality) > _firmness(change.modality)
    return replace(
        change,
        modality=joined.modality if is_firmer else change.modality,
        attribution=joined.attribution if is_firmer else change.attribution or joined.attribution,
        reports=once((*change.reports, *joined.reports)),
        origins=once((*change.origins, *joined.origins)),
        outlets=once((*change.outlets, *joined.outlets)),
    )


def _firmness(modality: Modality) -> int:
    return list(Modality).index(modality)


def same(one: object, other: object) -> bool:
    """Tell whether two values are one; of names, in any order."""
    return one == other or (isinstance(one, tuple) and isinstance(other, tuple) and set(one) == set(other))


def heads_of(changes: Iterable[Change]) -> list[str]:
    """Return who leads a delegation by these changes."""
    return [
        name for change in changes if parse(change.slot).family == "delegation/head" for name in as_names(change.after)
    ]


def mark(change: Change) -> str:
    """Return what makes a change this one and no other."""
    return f"{change.slot}={raw(change.before)}>{raw(change.after)}@{change.since.isoformat()}"


def make_id(*parts: str) -> str:
    """Return an id that only the content decides."""
    return sha256("\n".join(parts).encode()).hexdigest()[:ID_LENGTH]


def once(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items, each once, in order."""
    return tuple(dict.fromkeys(items))
