"""``/stories``: what is followed, the liveliest first."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.commands.desk import Desk
from bot.commands.pages import PAGE, page_of, turning
from bot.domain.alert import Card, Section
from bot.domain.command import Call, Command, Reply
from bot.domain.moments import stamp
from bot.domain.story import Action, LogEntry, Story
from bot.locales import Voice, _, voice_in
from bot.ports import Session
from bot.views import arrangement_of, log_of, stories_of

# As many as fit on a screen.
SHOWN = 20

NEVER = datetime.min.replace(tzinfo=UTC)

COMMAND = Command(name="stories", summary=_("The stories that are followed"), options=(PAGE,))


async def run(desk: Desk, call: Call) -> Reply:
    """List the stories with their last event."""
    say = voice_in(call.language)
    async with desk.store.read() as session:
        rows = await listing(session, call.channel.workspace)
    page = page_of(rows, call, SHOWN)
    lines = tuple(say.row(story.slug, story.title, _heard(events, last, say)) for story, events, last in page.rows)
    card = Card(
        title=say.many("{number:,} story", "{number:,} stories", page.total),
        sections=(Section(title="", lines=lines),),
        foot=say("/summary <story> tells where one stands"),
    )
    return Reply(card=turning(card, page, call), private=True)


async def listing(session: Session, workspace: str) -> list[tuple[Story, int, datetime | None]]:
    """Return every story with the number of its reports and the last one's time, liveliest first."""
    rows = []
    arrangement = await arrangement_of(session, workspace)
    for story in await stories_of(session, arrangement):
        if story.merged_into is None:
            log = await log_of(session, story.id, arrangement)
            rows.append((story, sum(entry.action is Action.REPORT for entry in log), _last(log)))
    return sorted(rows, key=lambda row: row[2] or NEVER, reverse=True)


def _heard(reports: int, last: datetime | None, say: Voice) -> str:
    if last is None:
        return say("quiet so far")
    return say.many(
        "{number:,} report, last {moment}", "{number:,} reports, last {moment}", reports, moment=stamp(last)
    )


def _last(log: Sequence[LogEntry]) -> datetime | None:
    return max((entry.at for entry in log if entry.action is Action.REPORT), default=None)
