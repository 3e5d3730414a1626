"""Builders for what does not matter in a test; spell out what does."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.event import Actor, Event, Evidence, Role
from bot.domain.feed import Article, EntryRef
from bot.domain.story import LogEntry, Report, Source
from bot.track.log import report_entry

#: The morning on which the tests' weeks begin.
MONDAY = datetime(2025, 5, 12, 8, tzinfo=UTC)


def after(hours: float) -> datetime:
    """Return the moment so many hours into the week."""
    return MONDAY + timedelta(hours=hours)


def actor(name: str, role: Role = Role.SOURCE, *, id: str | None = None) -> Actor:  # noqa: A002 - the field's name
    """Return an actor by name."""
    return Actor(id=id, name=name, role=role)


def event(kind: str, by: str = "", to: str = "", *, words: str = "", **fields: Any) -> Event:
    """Return an event of a kind, done by and to actors named in ``a+b`` form."""
    actors = fields.pop("actors", None)
    if actors is None:
        sources = tuple(actor(name) for name in by.split("+") if name)
        actors = sources + tuple(actor(name, Role.TARGET) for name in to.split("+") if name)
    said = words or f"{by} {kind} {to}"
    return Event(kind=kind, actors=actors, evidence=Evidence(start=0, end=len(said), words=said), **fields)


def article(title: str = "", body: str = "", *, hours: float = 0, feed: str = "wire", **fields: Any) -> Article:
    """Return an article of an outlet named like its feed, fetched when it is published."""
    at = after(hours)
    fields.setdefault("outlet", feed.title())
    return Article(
        ref=EntryRef(feed, fields.pop("id", f"{title}@{hours}")),
        url=fields.pop("url", f"https://{feed}.example/{hours}"),
        title=title,
        text=f"{title}\n\n{body}" if body else title,
        language=fields.pop("language", "en"),
        published=fields.pop("published", at),
        fetched=fields.pop("fetched", at),
        **fields,
    )


def source(feed: str = "wire", *, hours: float = 0, **fields: Any) -> Source:
    """Return where a report was read, its origin the feed itself."""
    at = after(hours)
    return Source(
        ref=fields.pop("ref", EntryRef(feed, f"{feed}@{hours}")),
        outlet=fields.pop("outlet", feed.title()),
        url=f"https://{feed}.example/{hours}",
        title=fields.pop("title", ""),
        origin=fields.pop("origin", feed),
        published=fields.pop("published", at),
        fetched=fields.pop("fetched", at),
        **fields,
    )


def report(what: Event, feed: str = "wire", *, hours: float = 0, **fields: Any) -> Report:
    """Return an event as a feed tells it so many hours into the week."""
    return Report(event=what, source=source(feed, hours=hours, **fields))


def logged(what: Event, feed: str = "wire", *, hours: float = 0, **fields: Any) -> LogEntry:
    """Return the log's line for an event that a feed tells."""
    told = report(what, feed, hours=hours, **fields)
    return report_entry(told, told.source.fetched)
