"""50 feeds a second change: how long it takes from the fetch to the message that the platform has accepted."""

import asyncio
import random
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from multidict import CIMultiDict

from bot import log, seeds
from bot.app import LOOKS
from bot.classify import Classifier
from bot.clock import SystemClock, machine_now
from bot.domain.audience import Channel, Level, Subscription, Watch
from bot.domain.delivery import Outcome, Parcel, Sent
from bot.domain.event import Event
from bot.domain.feed import Article, EntryRef, Feed, FeedState
from bot.domain.story import Story
from bot.engine import open_engine
from bot.feeds.answer import Answer
from bot.feeds.article import make_article
from bot.feeds.source import Source
from bot.ports import Ask, Complete, Heard, Poll, Store, unheard
from bot.services.deliver import DeliverService
from bot.services.ingest import Ingest, Reader
from bot.services.intake import Intake
from bot.services.poll import PollService
from bot.services.seeding import Wanted, seed
from bot.store import open_store

A_SECOND = 50
LASTS = timedelta(seconds=20)
#: Platforms take about one message a second in each channel, so posts go to as many.
CHANNELS = 50
#: What a platform takes to accept a message.
ACCEPTS_SECONDS = 0.05
TICK = timedelta(seconds=1)
SIZE = 20
PARTIES = ("Vestria", "Korland", "Ostmark", "Belmar", "Sarovia", "Tundria")
# Three of five tell a diplomatic event; all are read, matched against watches and filed.
TEXTS = (
    "The foreign minister of {one} said that talks with {other} on {topic} will begin on Thursday.",
    "{one} rejected a ceasefire proposed by {other}, its government said on Monday. It named {topic}.",
    "{one} and {other} signed an agreement on border trade, officials said, with {topic} in it.",
    "Rain is expected in the north of {one} until the weekend. Farmers spoke of {topic}.",
    "A court in {one} heard the appeal of a builder. The case is known as {topic}.",
)


class Changing(Source):
    """Feeds that hold a new entry whenever they are asked, and notes when each was fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: dict[EntryRef, float] = {}

    async def poll(self, feed: Feed, state: FeedState, now: datetime) -> Poll:
        """Read a feed that has just been fetched."""
        number, version = int(feed.id.removeprefix("feed-")), state.polls + SIZE
        if state.polls:
            self.fetched[EntryRef(feed.id, f"{number}-{version}")] = time.monotonic()
        body = _feed(number, version, now).encode()
        return await self._answered(
            feed, state, Answer(status=200, url=feed.url, moved_to=None, headers=CIMultiDict(), body=body), now
        )


class Waking:
    """Recognises nothing while the feeds are read for the first time, which nobody is told of."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.awake = False

    def read(self, article: Article) -> tuple[Event, ...]:
        """Return an article's events."""
        return self._reader.read(article) if self.awake else ()


