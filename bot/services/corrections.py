"""People correct what the bot made of the news: a log entry with who and when, and edits for who was alerted.

A correction counts in the workspace of the person who makes it, until the
operator promotes it. Nothing is lost by one, so `undo` gives back what was.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.correction import Corrected, short
from bot.domain.story import Action, LogEntry, Story
from bot.errors import CommandError
from bot.services.pen import (
    Pen,
    answering,
    find_alert,
    find_correction,
    for_all,
    logs_with,
    opened,
    reports_in,
    sealed,
)
from bot.track.log import UNDONE, WRONG, correction, standing
from bot.track.slugs import is_slug
from bot.views import arrangement_of, articles_of, log_of, stories_of
from bot.watch.query import Text, parse


class Corrections(Pen):
    """Carries out what people say is wrong, each in one transaction."""

    async def wrong(self, alert: str, *, workspace: str, by: str, note: str = "") -> Corrected:
        """Take back what an alert told, and tell who was alerted.

        Args:
            alert: An alert's id, as its button has it.
            workspace: Where it counts.
            by: Who says so.
            note: Why.

        Raises:
            CommandError: If there is no such alert, or nothing of it stands.
        """
        async with self._store.write() as session:
            before = await arrangement_of(session, workspace)
            told = await find_alert(session, alert, workspace)
            logs = await self._logs(session, told, before)
            targets = self._behind(told, logs, before)
            line = self._line(Action.RETRACT, workspace, by, note, targets=targets, title=told.headline)
            said = await sealed(session, replace(line, reason=WRONG))
            why = f"marked wrong: {note}" if note else "marked wrong"
            done = await self._write(session, before, logs_with(logs, targets), said, why)
            return await self._done(session, said, before.root(told.story), workspace, len(targets), done)

    async def move(self, alert: str, *, workspace: str, by: str, into: str | None = None, note: str = "") -> Corrected:
        """Say that the articles behind an alert belong to another story, or to none.

        Args:
            alert: An alert's id.
            workspace: Where it counts.
            by: Who says so.
            into: The id of the story where they belong; ``None``: nowhere.
            note: Why.

        Raises:
            CommandError: If there is no such alert, or nothing of it stands in its story.
        """
        async with self._store.write() as session:
            before = await arrangement_of(session, workspace)
            told = await find_alert(session, alert, workspace)
            home = before.root(told.story)
            if into is not None and before.root(into) == home:
                raise CommandError("It is told in that story already.")
            logs = await self._logs(session, told, before)
            articles = tuple(dict.fromkeys(told.entries))
            targets = tuple(
                entry.id
                for entry in standing(entry for log in logs.values() for entry in log)
                if entry.report is not None and entry.report.source.ref in articles
            )
            if not targets:
                raise CommandError("Nothing of that alert stands in its story any more. `/corrections list` tells why.")
            line = self._line(Action.MOVE, workspace, by, note, targets=targets, title=told.headline)
            said = await sealed(session, replace(line, into=into, articles=articles))
            done = await self._write(session, before, logs_with(logs, targets), said, "not this story")
            return await self._done(session, said, home, workspace, len(targets), done)

    async def merge(self, story: str, into: str, *, workspace: str, by: str) -> Corrected:
        """Tell a story as part of another one; its slug goes on answering.

        Raises:
            CommandError: If both are one already.
        """
        async with self._store.write() as session:
            before = await arrangement_of(session, workspace)
            gone, heir = before.root(story), before.root(into)
            if gone == heir:
                raise CommandError("These two are one story already.")
            said = await sealed(session, replace(self._line(Action.MERGE, workspace, by, ""), into=heir))
            reports = reports_in(before, gone, {gone: await log_of(session, gone, before)})
            await self._write(session, before, [gone], said, None)
            return await self._done(session, said, gone, workspace, len(reports), 0)

    async def split(self, story: str, slug: str, query: str, *, workspace: str, by: str) -> Corrected:
        """Tell what matches a query apart from its story, what comes after too.

        Args:
            story: The story's id.
            slug: Of a new story, or of one that there is.
            query: As for watches.
            workspace: Where it counts.
            by: Who says so.

        Raises:
            CommandError: If the slug cannot be one, or is the story's own.
            QueryError: If the query cannot be read.
        """
        matches = parse(query).matches
        async with self._store.write() as session:
            before = await arrangement_of(session, workspace)
            home = before.root(story)
            there = await stories_of(session, before)
            part = answering(there, slug) or opened(slug, next(one for one in there if one.id == home), workspace)
            if before.root(part.id) == home:
                raise CommandError("`{slug}` is that story itself; name the new one otherwise.", slug=slug)
            if part.split_from == home and part not in there:
                await session.stories.put(part)
            joined = [ref for ref, _ in await articles_of(session, home, before)]
            texts = await session.articles.get(joined)
            articles = tuple(ref for ref, article in texts.items() if matches(Text(article.text or article.title)))
            logs = {other: await session.stories.log(other, workspace) for other in before.logs(home)}
            reports = [entry for entry in reports_in(before, home, logs) if entry.report is not None]
            targets = tuple(entry.id for entry in reports if entry.report and entry.report.source.ref in articles)
            line = replace(self._line(Action.SPLIT, workspace, by, ""), into=before.root(part.id), query=query)
            said = await sealed(session, line)
            move = replace(said, action=Action.MOVE, targets=targets, articles=articles, query=None, because=said.id)
            homes = [other for other in before.logs(home) if before.root(other) == home]
            await self._write(session, before, homes, said, None, follow=correction(move))
            return await self._done(session, said, home, workspace, len(targets), 0)

    async def rename(self, story: str, slug: str, title: str, *, workspace: str, by: str) -> Corrected:
        """Call a story otherwise; its old slug goes on answering.

        Raises:
            CommandError: If the slug cannot be one, or another story's is.
        """
        async with self._store.write() as session:
            before = await arrangement_of(session, workspace)
            home = before.root(story)
            other = answering(await stories_of(session, before), slug)
            if other is not None and before.root(other.id) != home:
                raise CommandError("`{slug}` is another story already: {title}.", slug=slug, title=other.title)
            if not is_slug(slug):
                raise CommandError("`{slug}` cannot be a slug; use small letters, digits and hyphens.", slug=slug)
            line = self._line(Action.RENAME, workspace, by, "")
            said = await sealed(session, replace(line, slug=slug, title=title or None))
            await self._write(session, before, [home], said, None)
            return await self._done(session, said, home, workspace, 0, 0)

    async def undo(self, name: str, *, workspace: str, by: str) -> Corrected:
        """Take a correction back.

        Args:
            name: The first characters of its id.
            workspace: Where that counts; everybody's can be undone for oneself.
            by: Who says so.

        Raises:
            CommandError: If there is no such correction, or it does not hold any more.
        """
        async with self._store.write() as session:
            before = await arrangement_of(session, workspace)
            homes, found = find_correction(before.holding, name)
            said = correction(
                replace(self._line(Action.RETRACT, workspace, by, "", targets=(found.id,)), reason=UNDONE)
            )
            tells = found.action is Action.MOVE or (found.action is Action.RETRACT and found.reason == WRONG)
            why = f"correction {short(found)} undone" if tells else None
            done = await self._write(session, before, homes, said, why)
            return await self._done(session, said, before.root(homes[0]), workspace, len(found.targets), done)

    async def promote(self, name: str, *, by: str) -> Corrected:
        """Let a workspace's correction count for everybody; for the operator alone.

        Args:
            name: The first characters of its id.
            by: Who promotes it; who made it, and why, stays in the workspace.

        Raises:
            CommandError: If no workspace has such a correction.
        """
        async with self._store.write() as session:
            before = await arrangement_of(session, None)
            everybody = [(story, entry) for story, entry in await session.stories.corrections() if entry.workspace]
            homes, found = find_correction([each for each in everybody if each[1].because is None], name)
            await self._show(session, found.into)
            public = await self._public(session, homes)
            said = await sealed(session, for_all(found, public, by, self._clock.now()))
            moves = [entry for _, entry in everybody if entry.because == found.id and entry.action is Action.MOVE]
            moved = {target for move in moves for target in move.targets} & public.keys()
            refs = {ref for move in moves for ref in move.articles} & set(public.values())
            follow = None
            if moved or refs:
                both = replace(said, action=Action.MOVE, targets=tuple(sorted(moved)), articles=tuple(sorted(refs)))
                follow = correction(replace(both, query=None, because=said.id))
            tells = found.action is Action.MOVE or found.reason in {WRONG, UNDONE}
            done = await self._write(session, before, homes, said, "corrected" if tells else None, follow=follow)
            return await self._done(session, said, before.root(homes[0]), None, len(said.targets), done)

    async def holding(self, workspace: str) -> Sequence[tuple[Story, LogEntry]]:
        """Return the corrections that hold for a workspace, newest first, each with its story."""
        async with self._store.read() as session:
            arrangement = await arrangement_of(session, workspace)
            stories = {story.id: story for story in await stories_of(session, arrangement)}
            everybodys = {entry.id for _, entry in await session.stories.corrections() if entry.workspace is None}
        found: dict[str, tuple[Story, LogEntry]] = {}
        for story, entry in arrangement.holding:
            # What undid a workspace's own says no more than that it is gone.
            spent = entry.reason == UNDONE and everybodys.isdisjoint(entry.targets)
            if entry.because is None and not spent:
                told_in = story if entry.action is Action.MERGE else arrangement.root(story)
                found.setdefault(entry.id, (stories[told_in], entry))
        return sorted(found.values(), key=lambda pair: pair[1].at, reverse=True)
