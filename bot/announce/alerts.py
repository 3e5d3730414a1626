"""What a story's changes make us say: posts, edits and thread lines."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.announce.brief import Brief
from bot.announce.desk import MENDS, OPENS, Desk
from bot.announce.hollow import telling
from bot.announce.mending import complete, gainsaid, mend, sort_completing, sort_mends, sort_settled, sort_turned, turn
from bot.announce.pace import Moves
from bot.announce.scene import Scene
from bot.announce.told import edited, heads_of, posts, told_changes
from bot.domain.alert import Alert
from bot.domain.event import Modality
from bot.domain.story import Cause, Change

__all__ = ["compose", "edited", "posts", "told_changes"]

NO_MOVES: Moves = MappingProxyType({})


def compose(
    brief: Brief, changes: Sequence[Change], *, heads: Collection[str] = (), moves: Moves = NO_MOVES
) -> tuple[Alert, ...]:
    """Return what is said of one entry's changes to one story.

    What a person corrected is said by `bot.announce.by_hand`.

    Args:
        brief: What is at hand of the story.
        changes: Everything that one entry changed in it.
        heads: Who leads a delegation now, besides those whom alerts named.
        moves: When each slot was told to have changed, see `bot.announce.pace`.
    """
    told = posts(brief.told)
    desk = Desk(
        scene=Scene(
            story=brief.story,
            reports=brief.reports,
            names=brief.names,
            year=brief.at.year,
            standing={change.slot: change.after for post in told.values() for change in post.changes},
        ),
        articles=brief.articles,
        told=told,
        at=brief.at,
        heads=frozenset((*heads, *heads_of((*told_changes(brief.told), *changes)))),
    )
    changes = [gainsaid(desk, change) for change in changes]
    mended, unseen = sort_mends(desk, [change for change in changes if change.cause in MENDS])
    fresh = [*changes, *(replace(change, cause=Cause.CHANGE) for change in unseen)]
    said: list[Alert] = []
    # What a correction brings with it is told by the correction, not by a post beside it.
    along = {id_ for group in mended.values() for change in group for id_ in change.reports}
    along -= {id_ for change in fresh if _is_no(change) for id_ in change.reports}
    settled, unheard = sort_settled(desk, [change for change in changes if change.cause is Cause.RESOLVED])
    fresh += unheard
    opening = [change for change in fresh if change.cause in OPENS and not along.issuperset(change.reports)]
    opening = [change for change in telling(opening, desk.scene) if desk.echoed(change) is None]
    turned, opening = sort_turned(desk, opening, moves)
    completing, opening = sort_completing(desk, opening)
    if opening:
        said.append(desk.post(opening))
    for post_id, group in completing.items():
        said += complete(desk, desk.told[post_id], group)
    for post_id, group in turned.items():
        said += turn(desk, desk.told[post_id], group)
    for post_id, group in settled.items():
        said += mend(desk, desk.told[post_id], group)
    for post_id, group in mended.items():
        said += mend(desk, desk.told[post_id], group)
    opened = {id_ for alert in said for change in alert.changes for id_ in change.reports}
    sources = [change for change in changes if change.cause is Cause.SOURCE or desk.echoed(change) is not None]
    said += desk.sources([change for change in sources if not opened.intersection(change.reports)])
    return tuple(said)


def _is_no(change: Change) -> bool:
    """Tell whether somebody's coming was denied: news of its own, beside the edit of what a post had told."""
    return change.cause is Cause.CHANGE and change.modality is Modality.DENIED and change.slot.startswith("attendance/")
