"""Posts are edited where what they told proved wrong, was settled, or keeps changing."""

from collections.abc import Sequence
from dataclasses import replace

from bot.announce.clauses import weight
from bot.announce.desk import MENDS, Desk
from bot.announce.headline import headline, taken_back
from bot.announce.hollow import telling
from bot.announce.lines import corrected_line
from bot.announce.pace import Moves, flaps
from bot.announce.slots import is_ledger
from bot.announce.told import mark
from bot.domain.alert import Alert
from bot.domain.event import Modality
from bot.domain.story import Cause, Change


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
