"""``/stories``: what is followed, the liveliest first."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.commands.desk import Desk
from bot.commands.pages import PAGE, page_of, turning
from bot.domain.alert import Card, Section
from bot.domain.command import Call, Command, Reply
from bot.domain.moments import stamp
from bot.domain.story import Action, LogEntry, Story
from bot.ports import Session

# As many as fit on a screen.
SHOWN = 20

NEVER = datetime.min.replace(tzinfo=UTC)

COMMAND = Command(name="stories", summary="The stories that are followed", options=(PAGE,))


async def run(desk: Desk, call: Call) -> Reply:
    """List the stories with their last event."""
    async with desk.store.read() as session:
        rows = await listing(session)
    page = page_of(rows, call, SHOWN)
    lines = tuple(f"{story.slug} · {story.title} · {_heard(events, last)}" for story, events, last in page.rows)
    card = Card(
        title=f"{page.total} stories",
        sections=(Section(title="", lines=lines),),
        foot="/summary <story> tells where one stands",
    )
    return Reply(card=turning(card, page, call), private=True)


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
    return f"{reports} report{'s' * (reports != 1)}, last {stamp(last)}"


def _last(log: Sequence[LogEntry]) -> datetime | None:
    return max((entry.at for entry in log if entry.action is Action.REPORT), default=None)
