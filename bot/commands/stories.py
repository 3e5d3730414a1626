"""``/stories``: what is followed, the liveliest first."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.commands.desk import Desk
from bot.domain.alert import Card, Section
from bot.domain.command import Call, Command, Reply
from bot.domain.story import Action, LogEntry, Story
from bot.ports import Session

# As many as fit on a screen; the quiet ones are told by number.
SHOWN = 25

NEVER = datetime.min.replace(tzinfo=UTC)

COMMAND = Command(name="stories", summary="The stories that are followed")


async def run(desk: Desk, call: Call) -> Reply:
    """List the stories with their last event."""
    async with desk.store.read() as session:
        rows = await listing(session)
    lines = tuple(f"{story.slug} · {story.title} · {_heard(events, last)}" for story, events, last in rows[:SHOWN])
    left = len(rows) - len(lines)
    foot = (
        f"and {left} more; type a part of a name in /summary" if left > 0 else "/summary <story> tells where one stands"
    )
    return Reply(
        card=Card(title=f"{len(rows)} stories", sections=(Section(title="", lines=lines),), foot=foot), private=True
    )


async def listing(session: Session) -> list[tuple[Story, int, datetime | None]]:
    """Return every story with the number of its reports and the last one's time, liveliest first."""
    rows = []
    for story in await session.stories.all():
        if story.merged_into is None:
            log = await session.stories.log(story.id)
            rows.append((story, sum(entry.action is Action.REPORT for entry in log), _last(log)))
    return sorted(rows, key=lambda row: row[2] or NEVER, reverse=True)


def _heard(reports: int, last: datetime | None) -> str:
    if last is None:
        return "quiet so far"
    return f"{reports} report{'s' * (reports != 1)}, last {last:%-d %B, %H:%M} UTC"


def _last(log: Sequence[LogEntry]) -> datetime | None:
    return max((entry.at for entry in log if entry.action is Action.REPORT), default=None)
