"""A whole house in memory: real store, classifier, stories and commands; the world is played by small fakes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from bot import commands, seeds
from bot.announce.cards import retold
from bot.announce.names import Names
from bot.classify import Classifier
from bot.clock import SetClock
from bot.commands.desk import Desk
from bot.commands.parse import parse_line
from bot.domain.actor import Gazetteer
from bot.domain.alert import Alert, Card
from bot.domain.audience import Channel
from bot.domain.command import Call, Reply
from bot.domain.delivery import EDIT, Outcome, Parcel, Sent
from bot.domain.feed import Article, Entry, EntryRef
from bot.domain.story import Story
from bot.errors import CommandError, UnreachableFeedError
from bot.feeds.article import make_article
from bot.locales import voice_in
from bot.ports import Ask, Complete, FeedSource, Heard, Store, unheard
from bot.services.corrections import Corrections
from bot.services.deliver import DeliverService
from bot.services.ingest import Ingest
from bot.services.seeding import Wanted, seed
from bot.store import open_store

START = datetime(2025, 5, 14, 8, tzinfo=UTC)
DESK = Channel(id="recorder:desk:news", platform="recorder", workspace="desk", address="news", name="news")


@cache
def gazetteer() -> Gazetteer:
    """Return our own seeds, read once for all tests."""
    return seeds.gazetteer(seeds.packaged())


@cache
def classifier() -> Classifier:
    """Return the real classifier, loaded once for all tests."""
    return Classifier(gazetteer())


@cache
def stories() -> tuple[Story, ...]:
    """Return our own defined stories, read once for all tests."""
    return seeds.stories(seeds.packaged() / "stories")


class Recorder:
    """A platform that keeps what it is sent; what it should answer next can be set."""

    name = "recorder"
    pace = timedelta(0)

    def __init__(self) -> None:
        self.messages: dict[str, Parcel] = {}
        self.lines: list[Parcel] = []
        self.sends: list[Parcel] = []
        #: What hangs in the threads, with the channel.
        self.threads: list[tuple[str, str]] = []
        self.places: dict[str, str] = {}
        self.next: list[Outcome] = []
        #: What was told of a channel: to whom, of which, and what.
        self.told: list[tuple[str, str, str]] = []
        self.reachable = True
        #: By channel, where it is not English.
        self.languages: dict[str, str] = {}

    async def start(self, ask: Ask, complete: Complete, heard: Heard = unheard) -> None:
        """Nothing to connect."""

    async def send(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Keep the parcel, one message for one nonce, or answer as told."""
        self.sends.append(parcel)
        if self.next:
            return self.next.pop(0)
        if parcel.part == EDIT and parcel.message:
            self.messages[parcel.message] = parcel
            return Sent(message=parcel.message)
        if parcel.message:
            self.lines.append(parcel)
            self.threads.append((channel.id, parcel.text))
            return Sent(message=parcel.message)
        self.messages[parcel.nonce] = parcel
        self.places[parcel.nonce] = channel.id
        return Sent(message=parcel.nonce)

    def language(self, channel: Channel) -> str:
        """Return what a channel is told in."""
        return self.languages.get(channel.id, "en")

    async def tell(self, channel: Channel, text: str) -> bool:
        """Keep what is told of a channel, unless nobody is to be reached."""
        if self.reachable:
            self.told.append((channel.keeper, channel.id, text))
        return self.reachable

    async def close(self) -> None:
        """Nothing to let go of."""

    @property
    def headlines(self) -> list[str]:
        """The titles of all messages as they read now, oldest first."""
        return [parcel.card.title for parcel in self.messages.values() if parcel.card is not None]

    def cards_in(self, channel: Channel) -> list[Card]:
        """Return what a channel shows now, oldest first."""
        here = [parcel.card for nonce, parcel in self.messages.items() if self.places[nonce] == channel.id]
        return [card for card in here if card is not None]

    def lines_in(self, channel: Channel) -> list[str]:
        """Return what hangs in a channel's threads."""
        return [text for place, text in self.threads if place == channel.id]


