"""Where a story stands, for ``/summary``: sentence, board, last day, disputes, sources."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.announce.alerts import posts
from bot.announce.board import label, written
from bot.announce.bullets import choose
from bot.announce.headline import headline
from bot.announce.names import Names
from bot.announce.picture import Account, Dispute, Moment, Summary, Team
from bot.announce.plain import summary_json
from bot.announce.scene import Scene
from bot.announce.slots import is_ledger, parse
from bot.announce.speakers import spoken
from bot.announce.standing import board, coming, place, sentence, truce_terms
from bot.announce.values import as_names, raw
from bot.domain.alert import Alert, Bullet, Button, Card, Section
from bot.domain.feed import Article, EntryRef
from bot.domain.moments import stamp
from bot.domain.story import Action, Cause, Change, LogEntry, Report, Slot, Story, StoryState
from bot.locales import ENGLISH, Voice

__all__ = ["Account", "Dispute", "Moment", "Summary", "Team", "summarise", "summary_card", "summary_json"]

DAY = timedelta(days=1)
#: What fits on a phone.
_BULLETS = 4
_LINES = 5
_MENDS = frozenset({Cause.CORRECTION, Cause.RETRACTION})


def summarise(  # noqa: PLR0913, PLR0917 - everything that is known of a story
    story: Story,
    state: StoryState,
    log: Sequence[LogEntry],
    articles: Mapping[EntryRef, Article],
    alerts: Sequence[Alert],
    now: datetime,
    names: Names,
    checked: datetime | None = None,
    silent: Sequence[str] = (),
    *,
    joined: Iterable[tuple[EntryRef, str]] = (),
) -> Summary:
    """Return where a story stands.

    Args:
        story: The story.
        state: What its log folds into.
        log: Its log.
        articles: The texts behind it; old ones may be missing.
        alerts: What was said of it, oldest first.
        now: News time.
        names: How actors and persons are called.
        checked: When its feeds were last polled.
        silent: Outlets that have not been heard of for long.
        joined: All articles that belong to the story, with their origins.
    """
    reports = _live(log)
    told = sorted(posts(alerts).values(), key=lambda post: post.at)
    timeline = _timeline(told) or _from_state(story, state, reports, names, now)
    bullets, fresh = _recent(told, state, reports, articles, now)
    dates = _dates(told, state)
    read = [*((report.source.ref, report.source.origin) for report in reports.values()), *joined]
    latest = timeline[-1].headline if timeline else ""
    return Summary(
        story=story.slug,
        title=story.title,
        headline=sentence(story, state, names, now.year, latest),
        place=place(story, state, names),
        now=now,
        delegations=_delegations(state, names),
        attendance=_attendance(state, names),
        talks=_text(state, "talks/status") or "none",
        venue=names.city(_text(state, "talks/venue") or "") or None,
        date=_text(state, "talks/date"),
        dates=dates,
        ceasefire=_text(state, "ceasefire/status") or "none",
        terms=truce_terms(state),
        board=board(state, dates, names, now.year),
        bullets=bullets,
        fresh=fresh,
        timeline=timeline,
        disputed=_disputed(state, names, now.year),
        sources=len({ref for ref, _ in read}),
        origins=len({origin for _, origin in read}),
        checked=checked,
        silent=tuple(silent),
    )


def summary_card(summary: Summary, say: Voice = ENGLISH) -> Card:
    """Return the summary as a card for whom it was made; what is not known has no line."""
    when = say("Since yesterday") if summary.fresh else say("Last reported")
    sections = (
        Section(title=when, bullets=summary.bullets),
        Section(title=say("Disputed"), lines=tuple(_dispute(dispute) for dispute in summary.disputed)),
        Section(
            title=say("Timeline"),
            lines=tuple(f"{stamp(event.at)}: {event.headline}" for event in summary.timeline[-_LINES:]),
        ),
    )
    return Card(
        title=summary.headline,
        place=summary.place,
        at=summary.timeline[-1].at if summary.timeline else None,
        facts=summary.board,
        sections=tuple(section for section in sections if section.bullets or section.lines),
        foot=_foot(summary, say),
        buttons=(Button(action="subscribe", label=say("Follow"), value=summary.story),),
    )


def _live(log: Sequence[LogEntry]) -> dict[str, Report]:
    """Return the reports that nobody took back, by log id."""
    gone = {target for entry in log if entry.action is Action.RETRACT for target in entry.targets}
    return {entry.id: entry.report for entry in log if entry.report is not None and entry.id not in gone}


def _text(state: StoryState, slot: str) -> str | None:
    return raw(state.slots[slot].value) if slot in state.slots else None


def _delegations(state: StoryState, names: Names) -> dict[str, Team]:
    heads: dict[str, str] = {}
    members: dict[str, tuple[str, ...]] = {}
    for key, slot in state.slots.items():
        path = parse(key)
        party, people = names.full(path.name), tuple(names.full(name) for name in as_names(slot.value))
        if path.family == "delegation/head" and people:
            heads[party] = people[0]
        elif path.family == "delegation/members":
            members[party] = people
    return {
        party: Team(head=heads.get(party), members=members.get(party, ()))
        for party in dict.fromkeys((*heads, *members))
    }


def _attendance(state: StoryState, names: Names) -> dict[str, str]:
    return {
        names.full(parse(key).name): coming(slot)
        for key, slot in state.slots.items()
        if key.startswith("attendance/") and coming(slot)
    }


def _timeline(told: Sequence[Alert]) -> tuple[Moment, ...]:
    return tuple(
        Moment(at=post.at, kind=post.kind, headline=post.headline, entries=post.entries, level=post.level)
        for post in told
    )


def _from_state(
    story: Story, state: StoryState, reports: Mapping[str, Report], names: Names, now: datetime
) -> tuple[Moment, ...]:
    """Return a timeline for a story of which nothing was said yet: one line for each report that set a slot."""
    groups: dict[str, list[Change]] = {}
    for key, slot in state.slots.items():
        if slot.value and slot.reports:
            groups.setdefault(slot.reports[0], []).append(_as_change(key, slot))
    moments = []
    # Headlines are English, whoever reads them.
    english = names.told_in(ENGLISH)
    for group in groups.values():
        scene = Scene(story=story, reports=reports, names=english, year=now.year, changes=tuple(group))
        refs = dict.fromkeys(reports[id_].source.ref for change in group for id_ in change.reports if id_ in reports)
        line = Moment(at=group[0].since, kind=group[0].kind, headline=headline(scene), entries=tuple(refs))
        moments.append(line)
    return tuple(sorted(moments, key=lambda event: event.at))


def _as_change(key: str, slot: Slot) -> Change:
    return Change(
        kind=slot.kind,
        slot=key,
        cause=Cause.CHANGE,
        before=None,
        after=slot.value,
        modality=slot.modality,
        attribution=slot.attribution,
        since=slot.since,
        reports=slot.reports,
        origins=slot.origins,
        outlets=slot.outlets,
    )


def _recent(
    told: Sequence[Alert],
    state: StoryState,
    reports: Mapping[str, Report],
    articles: Mapping[EntryRef, Article],
    now: datetime,
) -> tuple[tuple[Bullet, ...], bool]:
    """Return the words behind the last day's changes, newest first, or behind the last ones there were."""
    recent = [post for post in told if now - DAY <= post.at <= now]
    loud = [post for post in recent if post.level == "key"] or recent
    firsts = [post.bullets[0] for post in reversed(loud) if post.bullets]
    if firsts:
        return _distinct(firsts), True
    if told:
        return _distinct(told[-1].bullets), False
    since = [(key, slot) for key, slot in state.slots.items() if slot.since >= now - DAY]
    shown = (
        since or [item for item in state.slots.items() if not is_ledger(item[0])][-2:] or list(state.slots.items())[-1:]
    )
    return choose([_as_change(key, slot) for key, slot in shown], reports, articles), bool(since)


