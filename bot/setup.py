"""What the store should hold from the start, according to seeds and settings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib.resources.abc import Traversable

from bot import seeds
from bot.config import Settings
from bot.domain.address import short_name
from bot.domain.audience import CONSOLE, PAGE, Channel, Level, Subscription, Watch
from bot.domain.feed import Feed
from bot.services.seeding import Wanted
from bot.watch.query import parse


def wanted(settings: Settings, folders: Sequence[Traversable], now: datetime) -> Wanted:
    """Return stories, feeds, channels, subscriptions and watches.

    Console and page follow every story, unless the settings say for them
    what they follow.

    Raises:
        SeedError: If a seed file is broken.
    """
    stories = tuple(story for folder in folders for story in seeds.stories(folder / "stories"))
    ids = {name: story.id for story in stories for name in (story.slug, *story.aliases)}
    local = [*([CONSOLE] if settings.console else []), *([PAGE] if settings.web.enabled else [])]
    chosen = tuple(
        Subscription(
            channel=row.channel,
            story=ids.get(row.story, row.story),
            level=row.level,
            kinds=frozenset(row.kinds),
            since=now,
        )
        for row in settings.subscriptions
    )
    spoken_for = {subscription.channel for subscription in chosen}
    everything = tuple(
        Subscription(channel=channel.id, story="all", level=Level.NORMAL, since=now)
        for channel in local
        if channel.id not in spoken_for
    )
    named = dict.fromkeys([*spoken_for, *(row.channel for row in settings.watches)])
    return Wanted(
        stories=stories,
        feeds=_feeds(settings, folders),
        channels=(*local, *(_channel(id_) for id_ in named if id_ not in {CONSOLE.id, PAGE.id})),
        subscriptions=(*everything, *chosen),
        watches=tuple(
            Watch(name=row.name, channel=row.channel, query=str(parse(row.query)), since=now)
            for row in settings.watches
        ),
    )


def _feeds(settings: Settings, folders: Sequence[Traversable]) -> tuple[Feed, ...]:
    starters = (feed for folder in folders for feed in seeds.feeds(folder)) if settings.feeds.starter else ()
    kept = {feed.id: feed for feed in starters}
    for row in settings.feeds.add:
        name = row.id or short_name(row.url, kept)
        kept[name] = Feed(
            id=name,
            url=row.url,
            outlet=row.outlet or name,
            language=row.language,
            country=row.country,
            kind=row.kind,
            full_text=row.full_text,
        )
    return tuple(replace(feed, declared=feed.url) for feed in kept.values())


def _channel(id_: str) -> Channel:
    platform, workspace, address = id_.split(":", 2)
    return Channel(id=id_, platform=platform, workspace=workspace, address=address)