class House:
    """Publish, deliver, ask; see what arrived."""

    def __init__(self, store: Store, *, private_feeds: bool = False) -> None:
        self.store = store
        self.clock = SetClock(START)
        self.machine = START
        self.recorder = Recorder()
        #: Feeds that are private, and to which workspace.
        self.private: dict[str, str] = {}
        self.ingest = Ingest(store, classifier(), self._article, gazetteer())
        names = Names(gazetteer())
        self.deliver = DeliverService(
            store,
            {"recorder": self.recorder},
            lambda: self.machine,
            self.clock.now,
            retell=lambda card, alert, language: retold(card, alert, names.told_in(voice_in(language))),
        )
        self.source: FeedSource | None = None
        self.desk = Desk(
            store=store,
            source=lambda: self.source or _no_network(),
            clock=self.clock,
            gazetteer=gazetteer(),
            corrections=Corrections(store, gazetteer(), self.clock),
            private_feeds=private_feeds,
        )

    def _article(self, entry: Entry, revision: int) -> Article:
        return make_article(entry, revision, workspace=self.private.get(entry.ref.feed))

    async def tick(self, minutes: int = 1) -> None:
        """News time passes."""
        self.clock.set(self.clock.now() + timedelta(minutes=minutes))

    async def publish(
        self,
        title: str,
        summary: str = "",
        *,
        outlet: str = "Meridian Wire",
        quiet: bool = False,
        workspace: str | None = None,
        **fields: object,
    ) -> tuple[Alert, ...]:
        """An outlet publishes an entry, a minute after the last; to a workspace alone if its feed is private."""
        await self.tick()
        feed = outlet.lower().replace(" ", "-")
        if workspace is not None:
            self.private[feed] = workspace
        entry = Entry(
            ref=EntryRef(feed, str(fields.pop("id", title))),
            outlet=outlet,
            url=f"https://{feed}.example/{abs(hash(title))}",
            title=title,
            summary=summary,
            published=self.clock.now(),
            fetched=self.clock.now(),
        )
        return await self.ingest.take([replace(entry, **fields)], quiet=quiet)  # type: ignore[arg-type]

    async def ask(self, line: str, *, channel: Channel = DESK, manager: bool = True, user: str = "") -> Reply:
        """Somebody types a line in a channel."""
        try:
            command, arguments = parse_line(line, commands.TABLE)
        except CommandError as wrong:
            return Reply(text=str(wrong), private=True, done=False)
        return await commands.answer(
            self.desk, Call(command=command.name, arguments=arguments, channel=channel, manager=manager, user=user)
        )

    async def gathered(self) -> tuple[Alert, ...]:
        """What has waited long enough goes."""
        return await self.ingest.release(self.clock.now())

    async def restart(self) -> None:
        """The program dies and starts again; what it had in mind is gone."""
        self.ingest = Ingest(self.store, classifier(), make_article, gazetteer())

    async def reseed(self) -> None:
        """The program starts again and reads its seeds."""
        await seed(self.store, Wanted(stories=stories()), self.clock.now())

    async def answer(self, call: Call) -> Reply:
        """Answer a call as a platform makes it."""
        return await commands.answer(self.desk, call)

    async def wait(self, span: timedelta) -> None:
        """Machine time passes."""
        self.machine += span


@asynccontextmanager
async def open_house(url: str = "sqlite://", *, private_feeds: bool = False) -> AsyncIterator[House]:
    """Open a house with our defined stories."""
    store = open_store(url)
    await store.open()
    try:
        await seed(store, Wanted(stories=stories()), START)
        yield House(store, private_feeds=private_feeds)
    finally:
        await store.close()


def told(reply: Reply) -> str:
    """Return everything that a reply says."""
    if reply.card is None:
        return reply.text
    card = reply.card
    facts = [f"{fact.label} {fact.before or ''} {fact.after}" for fact in card.facts]
    lines = [line for section in card.sections for line in (section.title, *section.lines)]
    quoted = [bullet.text for section in card.sections for bullet in section.bullets]
    return "\n".join(
        [card.title, card.place, *facts, *(bullet.text for bullet in card.bullets), *lines, *quoted, card.foot]
    )


def _no_network() -> FeedSource:
    raise UnreachableFeedError("the network", "these tests have none")
