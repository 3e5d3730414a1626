"""One article is filed: joined to its stories, written to their logs, and what changed is said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.announce.alerts import compose
from bot.announce.brief import Brief
from bot.announce.cards import lateness
from bot.announce.gather import is_small
from bot.announce.names import Names
from bot.announce.slots import is_ledger
from bot.domain.alert import Alert
from bot.domain.audience import Mute, Subscription, Watch
from bot.domain.delivery import POST, Delivery
from bot.domain.event import Event, Modality
from bot.domain.feed import Article, EntryRef
from bot.domain.story import Action, Cause, Change, LogEntry, Story, StoryState
from bot.ports import Held, Session
from bot.services.memory import Memory, StoryMemory
from bot.services.speaker import Speaker
from bot.services.waiting import Waiting
from bot.track.arrange import Arrangement
from bot.track.assign import Assignment
from bot.track.copies import Trace
from bot.track.diff import diff
from bot.track.follow import follow_ups
from bot.track.lines import lines_of
from bot.watch.hits import hit_alert, hit_card, hits
from bot.watch.query import Text, parse

MENDS = frozenset({Cause.CORRECTION, Cause.RETRACTION})
#: An article in the words of one so much older may tell what became of it.
LATER = timedelta(hours=12)


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
        trace = self.memory.trace(article)
        said: list[Alert] = []
        for assignment in self._assign(article, events, trace):
            said += await self._join(article, assignment, trace, hush=hush, late=late)
        if not hush:
            await self._hit(article, trace, late=late)
        return said

    def _assign(self, article: Article, events: tuple[Event, ...], trace: Trace) -> tuple[Assignment, ...]:
        """Return where the article goes, and where its former version went but it does not."""
        now = self.memory.assign(article, events, trace)
        if article.revision == 0:
            return now
        left = set(self.memory.stories_with(article.ref)) - {assignment.story.id for assignment in now}
        former = (story for story in self.memory.open_to(article.workspace) if story.id in left)
        return (*now, *(Assignment(story=story, events=(), is_new=False) for story in former))

    async def _join(
        self, article: Article, assignment: Assignment, trace: Trace, *, hush: bool, late: bool
    ) -> list[Alert]:
        """Write an article's reports to a story's log; say what they change to whoever sees the story so."""
        home = assignment.story
        if assignment.is_new:
            await self.session.stories.put(home)
            self.memory.put(home)
        log = await self.memory.log(home.id, self.session)
        await self.session.stories.join(home.id, article.ref, trace.origin, trace.duplicate_of, article.workspace)
        lines = [line for line in lines_of(article, assignment, trace, log) if line.id not in log]
        # A private feed's article is its workspace's alone; a public one is everybody's.
        apart = () if article.workspace else self.memory.apart(home.id)
        common = None if article.workspace is None else article.workspace
        arrangements = [self.memory.arrangement(each) for each in dict.fromkeys((None, common, *apart))]
        lines += follow_ups(home.id, arrangements, lines, log, article, trace.duplicate_of, _matches)
        if not lines:
            return []
        if article.workspace is not None and article.workspace not in self.memory.apart(home.id):
            await self._hold_apart(home.id, article.workspace)
        self.memory.rearrange(home.id, lines)
        for workspace in (common, *apart):
            await self._read(home.id, lines, workspace)
        await self.session.stories.append(home.id, lines)
        self.memory.note(home.id, lines)
        # How lively a story is by a private feed hastens no other.
        lively = home.id if article.workspace is None else f"{home.id}@{article.workspace}"
        self.memory.pace.note(article.ref.feed, lively, article.fetched)
        said: list[Alert] = []
        for workspace in (common, *apart):
            said += await self._tell(article, home.id, lines, trace, workspace, hush=hush, late=late)
        return said

    async def _hold_apart(self, home: str, workspace: str) -> None:
        """Let what waits for everybody wait for a workspace by itself, which sees the story otherwise from now on."""
        for held in await self.session.alerts.held(self.memory.arrangement(workspace).root(home)):
            await self.session.alerts.hold(replace(held, alert=replace(held.alert, workspace=workspace)))

    async def _read(self, home: str, lines: Sequence[LogEntry], workspace: str | None) -> None:
        """Have at hand how the stories stood for a workspace before the lines were written."""
        for place in _places(home, lines, self.memory.arrangement(workspace)):
            await self.memory.view(place, workspace, self.session)

    async def _tell(  # noqa: PLR0913 - an article, what it brought, and whom to tell
        self,
        article: Article,
        home: str,
        lines: Sequence[LogEntry],
        trace: Trace,
        workspace: str | None,
        *,
        hush: bool,
        late: bool,
    ) -> list[Alert]:
        """Say to a workspace, or to all that see the story alike, what new lines of a story's log change."""
        arrangement = self.memory.arrangement(workspace)
        seen = [line for line in lines if line.workspace in {None, workspace}]
        said: list[Alert] = []
        for place in _places(home, lines, arrangement):
            about = await self.memory.view(place, workspace, self.session)
            fresh, before = about.add(
                line for line in seen if line.report is None or arrangement.place(home, line) == place
            )
            changes = _worth_saying(about, before, fresh, trace, article)
            if hush or not changes:
                continue
            story = self.memory.story(place, arrangement)
            texts = await self._texts(
                about, [id_ for change in changes for id_ in (*change.reports, *change.against)], article
            )
            brief = Brief(
                story=story,
                reports=about.reports,
                articles=texts,
                told=about.told,
                at=article.fetched,
                names=self.names,
            )
            alerts = compose(brief, changes, moves=about.moves)
            speaker = self._speaker(home, arrangement)
            waiting = await self._waiting(story, about, workspace)
            for alert in alerts:
                aged = replace(alert, late_minutes=_age_minutes(article)) if late else alert
                if is_small(aged, about.reports):
                    await waiting.take(aged, texts)
                elif waiting.holds(aged):
                    await waiting.melt(aged, texts)
                else:
                    said.append(await speaker.say(aged, story, about))
        return said

    async def _waiting(self, story: Story, about: StoryMemory, workspace: str | None) -> Waiting:
        """Return what waits of a story for a workspace, or for all that see the story alike."""
        held = await self.session.alerts.held(story.id, workspace)
        return Waiting(
            session=self.session,
            names=self.names,
            story=story,
            about=about,
            workspace=workspace,
            held=held[0] if held else None,
        )

    async def release(self, held: Held) -> Alert:
        """Say what has waited long enough, at its own time."""
        arrangement = self.memory.arrangement(held.alert.workspace)
        place = arrangement.root(held.alert.story)
        about = await self.memory.view(place, held.alert.workspace, self.session)
        alert = replace(held.alert, at=held.due)
        return await self._speaker(place, arrangement).say(alert, self.memory.story(place, arrangement), about)

    def _speaker(self, home: str, arrangement: Arrangement) -> Speaker:
        """Return who tells a workspace's channels, or those of all that see the story alike."""
        return Speaker(
            session=self.session,
            names=self.names,
            subscriptions=self.subscriptions,
            mutes=self.mutes,
            arrangement=arrangement,
            apart=frozenset(self.memory.apart(home)),
        )

    async def _texts(self, about: StoryMemory, ids: Sequence[str], article: Article) -> dict[EntryRef, Article]:
        """Return the articles behind some reports, the one in hand included."""
        refs = {about.reports[id_].source.ref for id_ in ids if id_ in about.reports} - {article.ref}
        earlier = await self.session.articles.get(refs) if refs else {}
        return {**earlier, article.ref: article}

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
            await self.session.outbox.put([Delivery(channel=watch.channel, alert=alert.id, part=POST)])


