"""``dragoman ask``, ``summary`` and ``stories``: the house is asked once."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import commands
from bot.announce.summary import summary_card, summary_json
from bot.app import App
from bot.cli.house import house, settings_for
from bot.commands.desk import find_story
from bot.commands.parse import parse_line
from bot.commands.stories import listing
from bot.commands.summary import summary_of
from bot.domain.audience import CONSOLE, OPERATOR
from bot.domain.command import Call
from bot.domain.story import Story
from bot.errors import CommandError
from bot.locales import voice_in
from bot.platforms.console.render import render
from bot.platforms.times import card_in_words, reply_in_words
from bot.ports import Session

# A database that has heard nothing for this long is a recording, and is asked as of its end; so is one of the future.
LIVE = timedelta(days=1)


async def ask(line: str, *, database: str | None, config: Path | None) -> int:
    """Answer one command as the console would; return the exit status."""
    command, arguments = parse_line(line, commands.TABLE)
    settings = settings_for(config, database)
    async with house(settings) as app:
        reply = await app.ask(
            Call(command=command.name, arguments=arguments, channel=CONSOLE, manager=True, language=settings.language)
        )
    reply = reply_in_words(reply, UTC, voice_in(settings.language))
    print(render(reply.card) if reply.card else reply.text, file=sys.stdout if reply.done else sys.stderr)
    return 0 if reply.done else 1


async def summary(story: str, *, as_json: bool, at: str | None, database: str | None, config: Path | None) -> None:
    """Print where a story stands, now or at a moment.

    Raises:
        CommandError: With the nearest slugs, if there is no such story; or if
            there is no such moment or database.
    """
    moment = _moment(at)
    _must_exist(database)
    async with house(settings_for(config, database)) as app, app.store.read() as session:
        found = await find_story(session, story, OPERATOR)
        latest = moment or await _latest(app, session, found)
        told = await summary_of(session, app.desk, found, latest, OPERATOR, corrected_until=moment)
    card = card_in_words(summary_card(told), UTC)
    print(json.dumps(summary_json(told), ensure_ascii=False) if as_json else render(card))


async def stories(*, as_json: bool, database: str | None, config: Path | None) -> None:
    """Print every story, the liveliest first."""
    _must_exist(database)
    async with house(settings_for(config, database)) as app, app.store.read() as session:
        rows = await listing(session, OPERATOR)
    for story, events, last in rows:
        if as_json:
            row = {
                "story": story.slug,
                "title": story.title,
                "defined": story.defined,
                "aliases": list(story.aliases),
                "events": events,
                "last": last.isoformat() if last else None,
            }
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(f"{story.slug:32} {story.title} ({events} report{'s' * (events != 1)})")


def _moment(written: str | None) -> datetime | None:
    """Return the moment that was named; without a zone it is in UTC."""
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as wrong:
        raise CommandError(f"`--at {written}` is no moment; write it like 2025-05-14T22:41Z.") from wrong


def _must_exist(database: str | None) -> None:
    """Refuse a file that is not there; asking it would leave an empty one behind."""
    path = database.removeprefix("sqlite:///") if database is not None else ""
    if path and ":" not in path and not Path(path).exists():
        raise CommandError(f"There is no database {path}. `dragoman run` or `replay --database` makes one.")


async def _latest(app: App, session: Session, story: Story) -> datetime:
    """Return now; in a database that nobody feeds any more, when its story was last heard of."""
    now = app.clock.now()
    polled = [state.last_success for _, state in await session.feeds.seen_by(OPERATOR) if state.last_success]
    heard = [entry.at for entry in await session.stories.log(story.id, OPERATOR) if entry.report is not None]
    latest = max([*polled, *heard], default=now)
    return now if timedelta(0) <= now - latest < LIVE else latest
