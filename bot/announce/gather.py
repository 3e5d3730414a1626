"""Small words of one story are gathered for a while and told in one post."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.announce.desk import MENDS, Desk
from bot.announce.names import Names
from bot.announce.scene import Scene
from bot.announce.slots import is_ledger
from bot.announce.told import heads_of, told_changes
from bot.announce.width import LIMIT, width
from bot.domain.alert import Alert, Mode
from bot.domain.event import Event, Modality
from bot.domain.feed import Article, EntryRef
from bot.domain.story import Cause, Change, Report, Story

#: So long after the first of them, news time.
GATHERED_FOR = timedelta(minutes=30)

#: Kinds that are a word among many.
SMALL = frozenset({"accusation", "demand", "pledge", "threat"})
#: What makes a threat an ultimatum, besides a date.
DEADLINES = frozenset({"hours", "days", "weeks", "months"})


def is_small(alert: Alert, reports: Mapping[str, Report]) -> bool:
    """Return whether a post tells nothing that cannot wait: no slot, no denial, no ultimatum.

    Args:
        alert: A post.
        reports: By log id, for those that its changes name.
    """
    return alert.mode is Mode.POST and all(_is_small(change, reports) for change in alert.changes)


def _is_small(change: Change, reports: Mapping[str, Report]) -> bool:
    if not is_ledger(change.slot) or change.kind not in SMALL or change.cause is not Cause.CHANGE:
        return False
    events = [reports[id_].event for id_ in change.reports if id_ in reports]
    return not any(event.modality is Modality.DENIED or _has_deadline(event) for event in events)


def _has_deadline(event: Event) -> bool:
    return event.kind == "threat" and (event.when is not None or not DEADLINES.isdisjoint(event.terms))


def together(  # noqa: PLR0913, PLR0917 - what a post is made of, each from another room
    story: Story,
    waiting: Alert,
    changes: Sequence[Change],
    reports: Mapping[str, Report],
    articles: Mapping[EntryRef, Article],
    told: Sequence[Alert],
    at: datetime,
    names: Names,
) -> Alert:
    """Return the waiting post as it reads with these changes, under the id that it has.

    Args:
        story: The story.
        waiting: The post that waits.
        changes: All that it is to tell.
        reports: By log id, for every id that the changes name.
        articles: The texts behind them; old ones may be missing.
        told: The story's alerts so far.
        at: News time.
        names: How actors and persons are called.
    """
    scene = Scene(story=story, reports=reports, names=names, year=at.year)
    heads = frozenset(heads_of(told_changes(told)))
    post = Desk(scene=scene, articles=articles, told={}, at=at, heads=heads).post(changes)
    late = max(waiting.late_minutes, post.late_minutes)
    return replace(post, id=waiting.id, at=waiting.at, late_minutes=late, headline=_counted(post, scene))


def standing(waiting: Alert, edit: Alert) -> tuple[Change, ...]:
    """Return what a waiting post still has to tell after an edit: nobody saw what was corrected in it."""
    return tuple(change for change in edit.changes if change.cause not in MENDS)


def _counted(post: Alert, scene: Scene) -> str:
    """Return the headline with the number of statements that it does not tell."""
    more = len(post.changes) - 1 - post.headline.count("; ")
    longer = f"{post.headline}; {more} more statement{'s' * (more != 1)}"
    return longer if more > 0 and width(longer, scene) <= LIMIT else post.headline