class Accepting:
    """A platform that accepts everything, and notes when."""

    name = "accepting"
    pace = timedelta(0)

    def __init__(self) -> None:
        self.accepted: dict[EntryRef, float] = {}
        self.messages = 0

    async def start(self, ask: Ask, complete: Complete, heard: Heard = unheard) -> None:
        """Nothing to connect."""

    async def send(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Accept a message after a moment."""
        await asyncio.sleep(ACCEPTS_SECONDS)
        self.messages += 1
        for bullet in parcel.card.bullets if parcel.card else ():
            self.accepted.setdefault(bullet.entry, time.monotonic())
        return Sent(message=parcel.message or parcel.nonce)

    def language(self, channel: Channel) -> str:
        """Return what is read here."""
        return "en"

    async def tell(self, channel: Channel, text: str) -> bool:
        """There is nobody to tell."""
        return False

    async def close(self) -> None:
        """Nothing to let go of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How many feeds had changed, of how many the news was accepted, and how late, in seconds."""

    changed: int
    accepted: int
    p95: float


async def report(a_second: int = A_SECOND, lasts: timedelta = LASTS) -> Told:
    """Let feeds change, and print and return how long their news took."""
    log.configure("error")
    gazetteer = seeds.gazetteer(seeds.packaged())
    with TemporaryDirectory(prefix="dragoman-bench-") as place:
        store = open_store(f"sqlite:///{Path(place) / 'latency.sqlite3'}")
        await store.open()
        clock, engine = SystemClock(), open_engine("local:")
        stories = seeds.stories(seeds.packaged() / "stories")
        await seed(store, _wanted(stories=stories, now=clock.now()), clock.now())
        source, platform = Changing(), Accepting()
        reader = Waking(Classifier(gazetteer))
        ingest = Ingest(store, reader, make_article, gazetteer)
        service = PollService(
            store=store,
            source=source,
            intake=Intake(store, lambda: ingest, engine, clock),
            clock=clock,
            machine_now=machine_now,
        )
        deliver = DeliverService(store, {platform.name: platform}, machine_now, machine_now)
        # As many feeds as are due in all, each read once before, so that its next entry is news.
        await _follow(store, a_second * (lasts // TICK), clock.now())
        await service.round()
        await service.settled(timedelta(minutes=5))
        reader.awake = True
        await _spread(store, a_second, clock.now() + TICK)
        sending = asyncio.create_task(deliver.keep_going(partial(engine.wait, "deliver"), TICK))
        until, cpu, held_up = clock.now() + lasts + TICK, time.process_time(), _held_up()
        while clock.now() < until:
            await asyncio.gather(service.round(), asyncio.sleep(TICK.total_seconds() / LOOKS))
        await service.settled(timedelta(minutes=1))
        await asyncio.sleep((TICK * 3).total_seconds())
        cpu, held_up = time.process_time() - cpu, _held_up() - held_up
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await source.close()
        await store.close()
    spans = sorted(platform.accepted[ref] - at for ref, at in source.fetched.items() if ref in platform.accepted)
    p95 = spans[int(len(spans) * 0.95)]
    print(
        f"\n{a_second} changed feeds a second for {lasts.seconds} s, each with a new entry that somebody watches for:"
    )
    print(
        f"  changed {len(source.fetched)}, told {len(spans)}, messages {platform.messages}, {cpu / lasts.seconds:.0%} of a core"
    )
    print(
        f"  fetched to accepted: p50 {spans[len(spans) // 2]:.2f} s, p95 {p95:.2f} s (under 1), worst {spans[-1]:.2f} s"
    )
    print(f"  other programs kept us from the CPU for {held_up:.1f} s of it")
    return Told(changed=len(source.fetched), accepted=len(spans), p95=p95)


def _held_up() -> float:
    """Return for how many seconds we were ready to run and had no CPU."""
    return int(Path("/proc/self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9


def _wanted(*, stories: tuple[Story, ...], now: datetime) -> Wanted:
    channels = tuple(
        Channel(id=f"accepting:desk:{number}", platform="accepting", workspace="desk", address=str(number))
        for number in range(CHANNELS)
    )
    return Wanted(
        stories=stories,
        channels=channels,
        subscriptions=(Subscription(channel=channels[0].id, story="all", level=Level.EVERYTHING, since=now),),
        watches=tuple(
            Watch(name="topic", channel=channel.id, query=f"topic{channel.address}", since=now) for channel in channels
        ),
    )


async def _follow(store: Store, count: int, now: datetime) -> None:
    async with store.write() as session:
        for number in range(count):
            feed = Feed(id=f"feed-{number}", url=f"https://outlet-{number}.example/feed", outlet=f"Outlet {number}")
            await session.feeds.put(feed, FeedState(due=now))


async def _spread(store: Store, a_second: int, first: datetime) -> None:
    """Let so many feeds be due each second."""
    async with store.write() as session:
        for number, (feed, state) in enumerate(await session.feeds.all()):
            await session.feeds.put(feed, replace(state, due=first + TICK * number / a_second))


def _feed(number: int, version: int, now: datetime) -> str:
    items = "".join(_item(number, index, now) for index in range(version, version - SIZE, -1))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet {number}</title>{items}</channel></rss>'


def _item(number: int, index: int, now: datetime) -> str:
    draw = random.Random(number * 10_007 + index)  # noqa: S311 - dull texts need no secrets
    one, other = draw.sample(PARTIES, 2)
    # Only the newest is watched for; no two texts are alike enough to be copies.
    topic = f"topic{number % CHANNELS}" if index > SIZE else "nothing"
    text = draw.choice(TEXTS).format(one=one, other=other, topic=topic)
    noise = " ".join(f"{draw.getrandbits(40):x}" for _ in range(12))
    return (
        f"<item><guid isPermaLink='false'>{number}-{index}</guid><title>{text[:60]} {noise[:10]}</title>"
        f"<link>https://outlet-{number}.example/{index}</link><description>{text} {noise}</description>"
        f"<pubDate>{format_datetime(now - timedelta(minutes=SIZE + 5 - index % SIZE))}</pubDate></item>"
    )
