"""When things happen: an event's own time, and the days that its ``when`` covers."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from bot.domain.story import Report, Source

# A day ends last of all twelve hours west of Greenwich.
LATEST_ZONE = timedelta(hours=12)


def event_time(report: Report) -> datetime:
    """Return when a report's event was said or done.

    A moment that the text gives counts. A day only bounds it: what was said
    on Monday and is printed on Thursday belongs before Tuesday's news. Else
    it is the first publication among the copies, or the fetch; what a later
    version of an article says is said when that version is seen.
    """
    source = report.source
    published = source.fetched if source.revision > 0 else _first(source)
    if report.event.said is None:
        return published
    said = _moment(report.event.said)
    return published if said is None else min(said, published)


def _first(source: Source) -> datetime:
    return min(moment for moment in (source.first, source.published, source.fetched) if moment is not None)


@lru_cache(maxsize=4096)
def days(when: str | None) -> tuple[date, date] | None:
    """Return the first and the last day of a date, moment or span."""
    if not when:
        return None
    first, _, last = when.partition("/")
    try:
        start = date.fromisoformat(first[:10])
        return start, max(start, date.fromisoformat(last[:10])) if last else start
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _moment(said: str) -> datetime | None:
    """Return a moment as UTC; for a day or a span, the latest that it can mean."""
    last = said.rpartition("/")[2]
    try:
        if "T" not in last:
            return datetime.combine(date.fromisoformat(last), time(), UTC) + timedelta(days=1) + LATEST_ZONE
        moment = datetime.fromisoformat(last)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