def _age_minutes(article: Article) -> int:
    return round((article.fetched - article.published).total_seconds() / 60)


def _takes_back(entry: LogEntry) -> bool:
    """Return whether a line of the log takes another one back, or denies something."""
    denies = entry.report is not None and entry.report.event.modality is Modality.DENIED
    return entry.action is Action.RETRACT or denies


def _places(home: str, lines: Iterable[LogEntry], arrangement: Arrangement) -> tuple[str, ...]:
    """Return the stories in which a story's lines are told, or that they take something from."""
    places = [arrangement.root(home), *(arrangement.place(home, line) for line in lines if line.report is not None)]
    return tuple(dict.fromkeys(place for place in places if place is not None))


def _worth_saying(
    about: StoryMemory, before: StoryState, fresh: Sequence[LogEntry], trace: Trace, article: Article
) -> tuple[Change, ...]:
    """Return what new lines changed in a story, without what a copy or a late word only seems to change."""
    changes = diff(before, about.state, about.cities)
    # What was taken back before is not taken back again.
    changes = tuple(change for change in changes if change.before or change.after or change.cause not in MENDS)
    if trace.duplicate_of is not None:
        # A copy repeats its original; what else is read in it is the same said in other words.
        changes = tuple(change for change in changes if not is_ledger(change.slot))
        if any(trace.duplicate_of in post.entries for post in about.told):
            # Half a day later, in like words, what was agreed has been carried out.
            later = trace.first is not None and article.published - trace.first >= LATER
            changes = tuple(
                change for change in changes if change.cause is not Cause.CHANGE or (later and change.before)
            )
    if not any(_takes_back(entry) for entry in fresh):
        # An older word that arrives late makes history read otherwise; nobody corrected anything.
        changes = tuple(change for change in changes if change.cause not in MENDS)
    return changes


def _matches(query: str, article: Article) -> bool:
    return parse(query).matches(Text(article.text))
