"""A correction is written into the logs that it concerns, and told to who was alerted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.announce.names import Names
from bot.domain.actor import Gazetteer
from bot.domain.alert import Alert
from bot.domain.correction import Corrected
from bot.domain.feed import EntryRef
from bot.domain.story import Action, LogEntry, Story
from bot.errors import CommandError
from bot.ports import Clock, Session, Store
from bot.services.rearrange import Rearranged, Rearranging
from bot.track.arrange import Arrangement
from bot.track.fold import cities_of, fold
from bot.track.log import UNDONE, correction, standing
from bot.track.slugs import is_slug
from bot.views import arrangement_of, stories_of


class Pen:
    """What every correction needs."""

    def __init__(self, store: Store, gazetteer: Gazetteer, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._names = Names(gazetteer)
        self._cities = cities_of(gazetteer)

    def _line(self, action: Action, workspace: str, by: str, note: str, **fields: object) -> LogEntry:
        at = self._clock.now()
        return LogEntry(id="", at=at, action=action, by=by, workspace=workspace, note=note, **fields)  # type: ignore[arg-type]

    async def _write(  # noqa: PLR0913, PLR0917 - what is written where, and what is said of it
        self,
        session: Session,
        before: Arrangement,
        homes: Sequence[str],
        said: LogEntry,
        why: str | None,
        follow: LogEntry | None = None,
    ) -> int:
        """Write a correction into the logs that it concerns; return how many posts were edited for it."""
        lines = [line for line in (said, follow) if line is not None]
        work = Rearranging(session=session, names=self._names, cities=self._cities, at=said.at)
        kept = await work.remember(homes, said) if why is not None else Rearranged()
        await self._hold_apart(session, before, homes, said)
        for home in homes:
            await session.stories.append(home, lines)
        return await work.tell(kept, why) if why is not None else 0

    async def _hold_apart(self, session: Session, before: Arrangement, homes: Sequence[str], said: LogEntry) -> None:
        """Let what waits for everybody wait for a workspace by itself once it sees the story otherwise."""
        if said.workspace is None:
            return
        for story in {before.root(home) for home in homes if not before.owns(home)}:
            for held in await session.alerts.held(story):
                await session.alerts.hold(replace(held, alert=replace(held.alert, workspace=said.workspace)))

    async def _done(  # noqa: PLR0913, PLR0917 - all that is told of it
        self, session: Session, said: LogEntry, home: str, workspace: str | None, reports: int, posts: int
    ) -> Corrected:
        after = await arrangement_of(session, workspace)
        stories = {story.id: story for story in await stories_of(session, after)}
        into = stories.get(said.into) if said.into is not None else None
        return Corrected(entry=said, story=stories[home], into=into, reports=reports, posts=posts)

    async def _logs(self, session: Session, told: Alert, before: Arrangement) -> Mapping[str, Sequence[LogEntry]]:
        home = before.root(told.story)
        return {other: await session.stories.log(other, before.workspace) for other in before.logs(home)}

    def _behind(self, told: Alert, logs: Mapping[str, Sequence[LogEntry]], before: Arrangement) -> tuple[str, ...]:
        """Return the reports that stand behind what an alert tells, those of further sources too."""
        home = before.root(told.story)
        log = before.told(home, logs)
        slots = fold(log, cities=self._cities).slots
        wanted = {id_ for change in told.changes for id_ in change.reports}
        for change in told.changes:
            slot = slots.get(change.slot)
            if slot is not None and slot.value == change.after:
                wanted |= set(slot.reports)
        found = tuple(entry.id for entry in standing(log) if entry.id in wanted and entry.report is not None)
        if not found:
            raise CommandError("That alert was taken back already. `/corrections list` tells by whom.")
        return found

    async def _show(self, session: Session, story: str | None) -> None:
        """Let everybody see a story that a workspace split off."""
        for each in await session.stories.all():
            if each.id == story and each.workspace is not None:
                await session.stories.put(replace(each, workspace=None))

    async def _public(self, session: Session, homes: Sequence[str]) -> dict[str, EntryRef | None]:
        """Return what everybody sees of some logs: the lines' ids with their articles."""
        return {
            entry.id: entry.report.source.ref if entry.report else None
            for home in homes
            for entry in await session.stories.log(home)
        }


