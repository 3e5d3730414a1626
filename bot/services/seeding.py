"""What seeds and settings say is written into the store, and again when it changes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.address import address_key, free_name, keys_of
from bot.domain.audience import Channel, Subscription, Watch
from bot.domain.feed import Feed, FeedState
from bot.domain.story import Story
from bot.ports import Session, Store


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
        await _seed_feeds(session, wanted.feeds, now)
        for channel in wanted.channels:
            if await session.channels.get(channel.id) is None:
                await session.channels.put(channel)
        for subscription in wanted.subscriptions:
            await session.channels.subscribe(subscription)
        for watch in wanted.watches:
            await session.channels.put_watch(watch)


async def _seed_feeds(session: Session, feeds: Iterable[Feed], now: datetime) -> None:
    """Add the feeds that are not read yet, under another name if theirs is taken, and renew those that were edited.

    A feed that somebody removed stays away, and one that is read already
    under another name is not read twice.
    """
    rows = await session.feeds.seen_by(None)
    taken = {feed.id for feed, _ in rows}
    read = {key for feed, _ in rows for key in keys_of(feed)}
    declared = {feed.id: (feed, state) for feed, state in rows if feed.declared}
    declared |= {address_key(feed.declared or ""): (feed, state) for feed, state in declared.values()}
    for feed in feeds:
        known = declared.get(address_key(feed.url)) or declared.get(feed.id)
        if known is not None:
            await _renew(session, *known, feed, now)
        elif not keys_of(feed) & read and not await session.feeds.was_removed(feed):
            added = replace(feed, id=free_name(feed.id, taken))
            await session.feeds.put(added, FeedState(due=now))
            taken.add(added.id)
            read |= keys_of(added)


async def _renew(session: Session, feed: Feed, state: FeedState, wanted: Feed, now: datetime) -> None:
    """Take over what was edited; the address only if it is another than was written before."""
    moved = address_key(wanted.url) != address_key(feed.declared or "")
    full_text = feed.full_text if wanted.full_text is None else wanted.full_text
    kept = replace(wanted, id=feed.id, full_text=full_text)
    if not moved:
        kept = replace(kept, url=feed.url, aliases=feed.aliases)
    if kept != feed:
        await session.feeds.put(kept, FeedState(due=now) if moved else state)
