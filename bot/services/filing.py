"""One article is filed: joined to its stories, written to their logs, and what changed is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.announce.alerts import compose, edited
from bot.announce.audience import ends, hears, is_muted
from bot.announce.cards import alert_card, lateness
from bot.announce.names import Names
from bot.announce.slots import is_ledger
from bot.domain.alert import Alert, Mode
from bot.domain.audience import Mute, Subscription, Watch
from bot.domain.delivery import EDIT, POST, Delivery, line
from bot.domain.event import Event, Modality
from bot.domain.feed import Article, EntryRef
from bot.domain.story import Action, Cause, LogEntry, Report, Source, Story
from bot.ports import Session
from bot.services.memory import Memory, StoryMemory
from bot.track.assign import Assignment
from bot.track.copies import Trace
from bot.track.diff import diff
from bot.track.log import report_entry, retractions
from bot.track.versions import still_told
from bot.watch.hits import hit_alert, hit_card, hits

MENDS = frozenset({Cause.CORRECTION, Cause.RETRACTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What filing needs at hand: one transaction, what is remembered, and who listens."""

    session: Session
    memory: Memory
    names: Names
    subscriptions: Sequence[Subscription]
    watches: Sequence[Watch]
    #: Shortened by those that an alert ends.
    mutes: list[Mute]

    async def file(self, article: Article, events: tuple[Event, ...], *, hush: bool, late: bool = False) -> list[Alert]:
        """File an article; return what is to be said of it.

        Args:
            article: New, or a new revision.
            events: What it reports.
            hush: Keep it without a word to anybody.
            late: Nobody could read it when it was published.
        """
        trace = self.memory.copies.add(article)
        said: list[Alert] = []
        for assignment in self._assign(article, events, trace):
            said += await self._join(article, assignment, trace, hush=hush, late=late)
        if not hush:
            await self._hit(article, trace, late=late)
        return said

    def _assign(self, article: Article, events: tuple[Event, ...], trace: Trace) -> tuple[Assignment, ...]:
        """Return where the article goes, and where its former version went but it does not."""
        now = self.memory.desk.assign(article, events, trace)
        if article.revision == 0:
            return now
        left = set(self.memory.stories_with(article.ref)) - {assignment.story.id for assignment in now}
        former = (story for story in self.memory.desk.stories if story.id in left)
        return (*now, *(Assignment(story=story, events=(), is_new=False) for story in former))

    async def _join(
        self, article: Article, assignment: Assignment, trace: Trace, *, hush: bool, late: bool
    ) -> list[Alert]:
        """Write an article's reports to a story's log and say what they change."""
        story = assignment.story
        if assignment.is_new:
            await self.session.stories.put(story)
        about = await self.memory.story(story, self.session)
        await self.session.stories.join(story.id, article.ref, trace.origin, trace.duplicate_of)
        fresh, before = about.add(_log_entries(about, article, assignment, trace))
        if not fresh:
            return []
        await self.session.stories.append(story.id, fresh)
        self.memory.pace.note(article.ref.feed, story.id, article.fetched)
        changes = diff(before, about.state, about.cities)
        if trace.duplicate_of is not None:
            # A copy repeats its original; what else is read in it is the same said in other words.
            changes = tuple(change for change in changes if not is_ledger(change.slot))
            if any(trace.duplicate_of in post.entries for post in about.told):
                changes = tuple(change for change in changes if change.cause is not Cause.CHANGE)
        if not any(_takes_back(entry) for entry in fresh):
            # An older word that arrives late makes history read otherwise; nobody corrected anything.
            changes = tuple(change for change in changes if change.cause not in MENDS)
        if hush or not changes:
            return []
        texts = await self._texts(about, [id_ for change in changes for id_ in change.reports], article)
        alerts = compose(story, changes, about.reports, texts, about.told, article.fetched, self.names)
        said = [replace(alert, late_minutes=_age_minutes(article)) if late else alert for alert in alerts]
        for alert in said:
            await self._say(alert, story, about)
        return said

    async def _texts(self, about: StoryMemory, ids: Sequence[str], article: Article) -> dict[EntryRef, Article]:
        """Return the articles behind some reports, the one in hand included."""
        refs = {about.reports[id_].source.ref for id_ in ids if id_ in about.reports} - {article.ref}
        earlier = await self.session.articles.get(refs) if refs else {}
        return {**earlier, article.ref: article}

    async def _say(self, alert: Alert, story: Story, about: StoryMemory) -> None:
        """Keep an alert, and put it into the outbox of everybody who should hear it."""
        if alert.mode is Mode.POST:
            about.tell(alert)
            await self.session.alerts.put(alert, alert_card(alert, story, self.names))
            await self._send(alert.id, POST, await self._hearers(alert))
            return
        await self.session.alerts.put(alert, None)
        post = next((told for told in about.told if told.id == alert.of), None)
        if post is None:
            return
        rows = await self.session.outbox.of_alert(post.id)
        readers = sorted(row.channel for row in rows if row.part == POST)
        if alert.mode is Mode.EDIT:
            now = edited(post, alert)
            about.tell(now)
            await self.session.alerts.put(now, alert_card(now, story, self.names))
            await self._send(post.id, EDIT, readers)
        else:
            if alert.reason not in MENDS:
                deaf = {mute.channel for mute in self.mutes if is_muted(mute, alert)}
                readers = [reader for reader in readers if reader not in deaf]
            lines = [int(row.part.removeprefix("line:")) for row in rows if row.part.startswith("line:")]
            await self._send(post.id, line(max(lines, default=0) + 1), readers, text=alert.headline)

    async def _hearers(self, alert: Alert) -> list[str]:
        """Return the channels that should hear a post; what it changes may end a mute."""
        for mute in [mute for mute in self.mutes if ends(mute, alert)]:
            self.mutes.remove(mute)
            await self.session.channels.unmute(mute.channel, mute.story)
        deaf = {mute.channel for mute in self.mutes if is_muted(mute, alert)}
        return sorted({sub.channel for sub in self.subscriptions if hears(sub, alert)} - deaf)

    async def _send(self, alert: str, part: str, channels: Sequence[str], text: str = "") -> None:
        await self.session.outbox.put(
            Delivery(channel=channel, alert=alert, part=part, text=text) for channel in channels
        )

    async def _hit(self, article: Article, trace: Trace, *, late: bool) -> None:
        """Tell the channels whose watches an article matches; a copy of one told is not told again."""
        if trace.duplicate_of is not None or article.revision > 0:
            return
        for watch in hits(self.watches, article):
            alert, card = hit_alert(watch, article), hit_card(watch, article)
            if late:
                alert = replace(alert, late_minutes=_age_minutes(article))
                card = replace(card, foot=lateness(alert))
            await self.session.alerts.put(alert, card)
            await self._send(alert.id, POST, [watch.channel])


def _age_minutes(article: Article) -> int:
    return round((article.fetched - article.published).total_seconds() / 60)


def _takes_back(entry: LogEntry) -> bool:
    """Return whether a line of the log takes another one back, or denies something."""
    denies = entry.report is not None and entry.report.event.modality is Modality.DENIED
    return entry.action is Action.RETRACT or denies


def _log_entries(about: StoryMemory, article: Article, assignment: Assignment, trace: Trace) -> tuple[LogEntry, ...]:
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
    reports = tuple(report_entry(Report(event=event, source=source), article.fetched) for event in assignment.events)
    if article.revision == 0:
        return reports
    keep = {entry.id for entry in reports} | still_told(about.log.values(), article, reports)
    return (*retractions(about.log.values(), article.ref, keep, article.fetched, "edited"), *reports)
