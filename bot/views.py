"""What a workspace sees of the stories: the commons with its own lines, arranged as its people have it."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.alert import Alert
from bot.domain.feed import EntryRef
from bot.domain.story import LogEntry, Story
from bot.ports import Session
from bot.track.arrange import Arrangement, arrange


async def arrangement_of(session: Session, workspace: str | None, at: datetime | None = None) -> Arrangement:
    """Return how a workspace has its stories, now or at a moment of news time."""
    corrections = await session.stories.corrections()
    return arrange([(story, entry) for story, entry in corrections if at is None or entry.at <= at], workspace)


async def stories_of(session: Session, arrangement: Arrangement) -> Sequence[Story]:
    """Return every story that a workspace may see, as it is called there; a merged one names its heir."""
    seen = {None, arrangement.workspace}
    return [arrangement.named(story) for story in await session.stories.all() if story.workspace in seen]


async def stories_seen(session: Session, workspace: str) -> Sequence[Story]:
    """Return every story that a workspace sees, as it is called there now."""
    return await stories_of(session, await arrangement_of(session, workspace))


async def log_of(session: Session, story: str, arrangement: Arrangement) -> tuple[LogEntry, ...]:
    """Return the lines that a story is folded from."""
    logs = {other: await session.stories.log(other, arrangement.workspace) for other in arrangement.logs(story)}
    return arrangement.told(story, logs)


async def alerts_of(session: Session, story: str, arrangement: Arrangement) -> Sequence[Alert]:
    """Return what was said of a story and of those that were merged into it, in order of time.

    What the story got from another one is told where it was told first.
    """
    said: dict[str, Alert] = {}
    for other in arrangement.logs(story):
        for alert in await session.alerts.of_story(other, workspace=arrangement.workspace):
            if arrangement.root(other) == story or _rests_on(alert, story, arrangement):
                said[alert.id] = alert
    return sorted(said.values(), key=lambda alert: alert.at)


def _rests_on(alert: Alert, story: str, arrangement: Arrangement) -> bool:
    """Return whether something that was moved into the story was told in an alert."""
    return any(
        arrangement.root(into) == story
        for change in alert.changes
        for report in change.reports
        if (into := arrangement.moved.get(report)) is not None
    )


def belongs(alert: Alert, story: str, arrangement: Arrangement) -> bool:
    """Return whether an alert is part of a story's own tale: not all of it is told elsewhere by now."""
    reports = [report for change in alert.changes for report in change.reports]
    moved = [arrangement.moved[report] for report in reports if report in arrangement.moved]
    here = [into is not None and arrangement.root(into) == story for into in moved]
    if arrangement.root(alert.story) == story:
        return len(moved) < len(reports) or not reports or any(here)
    return bool(moved) and all(here) and len(moved) == len(reports)


async def articles_of(session: Session, story: str, arrangement: Arrangement) -> Sequence[tuple[EntryRef, str]]:
    """Return a story's articles with their origins."""
    found: dict[EntryRef, str] = {}
    for other in arrangement.logs(story):
        for ref, origin in await session.stories.articles(other, arrangement.workspace):
            if arrangement.place_of_article(other, ref) == story:
                found.setdefault(ref, origin)
    return list(found.items())
