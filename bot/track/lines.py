"""What one article writes to a story's log."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bot.domain.feed import Article
from bot.domain.story import LogEntry, Report, Source
from bot.track.assign import Assignment
from bot.track.copies import Trace
from bot.track.corrected import taken_back
from bot.track.fitting import sat_down
from bot.track.log import EDITED, report_entry, retractions
from bot.track.times import days
from bot.track.versions import still_told


def lines_of(
    article: Article, assignment: Assignment, trace: Trace, log: Mapping[str, LogEntry]
) -> tuple[LogEntry, ...]:
    """Return an article's reports to a story, and what it takes back: of its own former version, or of others.

    Args:
        article: New, or a new revision.
        assignment: The story, and those of the article's events that belong to it.
        trace: What the article copies.
        log: The story's log so far, by id; what stands there already may be among the lines.
    """
    source = Source(
        ref=article.ref,
        outlet=article.outlet,
        url=article.url,
        title=article.title,
        origin=trace.origin,
        published=article.published,
        fetched=article.fetched,
        revision=article.revision,
        first=trace.first,
    )
    held = [
        sat_down(event, assignment.story, set_for(log.values()), article.published.date())
        for event in assignment.events
    ]
    reports = tuple(report_entry(Report(event=event, source=source), article.fetched) for event in held)
    if article.revision > 0:
        own = [entry for entry in log.values() if entry.workspace in {None, article.workspace}]
        keep = {entry.id for entry in reports} | still_told(own, article, reports)
        reports = (*retractions(own, article.ref, keep, article.fetched, EDITED), *reports)
    else:
        reports = (*taken_back(log, article, trace, reports), *reports)
    return tuple(replace(entry, workspace=article.workspace) for entry in reports)


def set_for(log: Iterable[LogEntry]) -> frozenset[date]:
    """Return the days for which a story's talks were set, at one time or another."""
    events = (entry.report.event for entry in log if entry.report is not None)
    spans = (days(event.when) for event in events if event.kind == "talks-scheduled")
    return frozenset(span[0] for span in spans if span is not None)
