"""A story's changes in time: as a card, as what is drawn, and in words for who does not see the drawing."""

from collections.abc import Sequence

from bot.announce.picture import Moment, Summary
from bot.domain.alert import Card, Section
from bot.domain.moments import stamp
from bot.domain.picture import Mark, Timeline
from bot.kinds import CATALOGUE
from bot.locales import ENGLISH, Voice

#: In characters; Discord takes 1,024 and others more.
ALT = 1_000


def timeline_card(summary: Summary, shown: Sequence[Moment], say: Voice) -> Card:
    """Return a part of a story's timeline as a card, oldest first."""
    lines = tuple(f"{stamp(event.at)} · {event.headline}" for event in shown)
    return Card(
        title=f"{summary.title}: {span_of(summary, say)}",
        place=summary.story,
        sections=(Section(title="", lines=lines or (say("Nothing has changed yet."),)),),
    )


def timeline_of(summary: Summary, shown: Sequence[Moment]) -> Timeline:
    """Return what is drawn of a part of a story's timeline."""
    return Timeline(
        title=summary.title,
        subtitle=f"{span_of(summary, ENGLISH)} · times in UTC",
        marks=tuple(_mark(event) for event in shown),
    )


def _mark(event: Moment) -> Mark:
    kind = CATALOGUE.get(event.kind)
    return Mark(
        at=event.at,
        text=event.headline,
        kind=kind.title if kind else event.kind.replace("-", " "),
        family=kind.family if kind else None,
        key=event.level == "key",
    )


def alternative(summary: Summary, shown: Sequence[Moment], say: Voice) -> str:
    """Return the picture in words, the latest changes where there is no room for all."""
    head = say("Timeline of {story}, {span}.", story=summary.title, span=span_of(summary, say))
    told: list[str] = []
    room = ALT - len(head)
    for event in reversed(shown):
        line = f" {say.moment(event.at)}: {event.headline}."
        if len(line) > room:
            break
        told.append(line)
        room -= len(line)
    return head + "".join(reversed(told))


def span_of(summary: Summary, say: Voice) -> str:
    """Return how much changed and from when to when, e.g. ``41 changes, 14 May to 16 May 2025``."""
    events = summary.timeline
    if not events:
        return say("no change yet")
    first, last = events[0].at, events[-1].at
    number = say.many("{number:,} change", "{number:,} changes", len(events))
    if first.date() == last.date():
        return f"{number}, {say.day(last, year=True)}"
    begins, ends = say.day(first, year=first.year != last.year), say.day(last, year=True)
    days = say("{first} to {last}", first=begins, last=ends)
    return f"{number}, {days}"