def _distinct(bullets: Iterable[Bullet]) -> tuple[Bullet, ...]:
    by_text = {bullet.text: bullet for bullet in bullets}
    return tuple(by_text.values())[:_BULLETS]


def _dates(told: Sequence[Alert], state: StoryState) -> tuple[str, ...]:
    """Return every date that the talks had; what was corrected away was never one."""
    slot = state.slots.get("talks/date")
    if slot is None:
        return ()
    changes = [change for post in told for change in post.changes if change.slot == "talks/date"]
    said = [
        value
        for change in changes
        for value in ((change.after,) if change.cause in _MENDS else (change.before, change.after))
    ]
    known = [text for value in (*said, slot.replaced) if (text := raw(value))]
    current = raw(slot.value) or ""
    return (*dict.fromkeys(text for text in known if text != current), current)


def _disputed(state: StoryState, names: Names, year: int) -> tuple[Dispute, ...]:
    found = []
    for key, slot in state.slots.items():
        if slot.rivals:
            told = [(slot.value, slot.attribution), *((rival.value, rival.attribution) for rival in slot.rivals)]
            accounts = tuple(
                Account(value=raw(value) or "", attribution=who, text=_account(key, value, who, names, year))
                for value, who in told
            )
            found.append(Dispute(slot=key, label=label(key, names), accounts=accounts))
    return tuple(found)


def _account(key: str, value: Any, who: str | None, names: Names, year: int) -> str:
    by = spoken(who, names) if who else names.say("no speaker named")
    return f"{written(key, value, names, year)} ({by})"


def _dispute(dispute: Dispute) -> str:
    return f"{dispute.label}: {' · '.join(account.text for account in dispute.accounts)}"


def _foot(summary: Summary, say: Voice) -> str:
    articles = say.many("{number:,} article", "{number:,} articles", summary.sources)
    origins = say.many("{number:,} origin", "{number:,} origins", summary.origins)
    checked = say("last checked {ago}", ago=_ago(summary.now - summary.checked, say)) if summary.checked else ""
    silent = say("silent: {outlets}", outlets=say.listed(summary.silent)) if summary.silent else ""
    return " · ".join(filter(None, (f"{articles}, {origins}", "; ".join(filter(None, (checked, silent))))))


def _ago(span: timedelta, say: Voice) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return say("just now")
    if minutes < 2 * 60:
        return say("{count} min ago", count=minutes)
    hours = minutes // 60
    if hours < 2 * 24:
        return say("{count} h ago", count=hours)
    return say.many("{number} day ago", "{number} days ago", hours // 24)
