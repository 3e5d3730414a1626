"""Which feeds have fallen silent, told to whoever reads what they may have reported."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.commands.spans import span
from bot.domain.feed import Feed, FeedState, Health
from bot.locales import Voice

# A feed that has failed for this long is silent.
SILENT = timedelta(minutes=30)
# More than these are counted.
NAMED = 3


def silences(rows: Sequence[tuple[Feed, FeedState]], told_by: Collection[str], at: datetime, say: Voice) -> list[str]:
    """Return the feeds that cannot be read, those that reported to a story by name, the rest by number.

    Args:
        rows: All feeds.
        told_by: The ids of those that reported to the story.
        at: News time.
        say: Who is told.
    """
    silent = sorted(
        ((feed, state) for feed, state in rows if _is_silent(state, at)),
        key=lambda row: (row[0].id not in told_by, row[0].outlet),
    )
    ours = sum(feed.id in told_by for feed, _ in silent)
    named = silent[: min(max(ours, 1), NAMED)]
    words = [f"{feed.outlet} ({_since(state, at, say)})" for feed, state in named]
    others = len(silent) - len(named)
    if others:
        words.append(say.many("{number:,} other feed", "{number:,} other feeds", others))
    return words


def _is_silent(state: FeedState, at: datetime) -> bool:
    if state.health is Health.FAILING:
        return state.last_success is None or at - state.last_success > SILENT
    return state.health is Health.GONE


def _since(state: FeedState, at: datetime, say: Voice) -> str:
    if state.health is Health.GONE:
        return say("gone for good")
    return span(at - state.last_success, say) if state.last_success else say("never reached")
