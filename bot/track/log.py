"""A story's log: reports in, and taken back when their source no longer says so."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from bot.domain.feed import EntryRef
from bot.domain.story import Action, LogEntry, Report

EDITED = "edited"
WRONG = "wrong"
UNDONE = "undone"


def report_entry(report: Report, at: datetime) -> LogEntry:
    """Return the log's line for a report.

    Its id is made of the entry and of what the event says, not of the words
    that say it: a later version of the entry that says the same is one line.

    Args:
        report: The event and where it was read.
        at: When it reached the log, news time.
    """
    event, ref = report.event, report.source.ref
    said = (
        (ref.feed, ref.id),
        (event.kind, event.stage, event.modality.value, event.about, event.attribution),
        sorted((actor.role.value, actor.name, actor.party or "") for actor in event.actors),
        (event.person, event.role, sorted(event.members)),
        (event.venue, event.when, event.said),
        sorted((key, repr(quantity)) for key, quantity in event.terms.items()),
    )
    return LogEntry(id=_digest(repr(said)), at=at, report=report)


def retractions(
    log: Iterable[LogEntry], ref: EntryRef, keep: Collection[str], at: datetime, reason: str = EDITED
) -> tuple[LogEntry, ...]:
    """Return what an edited entry takes back, and what it says again.

    Args:
        log: The story's log so far.
        ref: The entry that was edited.
        keep: Ids of the log entries that its new version still stands for.
        at: When the edit was seen, news time.
        reason: ``edited``, ``corrected``, ``denied`` or ``wrong``.
    """
    entries = tuple(log)
    living = {entry.id for entry in live(entries)}
    own = [entry for entry in entries if entry.report is not None and entry.report.source.ref == ref]
    gone = [entry.id for entry in own if entry.id in living and entry.id not in keep]
    again = {entry.id for entry in own if entry.id not in living and entry.id in keep}
    undone = [entry.id for entry in _living_retractions(entries) if _by_edit(entry) and again & set(entry.targets)]
    return tuple(retraction(target, at, reason) for target in (*gone, *undone))


def _by_edit(entry: LogEntry) -> bool:
    """Return whether the program took it back; what a person did stays done."""
    return entry.by is None and entry.reason == EDITED


def retraction(target: str, at: datetime, reason: str, by: str | None = None) -> LogEntry:
    """Return a line that takes one other back; aimed at a retraction, it undoes it."""
    key = _digest(repr((target, at.isoformat(), reason, by)))
    return LogEntry(id=key, at=at, action=Action.RETRACT, targets=(target,), reason=reason, by=by)


def correction(entry: LogEntry) -> LogEntry:
    """Return a line of the log that a person wrote, with the id that its content gives it."""
    said = (entry.at.isoformat(), entry.action.value, entry.targets, entry.reason, entry.by, entry.workspace)
    more = (entry.because, entry.into, entry.articles, entry.query, entry.slug, entry.title, entry.note)
    return replace(entry, id=_digest(repr((said, more))))


def live(log: Iterable[LogEntry]) -> tuple[LogEntry, ...]:
    """Return the reports that stand: each once, none that was taken back."""
    return tuple(entry for entry in standing(log) if entry.report is not None)


def standing(log: Iterable[LogEntry]) -> tuple[LogEntry, ...]:
    """Return the lines that hold: each once, none that was taken back, none whose cause was."""
    entries = {entry.id: entry for entry in log}
    aimed: dict[str, list[str]] = {}
    for entry in entries.values():
        if entry.action is Action.RETRACT:
            for target in entry.targets:
                aimed.setdefault(target, []).append(entry.id)
    verdicts: dict[str, bool] = {}

    def holds(key: str) -> bool:
        if key not in verdicts:
            verdicts[key] = True  # a ring of retractions, which no honest log holds, ends here
            because = entries[key].because
            caused = because is None or because not in entries or holds(because)
            verdicts[key] = caused and not any(holds(other) for other in aimed.get(key, ()))
        return verdicts[key]

    return tuple(entry for key, entry in entries.items() if (key not in aimed and not entry.because) or holds(key))


def _living_retractions(log: Iterable[LogEntry]) -> tuple[LogEntry, ...]:
    """Return the retractions that were not themselves taken back."""
    return tuple(entry for entry in standing(log) if entry.action is Action.RETRACT)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:24]
