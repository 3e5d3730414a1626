"""What a correction changes for whom, and the edits that it makes of what they were told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.announce.brief import Brief
from bot.announce.by_hand import mend_by_hand
from bot.announce.names import Names
from bot.domain.alert import Mode
from bot.domain.story import LogEntry, StoryState
from bot.ports import Session
from bot.services.memory import StoryMemory
from bot.services.speaker import Speaker
from bot.track.arrange import Arrangement, arrange
from bot.track.diff import diff
from bot.views import alerts_of, log_of, stories_of

#: (workspace, story).
View = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Rearranged:
    """How the stories stood for everybody concerned before a correction."""

    states: Mapping[View, StoryState] = field(default_factory=dict)
    told: Mapping[View, StoryMemory] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rearranging:
    """One correction, in one transaction."""

    session: Session
    names: Names
    cities: Mapping[str, str]
    #: News time.
    at: datetime

    async def remember(self, homes: Sequence[str], said: LogEntry) -> Rearranged:
        """Return how the stories that hold a correction stand before it, for everybody whom it concerns."""
        states: dict[View, StoryState] = {}
        told: dict[View, StoryMemory] = {}
        for workspace in await self._concerned(homes, said):
            arrangement = await self._arrangement(workspace)
            for story in dict.fromkeys(arrangement.root(home) for home in homes):
                about = await self._memory(story, arrangement)
                states[workspace, story], told[workspace, story] = about.state, about
        return Rearranged(states=states, told=told)

    async def tell(self, before: Rearranged, why: str) -> int:
        """Edit the posts that told what the correction changed; return how many."""
        subscriptions = await self.session.channels.subscriptions()
        mutes = list(await self.session.channels.mutes())
        edits = 0
        for (workspace, story), state in before.states.items():
            arrangement = await self._arrangement(workspace)
            former = before.told[workspace, story]
            about = await self._memory(story, arrangement)
            changes = diff(state, about.state, self.cities)
            reports = {**former.reports, **about.reports}
            refs = {reports[id_].source.ref for change in changes for id_ in change.reports if id_ in reports}
            texts = await self.session.articles.get(refs)
            called = next(one for one in await stories_of(self.session, arrangement) if one.id == story)
            brief = Brief(story=called, reports=reports, articles=texts, told=former.told, at=self.at, names=self.names)
            alerts = mend_by_hand(brief, changes, why)
            speaker = Speaker(
                session=self.session,
                names=self.names,
                subscriptions=subscriptions,
                mutes=mutes,
                arrangement=arrangement,
                apart=frozenset(await self._apart(story)),
            )
            for alert in alerts:
                await speaker.say(alert, called, former)
                edits += alert.mode is Mode.EDIT
        return edits

    async def _concerned(self, homes: Sequence[str], said: LogEntry) -> Sequence[str | None]:
        if said.workspace is not None:
            return [said.workspace]
        return list(dict.fromkeys((None, *[each for home in homes for each in await self._apart(home)])))

    async def _apart(self, story: str) -> Sequence[str]:
        """Return the workspaces that see a story otherwise than everybody does."""
        corrections = await self.session.stories.corrections()
        own = {entry.workspace for _, entry in corrections if entry.workspace is not None}
        return [workspace for workspace in sorted(own) if arrange(corrections, workspace).owns(story)]

    async def _arrangement(self, workspace: str | None) -> Arrangement:
        return arrange(await self.session.stories.corrections(), workspace)

    async def _memory(self, story: str, arrangement: Arrangement) -> StoryMemory:
        log = await log_of(self.session, story, arrangement)
        alerts = await alerts_of(self.session, story, arrangement)
        return StoryMemory(log, alerts, self.cities)
