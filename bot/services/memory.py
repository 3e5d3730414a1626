"""What ingestion keeps at hand between two articles; the store has all of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.announce.pace import moved
from bot.domain.actor import Gazetteer
from bot.domain.alert import Alert, Mode
from bot.domain.event import Event
from bot.domain.feed import Article, EntryRef
from bot.domain.story import LogEntry, Report, Story, StoryState
from bot.ports import Session
from bot.services.pace import Pace
from bot.services.tenant import Tenant
from bot.track.arrange import Arrangement, arrange
from bot.track.assign import Assignment, Desk
from bot.track.copies import Copies, Trace
from bot.track.fold import Book, cities_of
from bot.views import alerts_of

# A copy of an article comes within days; what is older is news of its own.
WINDOW = timedelta(days=5)


class StoryMemory:
    """One story's log, where it stands, and what was said of it."""

    def __init__(self, log: Iterable[LogEntry], said: Iterable[Alert], cities: Mapping[str, str]) -> None:
        """Know a story by its log and everything that was said of it."""
        said = list(said)
        self.log: dict[str, LogEntry] = {}
        self.reports: dict[str, Report] = {}
        #: The posts as they read now.
        self.told = [alert for alert in said if alert.mode is Mode.POST]
        #: When each slot was told to have changed.
        self.moves = moved(said)
        self.cities = cities
        self._book = Book(cities=cities)
        self.state = StoryState()
        self.add(log)

    def add(self, entries: Iterable[LogEntry]) -> tuple[tuple[LogEntry, ...], StoryState]:
        """Write entries to the log; return those that are new to it, and the state before them."""
        fresh = {entry.id: entry for entry in entries if entry.id not in self.log}
        before = self.state
        if fresh:
            self.log |= fresh
            self.reports |= {id_: entry.report for id_, entry in fresh.items() if entry.report is not None}
            self._book.add(fresh.values())
            self.state = self._book.state()
        return tuple(fresh.values()), before

    def hear(self, alert: Alert) -> None:
        """Remember when it was said that a slot changed."""
        for slot, moments in moved([alert]).items():
            self.moves.setdefault(slot, []).extend(moments)

    def forget(self, alert: Alert) -> None:
        """Forget a post that nobody saw."""
        self.told = [post for post in self.told if post.id != alert.id]

    def tell(self, alert: Alert) -> None:
        """Remember what was said; an edit replaces its post."""
        if all(post.id != alert.id for post in self.told):
            self.told.append(alert)
        self.told = [alert if post.id == alert.id else post for post in self.told]


