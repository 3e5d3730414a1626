"""Builds each part from the settings, ties them together, opens and closes them."""

import asyncio
import gc
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property, partial
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from bot import commands, log, seeds
from bot.announce.cards import retold
from bot.charts import Draughtsman
from bot.clock import SystemClock, machine_now
from bot.commands.complete import Choices
from bot.commands.desk import Desk
from bot.config import Settings
from bot.connect import platforms
from bot.domain.actor import Gazetteer
from bot.domain.alert import Alert, Card
from bot.domain.command import Call, Reply
from bot.engine import open_engine
from bot.feeds.article import make_article
from bot.locales import voice_in
from bot.ports import Clock, Engine, FeedSource, Store
from bot.schedule import Schedule
from bot.services.absence import Absence
from bot.services.corrections import Corrections
from bot.services.deliver import DeliverService
from bot.services.gathering import Gathering
from bot.services.housekeeping import Housekeeping
from bot.services.ingest import Ingest
from bot.services.intake import Intake
from bot.services.poll import PollService
from bot.services.seeding import seed
from bot.services.websub import WebSub
from bot.setup import wanted
from bot.store import open_store

if TYPE_CHECKING:
    from bot.classify import Classifier

_log = log.get("app")

# How often we look whether something is due; each feed's own time decides.
TICK = timedelta(seconds=1)
# What is due within a tick begins a part at a time, and so is taken in without holding up what is sent.
LOOKS = 4
HOUSEKEEPING = timedelta(hours=6)
WEBSUB = timedelta(seconds=10)


class App:
    """The house with its parts; those that cost to build are built when first asked for."""

    def __init__(self, settings: Settings, clock: Clock | None = None, tick: timedelta = TICK) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.store: Store = open_store(settings.database)
        self.engine: Engine = open_engine("local:" if settings.engine == "local" else settings.database)
        self.platforms = platforms(settings, commands.TABLE, self.store)
        self.draughtsman = Draughtsman()
        self._schedule = Schedule()
        self._tick = tick

    @cached_property
    def seed_folders(self) -> tuple[Traversable, ...]:
        """Our seeds, and the operator's own if there are any."""
        return (seeds.packaged(), self.settings.seeds) if self.settings.seeds else (seeds.packaged(),)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The actors, persons, titles and places of the seeds."""
        return seeds.gazetteer(*self.seed_folders)

    @cached_property
    def source(self) -> FeedSource:
        """What reads feeds over the network."""
        from bot.feeds.source import Source  # noqa: PLC0415 - asking a story needs no HTTP library

        feeds = self.settings.feeds
        return Source(contact=feeds.contact, internal=feeds.internal, ports=feeds.ports)

    @cached_property
    def classifier(self) -> "Classifier":
        """What reads events out of articles."""
        from bot.classify import Classifier  # noqa: PLC0415 - the first poll comes before the first article

        classifier = Classifier(self.gazetteer)
        # What stays for ever need not be looked through for garbage: each look kept the loop for a quarter second.
        gc.freeze()
        return classifier

    @cached_property
    def ingest(self) -> Ingest:
        """What files articles."""
        return Ingest(self.store, self.classifier, make_article, self.gazetteer)

    @cached_property
    def desk(self) -> Desk:
        """What commands ask."""
        return Desk(
            store=self.store,
            source=lambda: self.source,
            clock=self.clock,
            gazetteer=self.gazetteer,
            draw=self.draughtsman.draw,
            corrections=Corrections(self.store, self.gazetteer, self.clock),
            private_feeds=self._has_strangers,
        )

    @property
    def _has_strangers(self) -> bool:
        """Whether workspaces use this Dragoman that need not know each other."""
        settings = self.settings
        # Any server can invite a Discord bot, and any workspace install an app that is shared.
        open_to_all = bool(settings.slack.client_id) or settings.discord.mode != "off"
        return open_to_all if settings.feeds.private is None else settings.feeds.private

    def _retell(self, card: Card, alert: Alert, language: str) -> Card:
        """Say an alert's card in another language than English."""
        return retold(card, alert, self.desk.names.told_in(voice_in(language)))

    async def ask(self, call: Call) -> Reply:
        """Answer a command."""
        return await commands.answer(self.desk, call)

    async def open(self) -> None:
        """Open what is kept, and write into it what seeds and settings say."""
        await self.store.open()
        await self.engine.open()
        await seed(self.store, wanted(self.settings, self.seed_folders, self.clock.now()), self.clock.now())

    async def run(self, until: asyncio.Event, on_ready: Callable[[], object] = lambda: None) -> None:
        """Poll, tell and answer until the event is set; then finish what is under way."""
        choices = Choices(self.store)
        await choices.refresh()
        absence = Absence(self.store, self.platforms, machine_now, self.clock.now)
        intake = Intake(self.store, lambda: self.ingest, self.engine, self.clock)
        websub = self._websub(intake)
        for name, platform in self.platforms.items():
            await platform.start(self.ask, choices.complete, absence.hear)
            _log.debug("platform started", platform=name)
        poll = PollService(
            store=self.store,
            source=self.source,
            intake=intake,
            clock=self.clock,
            machine_now=machine_now,
            at_once=self.settings.feeds.at_once,
            look=websub.look if websub else None,
        )
        deliver = DeliverService(
            self.store, self.platforms, machine_now, self.clock.now, absence=absence, retell=self._retell
        )
        gathering = Gathering(self.store, lambda: self.ingest, self.engine, self.clock)
        tidy = Housekeeping(self.store, self.clock, machine_now, timedelta(days=self.settings.retention.texts_days))
        self._schedule.every(self._tick / LOOKS, "poll", poll.round)
        if websub is not None:
            self._schedule.every(WEBSUB, "websub", websub.round)
        self._schedule.every(self._tick, "gathering", gathering.round)
        self._schedule.every(HOUSEKEEPING, "housekeeping", tidy.round)
        self._schedule.every(HOUSEKEEPING, "absence", absence.round)
        self._schedule.every(self._tick * 5, "choices", choices.refresh)
        self._schedule.start()
        gc.freeze()
        on_ready()
        sending = asyncio.create_task(deliver.keep_going(partial(self.engine.wait, "deliver"), self._tick))
        await until.wait()
        sending.cancel()
        await self._schedule.stop()
        await poll.finish()
        await asyncio.gather(sending, return_exceptions=True)

    def _websub(self, intake: Intake) -> WebSub | None:
        """Return what keeps subscriptions at hubs, if hubs can reach our page."""
        public = self.settings.web.public
        if not self.settings.web.enabled or not public:
            return None
        websub = WebSub(
            store=self.store,
            source=self.source,
            intake=intake,
            clock=self.clock,
            machine_now=machine_now,
            public=f"{public.rstrip('/')}/websub",
        )
        from bot.platforms.web import Web  # noqa: PLC0415 - as little as possible is loaded with no page

        page = self.platforms["web"]
        assert isinstance(page, Web)  # noqa: S101 - it is enabled
        page.receive(websub)
        return websub

    async def close(self) -> None:
        """Let go of everything, whatever the state it is in."""
        for platform in self.platforms.values():
            await platform.close()
        if "source" in self.__dict__:
            await self.source.close()
        await self.draughtsman.close()
        await self.engine.close()
        await self.store.close()