def for_all(found: LogEntry, public: Mapping[str, EntryRef | None], by: str, at: datetime) -> LogEntry:
    """Return a correction as everybody gets it: nothing that only its workspace sees is in it."""
    undone = found.reason == UNDONE
    targets = tuple(target for target in found.targets if target in public)
    if found.targets and not targets:
        if undone:
            raise CommandError("It undoes what counts in its own workspace alone, so there is nothing to promote.")
        raise CommandError("It concerns a private feed alone, so there is nothing to promote.")
    refs = set(public.values())
    articles = tuple(ref for ref in found.articles if ref in refs)
    return replace(found, workspace=None, by=by, note="", targets=targets, articles=articles, at=at)


async def sealed(session: Session, line: LogEntry) -> LogEntry:
    """Return a correction with its id; the same one made twice at one moment is two."""
    taken = {entry.id for _, entry in await session.stories.corrections()}
    said = correction(line)
    while said.id in taken:
        line = replace(line, at=line.at + timedelta(microseconds=1))
        said = correction(line)
    return said


async def find_alert(session: Session, name: str, workspace: str) -> Alert:
    """Return the post that an id names, or that what it names belongs to.

    Raises:
        CommandError: If the workspace sees none.
    """
    found = await session.alerts.get(name, workspace)
    if found is not None and found[0].of is not None:
        found = await session.alerts.get(found[0].of, workspace)
    if found is None or not found[0].story:
        raise CommandError("No alert `{name}`. Press the button under it, or name its story.", name=name)
    return found[0]


def logs_with(logs: Mapping[str, Sequence[LogEntry]], targets: Sequence[str]) -> list[str]:
    """Return the stories whose logs hold some of the lines."""
    return [home for home, log in logs.items() if any(entry.id in targets for entry in log)]


def reports_in(arrangement: Arrangement, story: str, logs: Mapping[str, Sequence[LogEntry]]) -> tuple[LogEntry, ...]:
    """Return the reports that stand in a story."""
    return tuple(entry for entry in standing(arrangement.told(story, logs)) if entry.report is not None)


def answering(stories: Sequence[Story], slug: str) -> Story | None:
    """Return the story that answers to a name, if there is one."""
    return next((story for story in stories if slug in {story.slug, story.id, *story.aliases}), None)


def opened(slug: str, home: Story, workspace: str) -> Story:
    """Return a new story for a part of another one."""
    if not is_slug(slug):
        raise CommandError("`{slug}` cannot be a slug; use small letters, digits and hyphens.", slug=slug)
    return Story(
        id=f"{slug}@{workspace}",
        slug=slug,
        title=slug.replace("-", " ").capitalize(),
        about=home.about,
        parties=home.parties,
        mediators=home.mediators,
        hosts=home.hosts,
        since=home.since,
        workspace=workspace,
        split_from=home.id,
    )


def find_correction(corrections: Sequence[tuple[str, LogEntry]], name: str) -> tuple[list[str], LogEntry]:
    """Return the correction that an id's beginning names, and the stories whose logs hold it."""
    wanted = name.strip().lower()
    found = {entry.id: entry for _, entry in corrections if wanted and entry.id.startswith(wanted)}
    if not found:
        raise CommandError("No correction `{wanted}` holds. `/corrections list` shows those that do.", wanted=wanted)
    if len(found) > 1:
        raise CommandError("Several corrections begin so. `/corrections list` shows those that do.")
    [entry] = found.values()
    if entry.because is not None:
        return find_correction(corrections, entry.because)
    return [story for story, other in corrections if other.id == entry.id], entry
