"""A small newsroom: real state and real seeds, events in, alerts out."""

from dataclasses import replace

from bot.announce.alerts import compose
from bot.announce.brief import Brief
from bot.announce.names import Names
from bot.announce.pace import moved
from bot.domain.alert import Alert
from bot.domain.event import Event, Evidence
from bot.domain.feed import Article, EntryRef
from bot.domain.story import LogEntry, Report, Source, Story, StoryState
from bot.seeds import gazetteer, packaged
from bot.seeds import stories as seeded
from bot.track.diff import diff
from bot.track.fold import fold
from bot.track.log import report_entry

NAMES = Names(gazetteer(packaged()))
ISTANBUL = next(story for story in seeded(packaged() / "stories") if story.slug == "istanbul-talks")


class Newsroom:
    """Follows one story, as the program would."""

    def __init__(self, story: Story = ISTANBUL, names: Names = NAMES) -> None:
        self.story = story
        self.names = names
        self.log: list[LogEntry] = []
        self.articles: dict[EntryRef, Article] = {}
        self.told: list[Alert] = []

    @property
    def state(self) -> StoryState:
        """Where the story stands."""
        return fold(self.log)

    @property
    def reports(self) -> dict[str, Report]:
        """All reports by log id."""
        return {entry.id: entry.report for entry in self.log if entry.report}

    def read(self, article: Article, *events: Event, origin: str | None = None) -> tuple[Alert, ...]:
        """Take in an article with the events that it tells; return what is said of it."""
        before = self.state
        self.articles[article.ref] = article
        source = Source(
            ref=article.ref,
            outlet=article.outlet,
            url=article.url,
            title=article.title,
            origin=origin or article.outlet,
            published=article.published,
            fetched=article.fetched,
        )
        for event in events:
            report = Report(event=placed(event, article), source=source)
            self.log.append(report_entry(report, article.fetched))
        changes = diff(before, self.state)
        brief = Brief(
            story=self.story,
            reports=self.reports,
            articles=self.articles,
            told=tuple(self.told),
            at=article.fetched,
            names=self.names,
        )
        said = compose(brief, changes, moves=moved(self.told))
        self.told += said
        return said


def placed(event: Event, article: Article) -> Event:
    """Return the event with its evidence where the article has the words."""
    words = event.evidence.words
    start = article.text.find(words)
    if start < 0:
        words, start = article.title, 0
    return replace(event, evidence=Evidence(start=start, end=start + len(words), words=words))
