"""What seeds and settings say is written into the store, and again when it changes."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.audience import Channel, Subscription, Watch
from bot.domain.feed import Feed, FeedState
from bot.domain.story import Story
from bot.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the store should hold from the start."""

    stories: tuple[Story, ...] = ()
    feeds: tuple[Feed, ...] = ()
    channels: tuple[Channel, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    watches: tuple[Watch, ...] = ()


async def seed(store: Store, wanted: Wanted, now: datetime) -> None:
    """Add what is missing and renew what was edited; what people added in the chat stays."""
    async with store.write() as session:
        known = {story.id: story for story in await session.stories.all()}
        for story in wanted.stories:
            if known.get(story.id) != story:
                await session.stories.put(story)
        there = {feed.id for feed, _ in await session.feeds.all()}
        for feed in wanted.feeds:
            if feed.id not in there:
                await session.feeds.put(feed, FeedState(due=now))
        for channel in wanted.channels:
            if await session.channels.get(channel.id) is None:
                await session.channels.put(channel)
        for subscription in wanted.subscriptions:
            await session.channels.subscribe(subscription)
        for watch in wanted.watches:
            await session.channels.put_watch(watch)
