"""Posts are edited where what they told proved wrong, was settled, or keeps changing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.announce.clauses import weight
from bot.announce.desk import MENDS, SOON, Desk, is_mended
from bot.announce.headline import headline, taken_back
from bot.announce.hollow import telling
from bot.announce.lines import corrected_line
from bot.announce.pace import Moves, flaps
from bot.announce.slots import is_ledger
from bot.announce.told import mark
from bot.domain.alert import Alert
from bot.domain.event import Modality
from bot.domain.story import Cause, Change

#: A detail and the news that it may complete: the slot's key, and the slots that told it with their values, or any.
COMPLETES: Mapping[str, Mapping[str, Collection[str] | None]] = {
    "talks/venue": {"talks/status": ("scheduled",), "talks/date": None},
    "ceasefire/terms": {"ceasefire/status": ("agreed", "in-force")},
}


def mend(desk: Desk, post: Alert, changes: Sequence[Change]) -> list[Alert]:
    """Return the edit of a post that told what proved wrong, and its thread line."""
    if desk.by_hand is not None:
        changes = [replace(change, since=desk.at, outlets=(desk.by_hand,)) for change in changes]
    elif sources := desk.sources_of(changes):
        # What is struck through is so since somebody said it, whenever the thing itself was.
        said = sources[-1].published
        changes = [replace(change, since=said) if change.cause in MENDS else change for change in changes]
    by_slot = {change.slot: change for change in changes}
    mended = tuple(by_slot.get(change.slot, change) for change in post.changes)
    first = max(changes, key=lambda change: (_is_by_word(desk, change), weight(change)))
    line = _mended_headline(desk, first, mended)
    return _reworded(desk, replace(post, reason=first.cause, headline=line, changes=mended), changes)


def turn(desk: Desk, post: Alert, changes: Sequence[Change]) -> list[Alert]:
    """Return the edit of the post that told a slot which keeps changing, and its thread line."""
    by_slot = {change.slot: change for change in changes}
    now = tuple(by_slot.pop(change.slot, change) for change in post.changes) + tuple(by_slot.values())
    line = headline(replace(desk.scene, changes=tuple(changes)))
    return _reworded(desk, replace(post, reason=Cause.CHANGE, headline=line, changes=now), changes)


def complete(desk: Desk, post: Alert, changes: Sequence[Change]) -> list[Alert]:
    """Return the edit by which a post tells what others add to it within hours, and its thread line."""
    now = (*post.changes, *(change for change in changes if change.slot not in {each.slot for each in post.changes}))
    line = headline(replace(desk.scene, changes=now)) if desk.knows(now) else post.headline
    return _reworded(desk, replace(post, headline=line, changes=now), changes)


def _reworded(desk: Desk, post: Alert, changes: Sequence[Change]) -> list[Alert]:
    """Return the edit that makes a post read so, with the words of what changed in it, and its thread line."""
    sources = desk.sources_of(changes) if desk.by_hand is None else []
    bullets = desk.bullets(changes, post.headline) or post.bullets
    edit = desk.edit(replace(post, bullets=bullets), map(mark, changes), sources)
    told = corrected_line(post.headline, sources[-1] if sources else None, desk.at, desk.by_hand)
    return [edit, desk.line(post, post.reason, told, changes, sources)]


def gainsaid(desk: Desk, change: Change) -> Change:
    """Return a change that denies what a post told as what it is: that is taken back."""
    denies = change.cause is Cause.CHANGE and change.modality is Modality.DENIED and bool(change.before)
    if not denies or is_ledger(change.slot) or desk.teller(change.slot, change.before) is None:
        return change
    return replace(change, cause=Cause.RETRACTION)


def sort_mends(desk: Desk, changes: Sequence[Change]) -> tuple[dict[str, list[Change]], list[Change]]:
    """Return corrections by the post that told the old value, and those that nobody saw before."""
    mended: dict[str, list[Change]] = {}
    unseen: list[Change] = []
    for change in changes:
        post = desk.teller(change.slot, change.before)
        if post is not None:
            mended.setdefault(post.id, []).append(change)
        elif change.after is not None and change.cause is Cause.CORRECTION:
            unseen.append(change)
    return mended, unseen


def sort_turned(desk: Desk, changes: Sequence[Change], moves: Moves) -> tuple[dict[str, list[Change]], list[Change]]:
    """Return changes of slots that keep changing by the post that told each last, with what the same reports bring.

    The rest opens a post.
    """
    turned: dict[str, list[Change]] = {}
    for change in changes:
        post = _shows(desk, change.slot) if flaps(change.slot, moves, desk.at) else None
        if post is not None:
            turned.setdefault(post.id, []).append(change)
    along = {id_: post_id for post_id, group in turned.items() for change in group for id_ in change.reports}
    rest: list[Change] = []
    for change in changes:
        if any(change in group for group in turned.values()):
            continue
        if change.reports and along.keys() >= set(change.reports):
            turned[along[change.reports[0]]].append(change)
        else:
            rest.append(change)
    return turned, rest


def sort_completing(desk: Desk, changes: Sequence[Change]) -> tuple[dict[str, list[Change]], list[Change]]:
    """Return what only completes a post of the last hours, by the post: the place of talks, the terms of a truce.

    The rest opens a post, with all that the same reports bring.
    """
    completing: dict[str, list[Change]] = {}
    for change in changes:
        post = _completed(desk, change)
        if post is not None:
            completing.setdefault(post.id, []).append(change)
    rest = [change for change in changes if not any(change in group for group in completing.values())]
    told = {id_ for change in rest for id_ in change.reports}
    along = [change for group in completing.values() for change in group if told.intersection(change.reports)]
    kept = {id_: [change for change in group if change not in along] for id_, group in completing.items()}
    return {id_: group for id_, group in kept.items() if group}, [*rest, *along]


def _completed(desk: Desk, change: Change) -> Alert | None:
    """Return the post of the last hours to which a first place or the terms belong, if it told none."""
    lacks = COMPLETES.get(change.slot)
    is_first = change.before is None or change.slot == "ceasefire/terms"
    if lacks is None or change.cause is not Cause.CHANGE or not is_first:
        return None
    for post in reversed(list(desk.told.values())):
        if any(_is_lacking(lacks, each) for each in post.changes):
            bare = all(each.slot != change.slot for each in post.changes) and not is_mended(post)
            return post if bare and desk.at - post.at < SOON else None
    return None


def _is_lacking(lacks: Mapping[str, Collection[str] | None], told: Change) -> bool:
    values = lacks.get(told.slot, ())
    return values is None or told.after in values


def _shows(desk: Desk, slot: str) -> Alert | None:
    """Return the latest post that told a slot."""
    return next(
        (post for post in reversed(list(desk.told.values())) if any(change.slot == slot for change in post.changes)),
        None,
    )


def sort_settled(desk: Desk, changes: Sequence[Change]) -> tuple[dict[str, list[Change]], list[Change]]:
    """Return what is no longer disputed by the post that told the dispute, and news that no post told."""
    settled: dict[str, list[Change]] = {}
    unheard: list[Change] = []
    for change in changes:
        post = _disputant(desk, change.slot)
        if post is not None:
            settled.setdefault(post.id, []).append(change)
        elif desk.teller(change.slot, change.after) is None:
            unheard.append(replace(change, cause=Cause.CHANGE))
    return settled, unheard


def _disputant(desk: Desk, slot: str) -> Alert | None:
    """Return the latest post that told two accounts of a slot."""
    for post in reversed(list(desk.told.values())):
        if any(change.slot == slot and change.cause is Cause.CONFLICT for change in post.changes):
            return post
    return None


def _mended_headline(desk: Desk, change: Change, mended: Sequence[Change]) -> str:
    """Return what holds now; what an edit dropped is not named where the rest of the post still stands."""
    if change.cause is not Cause.RETRACTION and change.after is not None:
        return headline(replace(desk.scene, changes=(change,)))
    by_word = _is_by_word(desk, change)
    rest = telling([each for each in mended if each.cause is Cause.CHANGE], desk.scene)
    if not by_word and rest and weight(max(rest, key=weight)) >= weight(change) and desk.knows(rest):
        return headline(replace(desk.scene, changes=tuple(rest)))
    room = change.slot.partition("/")[0]
    along = [each for each in mended if each is not change and each.slot.startswith(f"{room}/")]
    return taken_back(desk.scene, change, along, by_word=by_word)


def _is_by_word(desk: Desk, change: Change) -> bool:
    """Tell whether somebody denied it; otherwise its source took it back."""
    reports = [desk.scene.reports[id_] for id_ in change.reports if id_ in desk.scene.reports]
    return any(report.event.modality is Modality.DENIED for report in reports)
