"""Recorded entries go through the whole pipeline, with the recording's own clock."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.announce.audience import hears
from bot.domain.alert import Alert, Mode
from bot.domain.audience import OPERATOR, Level, Subscription
from bot.domain.feed import Entry, EntryRef
from bot.domain.story import Story
from bot.errors import BotError
from bot.jsonl import read_object
from bot.ports import Store
from bot.services.ingest import Ingest
from bot.views import arrangement_of, stories_of

ALL = "all"
FIELDS = ("feed", "outlet", "id", "url", "title", "fetched")


class RecordingError(BotError):
    """A line of a recording cannot be read."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"line {number}: {what}")


def read_entry(number: int, line: str) -> Entry:
    """Return the entry of one line of a recording.

    Raises:
        RecordingError: Naming the line and what is wrong with it.
    """
    try:
        row = read_object(line)
    except ValueError as broken:
        raise RecordingError(number, str(broken)) from broken
    missing = [name for name in FIELDS if not isinstance(row.get(name), str)]
    if missing:
        raise RecordingError(number, f"`{missing[0]}` is missing or is no text")
    fetched = _moment(number, row, "fetched")
    if fetched is None:
        raise RecordingError(number, "`fetched` is no ISO 8601 moment")
    return Entry(
        ref=EntryRef(row["feed"], row["id"]),
        outlet=row["outlet"],
        url=row["url"],
        title=row["title"],
        summary=_text(row, "summary"),
        content=_text(row, "content"),
        published=_moment(number, row, "published"),
        fetched=fetched,
    )


async def replay(
    entries: Iterable[Entry], store: Store, ingest: Ingest, level: Level
) -> AsyncIterator[tuple[Alert, Story]]:
    """Yield what one channel that follows every story would be sent, in order.

    Args:
        entries: In order of ``fetched``; every feed counts as known from before.
        store: Holds what the replay leaves behind.
        ingest: The pipeline over that store.
        level: The level at which the channel follows.
    """
    told: set[str] = set()
    async for alerts in _said(entries, ingest):
        async with store.read() as session:
            arrangement = await arrangement_of(session, OPERATOR)
            stories = {story.id: story for story in await stories_of(session, arrangement)}
        for alert in alerts:
            ours = alert.workspace == OPERATOR or (alert.workspace is None and not arrangement.owns(alert.story))
            if ours and _is_heard(alert, level, told):
                yield alert, stories[alert.story]


async def _said(entries: Iterable[Entry], ingest: Ingest) -> AsyncIterator[Sequence[Alert]]:
    """Yield what is said as the recording's time passes, and at its end what still waits."""
    for entry in entries:
        if gathered := await ingest.release(entry.fetched):
            yield gathered
        if alerts := await ingest.take([entry]):
            yield alerts
    if rest := await ingest.release(None):
        yield rest


def _is_heard(alert: Alert, level: Level, told: set[str]) -> bool:
    if alert.mode is not Mode.POST:
        return alert.of in told
    subscription = Subscription(channel="replay", story=ALL, level=level, since=alert.at)
    if not hears(subscription, alert):
        return False
    told.add(alert.id)
    return True


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) else None


def _moment(number: int, row: Mapping[str, Any], key: str) -> datetime | None:
    value = row.get(key)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as wrong:
        raise RecordingError(number, f"`{key}` is no ISO 8601 moment") from wrong
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
