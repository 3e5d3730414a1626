"""Channels, what they follow, what they watch for and what they want to hear nothing of."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from bot.domain.audience import Channel, Mute, Subscription, Watch
from bot.store.codec import decode, encode
from bot.store.tables import channels, mutes, subscriptions, watches
from bot.store.transaction import Transaction, put

_CHANNELS = select(channels.c.channel).order_by(channels.c.id)
_CHANNEL = _CHANNELS.where(channels.c.id == bindparam("which"))
_FORGET = [
    *(delete(table).where(table.c.channel == bindparam("of")) for table in (subscriptions, watches, mutes)),
    delete(channels).where(channels.c.id == bindparam("of")),
]
_SUBSCRIPTIONS = select(subscriptions.c.subscription).order_by(subscriptions.c.channel, subscriptions.c.story)
_SUBSCRIPTIONS_OF = _SUBSCRIPTIONS.where(subscriptions.c.channel == bindparam("of"))
_UNSUBSCRIBE = delete(subscriptions).where(
    subscriptions.c.channel == bindparam("of"), subscriptions.c.story == bindparam("which")
)
_WATCHES = select(watches.c.watch).order_by(watches.c.channel, watches.c.name)
_WATCHES_OF = _WATCHES.where(watches.c.channel == bindparam("of"))
_REMOVE_WATCH = delete(watches).where(watches.c.channel == bindparam("of"), watches.c.name == bindparam("which"))
_MUTES = select(mutes.c.mute).order_by(mutes.c.channel, mutes.c.story)
_MUTES_OF = _MUTES.where(mutes.c.channel == bindparam("of"))
_UNMUTE = delete(mutes).where(mutes.c.channel == bindparam("of"), mutes.c.story == bindparam("which"))


class SqlChannels:
    """Channels, their subscriptions, watches and mutes."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def put(self, channel: Channel) -> None:
        """Add a channel, or replace what is known of it."""
        row = {"id": channel.id, "workspace": channel.workspace, "channel": encode(channel)}
        await put(self._transaction, channels, [row])

    async def get(self, channel: str) -> Channel | None:
        """Return the channel of this id, if there is one."""
        found = await self._transaction.rows(_CHANNEL, {"which": channel})
        return decode(Channel, found[0].channel) if found else None

    async def all(self) -> Sequence[Channel]:
        """Return every channel by id."""
        return [decode(Channel, row.channel) for row in await self._transaction.rows(_CHANNELS)]

    async def forget(self, channel: str) -> None:
        """Remove a channel with all that it follows, watches and mutes."""
        for statement in _FORGET:
            await self._transaction.run(statement, {"of": channel})

    async def subscribe(self, subscription: Subscription) -> None:
        """Follow a story, or change how; one subscription a channel and story."""
        row = {
            "channel": subscription.channel,
            "story": subscription.story,
            "subscription": encode(subscription),
        }
        await put(self._transaction, subscriptions, [row])

    async def unsubscribe(self, channel: str, story: str) -> bool:
        """Stop following; ``False`` if the channel did not follow it."""
        return await self._transaction.run(_UNSUBSCRIBE, {"of": channel, "which": story}) > 0

    async def subscriptions(self, channel: str | None = None) -> Sequence[Subscription]:
        """Return all subscriptions, or a channel's, by channel and story."""
        found = (
            await self._transaction.rows(_SUBSCRIPTIONS)
            if channel is None
            else await self._transaction.rows(_SUBSCRIPTIONS_OF, {"of": channel})
        )
        return [decode(Subscription, row.subscription) for row in found]

    async def put_watch(self, watch: Watch) -> None:
        """Add a watch, or replace the channel's watch of that name."""
        row = {"channel": watch.channel, "name": watch.name, "watch": encode(watch)}
        await put(self._transaction, watches, [row])

    async def remove_watch(self, channel: str, name: str) -> bool:
        """Remove a watch; ``False`` if the channel had none of that name."""
        return await self._transaction.run(_REMOVE_WATCH, {"of": channel, "which": name}) > 0

    async def watches(self, channel: str | None = None) -> Sequence[Watch]:
        """Return all watches, or a channel's, by channel and name."""
        found = (
            await self._transaction.rows(_WATCHES)
            if channel is None
            else await self._transaction.rows(_WATCHES_OF, {"of": channel})
        )
        return [decode(Watch, row.watch) for row in found]

    async def mute(self, mute: Mute) -> None:
        """Mute a story in a channel, or change for how long."""
        await put(self._transaction, mutes, [{"channel": mute.channel, "story": mute.story, "mute": encode(mute)}])

    async def unmute(self, channel: str, story: str) -> bool:
        """Let a story be heard again; ``False`` if it was not muted."""
        return await self._transaction.run(_UNMUTE, {"of": channel, "which": story}) > 0

    async def mutes(self, channel: str | None = None) -> Sequence[Mute]:
        """Return all mutes, or a channel's, by channel and story; some may be over."""
        found = (
            await self._transaction.rows(_MUTES)
            if channel is None
            else await self._transaction.rows(_MUTES_OF, {"of": channel})
        )
        return [decode(Mute, row.mute) for row in found]