class Memory:
    """Which story an article belongs to, whose copy it is, and where each story stands for whom."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._cities = cities_of(gazetteer)
        self._stories: dict[str, Story] = {}
        self._logs: dict[str, dict[str, LogEntry]] = {}
        self._views: dict[tuple[str | None, str], StoryMemory] = {}
        self._corrections: list[tuple[str, LogEntry]] = []
        self._arrangements: dict[str | None, Arrangement] = {}
        #: Story → the workspaces that have lines of their own in its log.
        self._owned: dict[str, set[str]] = {}
        self._tenants: dict[str, Tenant] = {}
        self._read_to = 0
        self.desk = Desk((), gazetteer)
        self.copies = Copies()
        self.pace = Pace()

    async def warm(self, session: Session, now: datetime) -> None:
        """Read back what a restart must not change: the last days' articles, and how warm each story is."""
        self._read_to = await session.stories.last_written()
        self._corrections = list(await session.stories.corrections())
        await self._find_owners(session)
        everybodys = await session.articles.since(now - WINDOW)
        recent = [article for article in everybodys if article.workspace is None]
        for article in recent:
            self.copies.add(article)
        joined = {article.ref: await session.stories.of_article(article.ref) for article in recent}
        warm = {story for ids in joined.values() for story in ids}
        every_story = await session.stories.all()
        self._stories = {story.id: story for story in every_story}
        stories = [story for story in every_story if story.workspace is None]
        await self._warm_tenants(session, [article for article in everybodys if article.workspace], every_story)
        active: dict[str, datetime] = {}
        told: list[Report] = []
        for story in stories:
            if story.id in warm or not story.defined:
                log = (await self.log(story.id, session)).values()
                reports = [entry.report for entry in log if entry.report and entry.workspace is None]
                active |= {story.id: max(report.source.published for report in reports)} if reports else {}
                told += reports
                for report in reports:
                    self.pace.note(report.source.ref.feed, story.id, report.source.fetched)
        told.sort(key=lambda report: report.source.fetched)
        self.desk = Desk(stories, self._gazetteer, active, joined, [report.event for report in told])
        for article in recent:
            self.desk.learn(article, joined[article.ref])

    async def catch_up(self, session: Session) -> None:
        """Take in what others wrote into the logs meanwhile: people's corrections, and other processes."""
        written = await session.stories.written_since(self._read_to)
        foreign = {story for _, story, id_ in written if id_ not in self._logs.get(story, {})}
        self._read_to = max((number for number, _, _ in written), default=self._read_to)
        if not foreign:
            return
        for id_ in foreign:
            self._logs.pop(id_, None)
        self._views.clear()
        self._arrangements.clear()
        self._corrections = list(await session.stories.corrections())
        await self._find_owners(session)
        for story in await session.stories.all():
            if self._stories.get(story.id) != story:
                self._stories[story.id] = story
                self._seat(story)

    async def _find_owners(self, session: Session) -> None:
        self._owned = {}
        for story, workspace in await session.stories.owned():
            self._owned.setdefault(story, set()).add(workspace)

    async def _warm_tenants(self, session: Session, articles: Sequence[Article], stories: Sequence[Story]) -> None:
        """Read back what workspaces' own feeds have taught of late."""
        by_id = {story.id: story for story in stories}
        for story in stories:
            if story.workspace is not None:
                self._seat(story)
        for article in articles:
            tenant = self._tenant(article.workspace or "")
            tenant.copies.add(article)
            found = []
            for id_ in await session.stories.of_article(article.ref):
                log = (await self.log(id_, session)).values()
                events = tuple(
                    entry.report.event for entry in log if entry.report and entry.report.source.ref == article.ref
                )
                found.append(Assignment(story=by_id[id_], events=events))
            tenant.learn(article, found)

    def _seat(self, story: Story) -> None:
        """Let articles find a story: everybody's, or a workspace's own."""
        if story.workspace is None:
            self.desk.put(story)
        elif story.split_from is None:
            self._tenant(story.workspace).put(story)

    def _tenant(self, workspace: str) -> Tenant:
        return self._tenants.setdefault(workspace, Tenant())

    def trace(self, article: Article) -> Trace:
        """Return what an article copies; a private feed's leaves no trace for others."""
        if article.workspace is None:
            return self.copies.add(article)
        return self._tenant(article.workspace).trace(article, self.copies)

    def assign(self, article: Article, events: Sequence[Event], trace: Trace) -> tuple[Assignment, ...]:
        """Return the stories of an article; a private feed's teaches others nothing."""
        if article.workspace is None:
            return self.desk.assign(article, events, trace)
        return self._tenant(article.workspace).assign(article, events, trace, self.desk)

    def open_to(self, workspace: str | None) -> tuple[Story, ...]:
        """Return the stories that an article of a feed can be part of."""
        return self.desk.stories if workspace is None else self._tenant(workspace).stories(self.desk.stories)

    def arrangement(self, workspace: str | None) -> Arrangement:
        """Return how a workspace has its stories."""
        if workspace not in self._arrangements:
            self._arrangements[workspace] = arrange(self._corrections, workspace)
        return self._arrangements[workspace]

    def apart(self, story: str) -> tuple[str, ...]:
        """Return the workspaces that see a story otherwise than everybody does."""
        own = {entry.workspace for _, entry in self._corrections if entry.workspace is not None}
        own |= {workspace for owners in self._owned.values() for workspace in owners}
        return tuple(workspace for workspace in sorted(own) if self._sees_otherwise(workspace, story))

    def _sees_otherwise(self, workspace: str, story: str) -> bool:
        arrangement = self.arrangement(workspace)
        logs = (story, *arrangement.logs(arrangement.root(story)))
        return arrangement.owns(story) or any(workspace in self._owned.get(each, ()) for each in logs)

    def story(self, story: str, arrangement: Arrangement) -> Story:
        """Return a story as it is called in an arrangement."""
        return arrangement.named(self._stories[story])

    def put(self, story: Story) -> None:
        """Know a story that was opened just now."""
        self._stories[story.id] = story

    def rearrange(self, story: str, lines: Iterable[LogEntry]) -> None:
        """Follow the corrections among lines that are about to be written into a story's log."""
        written = [(story, line) for line in lines if line.by is not None]
        if written:
            self._corrections += written
            self._arrangements.clear()

    def note(self, story: str, lines: Sequence[LogEntry]) -> None:
        """Remember lines that are being written into a story's log; it was read before."""
        self._logs[story] |= {line.id: line for line in lines}
        own = {line.workspace for line in lines if line.workspace is not None}
        if own:
            self._owned.setdefault(story, set()).update(own)

    async def log(self, story: str, session: Session) -> dict[str, LogEntry]:
        """Return a story's log with every workspace's lines, by id, from the store at first."""
        if story not in self._logs:
            self._logs[story] = {entry.id: entry for entry in await session.stories.whole_log(story)}
        return self._logs[story]

    async def view(self, story: str, workspace: str | None, session: Session) -> StoryMemory:
        """Return what a workspace knows of a story that is told by itself, from the store at first."""
        key = (workspace, story)
        if key not in self._views:
            arrangement, seen = self.arrangement(workspace), {None, workspace}
            logs = {
                other: [entry for entry in (await self.log(other, session)).values() if entry.workspace in seen]
                for other in arrangement.logs(story)
            }
            said = await alerts_of(session, story, arrangement)
            waiting = [held.alert for held in await session.alerts.held(story, workspace)]
            self._views[key] = StoryMemory(arrangement.told(story, logs), [*said, *waiting], self._cities)
        return self._views[key]

    def stories_with(self, ref: EntryRef) -> tuple[str, ...]:
        """Return the ids of the stories at hand that an entry reported to."""
        return tuple(
            story
            for story, log in self._logs.items()
            if any(entry.report is not None and entry.report.source.ref == ref for entry in log.values())
        )
