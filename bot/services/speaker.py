"""An alert is kept, and put into the outbox of everybody who should hear it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.announce.alerts import edited
from bot.announce.audience import ends, hears, is_muted
from bot.announce.cards import alert_card
from bot.announce.names import Names
from bot.domain.alert import Alert, Mode
from bot.domain.audience import Mute, Subscription, workspace_of
from bot.domain.delivery import EDIT, POST, Delivery, line
from bot.domain.story import Cause, Story
from bot.ports import Session
from bot.services.memory import StoryMemory
from bot.track.arrange import Arrangement

MENDS = frozenset({Cause.CORRECTION, Cause.RETRACTION})

Follows = TypeVar("Follows", Subscription, Mute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Tells the channels of one workspace, or of all that see a story alike."""

    session: Session
    names: Names
    subscriptions: Sequence[Subscription]
    #: The mutes that stand; one that ends is taken out.
    mutes: list[Mute]
    #: How those who are told have their stories.
    arrangement: Arrangement
    #: Workspaces that see the story otherwise and are told by themselves.
    apart: frozenset[str]

    async def say(self, alert: Alert, story: Story, about: StoryMemory) -> Alert:
        """Keep an alert and send it; return it as it was kept."""
        alert = replace(alert, workspace=self.arrangement.workspace)
        about.hear(alert)
        if alert.mode is Mode.POST:
            about.tell(alert)
            await self.session.alerts.put(alert, alert_card(alert, story, self.names))
            await self._send(alert.id, POST, await self._hearers(alert))
            return alert
        await self.session.alerts.put(alert, None)
        post = next((told for told in about.told if told.id == alert.of), None)
        if post is None:
            return alert
        rows = await self.session.outbox.of_alert(post.id)
        readers = sorted(row.channel for row in rows if row.part == POST and self._tells(row.channel))
        if alert.mode is Mode.EDIT:
            now = edited(post, alert)
            about.tell(now)
            await self.session.alerts.put(now, alert_card(now, story, self.names))
            await self._send(post.id, EDIT, readers)
        else:
            if alert.reason not in MENDS:
                readers = [reader for reader in readers if reader not in self._deaf(alert)]
            lines = [int(row.part.removeprefix("line:")) for row in rows if row.part.startswith("line:")]
            await self._send(post.id, line(max(lines, default=0) + 1), readers, text=alert.headline)
        return alert

    async def _hearers(self, alert: Alert) -> list[str]:
        """Return the channels that should hear a post; what it changes may end a mute.

        Who follows or mutes a story that was merged, means its heir.
        """
        for mute in [mute for mute in self.mutes if self._tells(mute.channel) and ends(self._meant(mute), alert)]:
            self.mutes.remove(mute)
            await self.session.channels.unmute(mute.channel, mute.story)
        followers = {each.channel for each in self.subscriptions if hears(self._meant(each), alert)}
        return sorted(channel for channel in followers - self._deaf(alert) if self._tells(channel))

    def _deaf(self, alert: Alert) -> set[str]:
        return {mute.channel for mute in self.mutes if is_muted(self._meant(mute), alert)}

    def _meant(self, of_story: Follows) -> Follows:
        return replace(of_story, story=self.arrangement.root(of_story.story))

    def _tells(self, channel: str) -> bool:
        workspace = self.arrangement.workspace
        theirs = workspace_of(channel)
        return theirs not in self.apart if workspace is None else theirs == workspace

    async def _send(self, alert: str, part: str, channels: Sequence[str], text: str = "") -> None:
        await self.session.outbox.put(
            Delivery(channel=channel, alert=alert, part=part, text=text) for channel in channels
        )
