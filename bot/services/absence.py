"""Channels that are closed to us: paused, told once, taken up again, and in the end forgotten."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot import log
from bot.domain.audience import Channel, Presence
from bot.ports import Platform, Store

_log = log.get("absence")

# A server that vanishes for a week, an app that is reinstalled after a
# holiday: what people set up must still be there.
KEPT = timedelta(days=30)


class Absence:
    """Remembers where we may not post, and sees to it that somebody knows."""

    def __init__(
        self,
        store: Store,
        platforms: Mapping[str, Platform],
        machine_now: Callable[[], datetime],
        news_now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._platforms = platforms
        self._machine_now = machine_now
        self._news_now = news_now

    async def hear(self, presence: Presence) -> None:
        """Take in what a platform says of a channel, or of all channels of a workspace."""
        if presence.address is None:
            await self._note(presence)
        async with self._store.read() as session:
            there = [channel for channel in await session.channels.all() if presence.concerns(channel)]
        if presence.why is None:
            await self.back(*there)
        else:
            await self.lost(presence.why, *there)

    async def lost(self, why: str, *channels: Channel) -> None:
        """Pause channels, and tell who keeps them, each only the first time."""
        to_tell: list[Channel] = []
        async with self._store.write() as session:
            for channel in channels:
                now = await session.channels.get(channel.id)
                if now is None or now.paused == why:
                    continue
                since = now.paused_since or self._machine_now()
                await session.channels.put(replace(now, paused=why, paused_since=since))
                _log.warning("channel paused", channel=channel.id, why=why)
                if not now.told:
                    to_tell.append(replace(now, paused=why, paused_since=since))
        await self._tell(to_tell)

    async def back(self, *channels: Channel) -> None:
        """Go on in channels that take messages again, with what was said meanwhile."""
        async with self._store.write() as session:
            for channel in channels:
                now = await session.channels.get(channel.id)
                if now is not None and now.paused_since is not None:
                    open_again = replace(now, paused=None, paused_since=None, resumed=self._news_now(), told=False)
                    await session.channels.put(open_again)
                    await session.outbox.hurry(channel.id)
                    _log.warning("channel resumed", channel=channel.id)

    async def round(self) -> None:
        """Tell whom we could not reach before, and forget what has been closed to us for too long."""
        async with self._store.read() as session:
            away = [channel for channel in await session.channels.all() if channel.paused_since is not None]
        before = self._machine_now() - KEPT
        await self._forget_workspaces(before)
        await self._tell(channel for channel in away if not channel.told and not _is_over(channel, before))
        for channel in away:
            if _is_over(channel, before):
                async with self._store.write() as session:
                    now = await session.channels.get(channel.id)
                    if now is not None and _is_over(now, before):
                        await session.channels.forget(channel.id)
                        _log.warning("channel forgotten", channel=channel.id, why=channel.paused)

    async def _note(self, presence: Presence) -> None:
        """Remember that a whole workspace has gone, or come back."""
        async with self._store.write() as session:
            if presence.why is None:
                await session.departures.undo(presence.workspace)
            else:
                await session.departures.note(presence.workspace, self._machine_now())

    async def _forget_workspaces(self, before: datetime) -> None:
        """Remove all that belonged to workspaces which threw us out long ago."""
        async with self._store.write() as session:
            gone = await session.departures.before(before)
            for workspace in gone:
                await session.departures.forget(workspace)
                _log.warning("workspace forgotten", workspace=workspace)

    async def _tell(self, channels: Iterable[Channel]) -> None:
        for channel in channels:
            platform = self._platforms.get(channel.platform)
            text = (
                f"I can no longer post here: {channel.paused}. What this channel follows is kept for {KEPT.days} days; "
                "I go on by myself once I may post again."
            )
            if platform is None or not await platform.tell(channel, text):
                _log.warning("nobody could be told that a channel is paused", channel=channel.id)
                continue
            async with self._store.write() as session:
                now = await session.channels.get(channel.id)
                if now is not None:
                    await session.channels.put(replace(now, told=True))


def _is_over(channel: Channel, before: datetime) -> bool:
    return channel.paused is not None and channel.paused_since is not None and channel.paused_since <= before
