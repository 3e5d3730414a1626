"""``dragoman feeds import`` and ``export``: lists of feeds as files."""

import sys
from datetime import timedelta
from pathlib import Path

from bot.cli.house import house, settings_for
from bot.commands.feeds_import import Taken, take_list
from bot.domain.audience import OPERATOR
from bot.errors import FeedListError
from bot.feeds.lists import WRITERS, read_list
from bot.feeds.process import ReaderProcess

#: The longest list is read within this.
LONGEST = timedelta(minutes=1)
# Nobody reads more names than this in a terminal.
SHOWN = 20


async def take_in(file: Path, *, database: str | None, config: Path | None) -> int:
    """Add the feeds of a file and tell what became of them; return the exit status.

    Raises:
        FeedListError: If the file is no list of feeds.
    """
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as missing:
        raise FeedListError(str(file), f"cannot be read ({missing.strerror})") from missing
    reader = ReaderProcess(LONGEST)
    try:
        feeds = await read_list(data, file.name, reader)
    finally:
        await reader.close()
    async with house(settings_for(config, database)) as app, app.store.write() as session:
        taken = await take_list(session, feeds, app.clock.now())
    _tell(taken)
    return 1 if taken.refused and not taken.added and not taken.known else 0


async def give_out(form: str, *, database: str | None, config: Path | None) -> None:
    """Print every feed that is read, in a form of `WRITERS`."""
    async with house(settings_for(config, database)) as app, app.store.read() as session:
        feeds = [feed for feed, _ in await session.feeds.seen_by(OPERATOR)]
    print(WRITERS[form](feeds), end="")


def _tell(taken: Taken) -> None:
    for feed in taken.added[:SHOWN]:
        print(f"{feed.id:24} {feed.url}")
    if len(taken.added) > SHOWN:
        print(f"and {len(taken.added) - SHOWN} more")
    for feed, name in taken.known[:SHOWN]:
        print(f"{feed.url} is read already, as {name}")
    for feed in taken.refused:
        print(f"{feed.url} is no web address; it has to start with http:// or https://", file=sys.stderr)
    added, known = len(taken.added), len(taken.known)
    print(f"{added} feed{'s' * (added != 1)} added, {known} read already. `/feeds list` shows how they do once polled.")
