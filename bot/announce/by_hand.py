"""What is said where a person corrected the bot: edits with a mark, and lines that tell of them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.announce.brief import Brief
from bot.announce.desk import MENDS, Desk, is_mended
from bot.announce.headline import headline
from bot.announce.lines import corrected_line
from bot.announce.mending import mend, sort_mends
from bot.announce.scene import Scene
from bot.announce.told import mark, posts, same
from bot.domain.alert import Alert
from bot.domain.story import Cause, Change


def mend_by_hand(brief: Brief, changes: Sequence[Change], why: str) -> tuple[Alert, ...]:
    """Return the edits and thread lines of the posts that told what a person corrected, or gave back.

    Nobody is told anew: what no post had told stays unsaid.

    Args:
        brief: What is at hand of the story.
        changes: What the correction changed in it.
        why: What stands in the place of a source, e.g. ``marked wrong``.
    """
    desk = Desk(
        scene=Scene(story=brief.story, reports=brief.reports, names=brief.names, year=brief.at.year),
        articles=brief.articles,
        told=posts(brief.told),
        at=brief.at,
        heads=frozenset(),
        by_hand=why,
    )
    backed = [change for change in changes if change.cause not in {Cause.SOURCE, Cause.CONFLICT}]
    given_back, gone = _sort(desk, backed)
    mended, _ = sort_mends(desk, [replace(change, cause=Cause.RETRACTION) for change in gone])
    said: list[Alert] = []
    for post_id, group in mended.items():
        said += mend(desk, desk.told[post_id], group)
    for post_id, group in given_back.items():
        said += _give_back(desk, desk.told[post_id], group)
    return tuple(said)


def _sort(desk: Desk, changes: Sequence[Change]) -> tuple[dict[str, list[Change]], list[Change]]:
    """Return what holds again by the post that had told it and was corrected, and all other changes."""
    given_back: dict[str, list[Change]] = {}
    rest: list[Change] = []
    for change in changes:
        post = _corrected(desk, change.slot, change.after)
        if post is not None:
            given_back.setdefault(post.id, []).append(change)
        else:
            rest.append(change)
    return given_back, rest


def _corrected(desk: Desk, slot: str, value: object) -> Alert | None:
    """Return the latest post that told a value of a slot and was corrected."""
    for post in reversed(list(desk.told.values())):
        for change in post.changes:
            if change.slot == slot and change.cause in MENDS and value and same(change.before, value):
                return post
    return None


def _give_back(desk: Desk, post: Alert, changes: Sequence[Change]) -> list[Alert]:
    """Return the edit of a post that was corrected by mistake, and its thread line."""
    by_slot = {change.slot: replace(change, cause=Cause.CHANGE) for change in changes}
    restored = tuple(by_slot.get(change.slot, change) for change in post.changes)
    line = headline(replace(desk.scene, changes=tuple(by_slot.values())))
    if not is_mended(replace(post, changes=restored)) and desk.knows(restored):
        line = headline(replace(desk.scene, changes=restored))
    now = replace(post, headline=line, changes=restored, bullets=desk.bullets(restored, line) or post.bullets)
    edit = desk.edit(now, (*map(mark, changes), desk.at.isoformat()))
    told = corrected_line(f"Restored: {line}", None, desk.at, desk.by_hand)
    return [edit, desk.line(post, Cause.CORRECTION, told, changes, [])]
