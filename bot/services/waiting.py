"""A story's post of small words, while it waits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.announce.gather import GATHERED_FOR, standing, together
from bot.announce.names import Names
from bot.announce.told import edited
from bot.domain.alert import Alert, Mode
from bot.domain.feed import Article, EntryRef
from bot.domain.story import Change, Story
from bot.ports import Held, Session
from bot.services.memory import StoryMemory


@dataclass(slots=True, kw_only=True)
class Waiting:
    """What waits of one story, for everybody or for one workspace."""

    session: Session
    names: Names
    story: Story
    about: StoryMemory
    workspace: str | None
    #: At most one waits at a time.
    held: Held | None

    def holds(self, alert: Alert) -> bool:
        """Return whether an edit or a line belongs to what still waits."""
        return self.held is not None and alert.of == self.held.alert.id

    async def take(self, alert: Alert, texts: Mapping[EntryRef, Article]) -> None:
        """Let a post wait, together with what waits already."""
        alert = replace(alert, workspace=self.workspace)
        if self.held is None:
            self.held = Held(alert=alert, due=alert.at + GATHERED_FOR)
        else:
            first = self.held.alert
            self.held = replace(self.held, alert=await self._with(first, (*first.changes, *alert.changes), texts))
        await self._keep()

    async def melt(self, alert: Alert, texts: Mapping[EntryRef, Article]) -> None:
        """Let an edit become part of what waits; nobody has seen it, so a line in its thread would tell nothing."""
        if self.held is None or alert.mode is not Mode.EDIT:
            return
        left = standing(self.held.alert, alert)
        if not left:
            await self.session.alerts.drop(self.held.alert)
            self.about.forget(self.held.alert)
            self.held = None
            return
        now = replace(edited(self.held.alert, alert), workspace=self.workspace)
        self.held = replace(self.held, alert=await self._with(now, left, texts))
        await self._keep()

    async def _with(self, post: Alert, changes: tuple[Change, ...], texts: Mapping[EntryRef, Article]) -> Alert:
        at, reports = post.at, self.about.reports
        refs = {reports[id_].source.ref for change in changes for id_ in change.reports if id_ in reports}
        known = {**await self.session.articles.get(refs - texts.keys()), **texts}
        now = together(self.story, post, changes, reports, known, self.about.told, at, self.names)
        return replace(now, workspace=self.workspace)

    async def _keep(self) -> None:
        if self.held is not None:
            await self.session.alerts.hold(self.held)
            self.about.tell(self.held.alert)
