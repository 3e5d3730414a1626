"""What ingestion keeps at hand between two articles; the store has all of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.domain.actor import Gazetteer
from bot.domain.alert import Alert, Mode
from bot.domain.feed import EntryRef
from bot.domain.story import LogEntry, Report, Story, StoryState
from bot.ports import Session
from bot.services.pace import Pace
from bot.track.assign import Desk
from bot.track.copies import Copies
from bot.track.fold import Book, cities_of

# A copy of an article comes within days; what is older is news of its own.
WINDOW = timedelta(days=5)


class StoryMemory:
    """One story's log, where it stands, and what was said of it."""

    def __init__(self, log: Iterable[LogEntry], told: Iterable[Alert], cities: Mapping[str, str]) -> None:
        self.log: dict[str, LogEntry] = {}
        self.reports: dict[str, Report] = {}
        self.told = list(told)
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

    def has_report_of(self, ref: EntryRef) -> bool:
        """Say whether the log holds a report of the entry."""
        return any(report.source.ref == ref for report in self.reports.values())

    def tell(self, alert: Alert) -> None:
        """Remember what was said; an edit replaces its post."""
        if all(post.id != alert.id for post in self.told):
            self.told.append(alert)
        self.told = [alert if post.id == alert.id else post for post in self.told]


class Memory:
    """Which story an article belongs to, whose copy it is, and where each story stands."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._cities = cities_of(gazetteer)
        self._stories: dict[str, StoryMemory] = {}
        self.desk = Desk((), gazetteer)
        self.copies = Copies()
        self.pace = Pace()

    async def warm(self, session: Session, now: datetime) -> None:
        """Read back what a restart must not change: the last days' articles, and how warm each story is."""
        recent = await session.articles.since(now - WINDOW)
        for article in recent:
            self.copies.add(article)
        joined = {article.ref: await session.stories.of_article(article.ref) for article in recent}
        warm = {story for ids in joined.values() for story in ids}
        stories = await session.stories.all()
        active: dict[str, datetime] = {}
        told: list[Report] = []
        for story in stories:
            if story.id in warm or not story.defined:
                reports = (await self.story(story, session)).reports.values()
                active |= {story.id: max(report.source.published for report in reports)} if reports else {}
                told += reports
                for report in reports:
                    self.pace.note(report.source.ref.feed, story.id, report.source.fetched)
        told.sort(key=lambda report: report.source.fetched)
        self.desk = Desk(stories, self._gazetteer, active, joined, [report.event for report in told])

    async def story(self, story: Story, session: Session) -> StoryMemory:
        """Return what is known of a story, from the store at first."""
        if story.id not in self._stories:
            told = [alert for alert in await session.alerts.of_story(story.id) if alert.mode is Mode.POST]
            self._stories[story.id] = StoryMemory(await session.stories.log(story.id), told, self._cities)
        return self._stories[story.id]

    def stories_with(self, ref: EntryRef) -> tuple[str, ...]:
        """Return the ids of the stories at hand that an entry reported to."""
        return tuple(id_ for id_, memory in self._stories.items() if memory.has_report_of(ref))
