"""What is remembered of a feed after a visit: one plain function for each way a visit can end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.feed import Entry, Feed, FeedState, Health
from bot.feeds.answer import Answer
from bot.feeds.cadence import NEVER, Asked, next_due, rhythm_of
from bot.feeds.parse.document import Document
from bot.feeds.words import failure_in_words

#: A hub may take so long from an entry's date to its push.
PUSH_TAKES = timedelta(minutes=15)


def with_headers(state: FeedState, answer: Answer) -> FeedState:
    """Return the state with what a full answer's headers say; what they leave out is forgotten."""
    etag, last_modified = answer.validators()
    return replace(state, etag=etag, last_modified=last_modified, fresh_seconds=_seconds(answer.fresh_for()))


def with_document(state: FeedState, document: Document, entries: Sequence[Entry], now: datetime) -> FeedState:
    """Return the state with what a feed says of itself, and how often it has news."""
    dated = [entry.published for entry in entries if entry.published and entry.published <= now]
    rhythm = rhythm_of(dated)
    newest = max(dated, default=None)
    return replace(
        state,
        last_new=_later(newest, state.last_new),
        push_missed=state.push_missed or (state.pushed and _was_missed(newest, state, now)),
        rhythm_seconds=rhythm.total_seconds() if rhythm else state.rhythm_seconds,
        ttl_seconds=_seconds(document.ttl),
        skip_hours=document.skip_hours,
        skip_days=document.skip_days,
        language=document.language,
    )


def with_push(state: FeedState, entries: Sequence[Entry], now: datetime) -> FeedState:
    """Return the state after a hub has pushed some of the feed."""
    newest = max((entry.published for entry in entries if entry.published and entry.published <= now), default=None)
    return replace(state, last_new=_later(newest, state.last_new), push_missed=False)


def succeeded(feed: Feed, state: FeedState, answer: Answer, now: datetime) -> FeedState:
    """Return the state of a feed that was read, or that had nothing new to read."""
    asked, polls = _asked(state, answer), state.polls + 1
    due = next_due(
        now,
        feed=feed.id,
        polls=polls,
        asked=asked,
        rhythm=_span(state.rhythm_seconds),
        silent=now - state.last_new if state.last_new else None,
        wanted=_span(state.wanted_seconds),
        pushed=state.pushed and not state.push_missed,
    )
    return replace(
        state,
        health=Health.OK,
        due=due,
        not_before=asked.allows_from(now),
        last_poll=now,
        last_success=now,
        failures=0,
        error=None,
        polls=polls,
    )


def failed(feed: Feed, state: FeedState, what: str, now: datetime, answer: Answer | None = None) -> FeedState:
    """Return the state of a feed that could not be read.

    Args:
        feed: The feed.
        state: How it was before.
        what: What went wrong, continuing a sentence about the feed.
        now: News time.
        answer: The refusal, if there was an answer at all.
    """
    asked, failures, polls = _asked(state, answer), state.failures + 1, state.polls + 1
    due = next_due(now, feed=feed.id, polls=polls, asked=asked, failures=failures)
    return replace(
        state,
        health=Health.FAILING,
        due=due,
        not_before=asked.allows_from(now),
        last_poll=now,
        failures=failures,
        polls=polls,
        error=failure_in_words(feed, what),
    )


def gone(feed: Feed, state: FeedState, what: str, now: datetime) -> FeedState:
    """Return the state of a feed that its publisher has ended."""
    ended = replace(state, health=Health.GONE, due=NEVER, not_before=NEVER, last_poll=now, polls=state.polls + 1)
    return replace(ended, failures=state.failures + 1, error=failure_in_words(feed, what))


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment), default=None)


def _was_missed(newest: datetime | None, state: FeedState, now: datetime) -> bool:
    """Tell whether a poll shows an entry that the hub had time enough to push."""
    return newest is not None and state.last_new is not None and state.last_new < newest < now - PUSH_TAKES


def _asked(state: FeedState, answer: Answer | None) -> Asked:
    """Return what this answer, and the feed when it was last read, ask of us."""
    said = answer.fresh_for() if answer else None
    spans = [said if said is not None else _kept_fresh(state, answer), _span(state.ttl_seconds)]
    return Asked(
        fresh=max((span for span in spans if span is not None), default=None),
        retry_after=answer.retry_after() if answer else None,
        skip_hours=state.skip_hours,
        skip_days=state.skip_days,
    )


def _kept_fresh(state: FeedState, answer: Answer | None) -> timedelta | None:
    """Return what the last full answer said, if this one confirms it and says nothing else (RFC 9111, 4.3.4)."""
    confirms = answer is not None and answer.status == 304 and "Cache-Control" not in answer.headers  # noqa: PLR2004
    return _span(state.fresh_seconds) if confirms else None


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _seconds(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds()
