"""``dragoman replay``: recorded entries in, what would be sent out."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bot import log, seeds
from bot.announce.cards import alert_card
from bot.announce.names import Names
from bot.announce.replay import alert_json
from bot.classify import Classifier
from bot.cli.house import settings_for
from bot.cli.texts import opened
from bot.clock import machine_now
from bot.domain.alert import Mode
from bot.domain.audience import Level
from bot.domain.feed import Entry
from bot.errors import CommandError
from bot.feeds.article import make_article
from bot.platforms.console.render import render
from bot.services.ingest import Ingest
from bot.services.replay import RecordingError, read_entry
from bot.services.replay import replay as play
from bot.services.seeding import Wanted, seed
from bot.store import open_store


async def replay(file: Path, *, as_json: bool, level: Level, stories: Path | None, database: str | None) -> int:
    """Print what one channel that follows every story would be sent; return the exit status.

    Raises:
        CommandError: If the file or the folder of stories cannot be read.
    """
    log.configure("warning")
    if stories is not None and not stories.is_dir():
        raise CommandError(f"{stories} is no folder; `--stories` takes one, which may be empty.")
    settings = settings_for(None, database) if database else None
    store = open_store(settings.database if settings else "sqlite://")
    gazetteer = seeds.gazetteer(seeds.packaged())
    names = Names(gazetteer)
    recording = _Recording(file)
    await store.open()
    try:
        ingest = Ingest(store, Classifier(gazetteer), make_article, gazetteer)
        entries = recording.entries()
        await seed(store, Wanted(stories=seeds.stories(stories or seeds.packaged() / "stories")), machine_now())
        async for alert, story in play(entries, store, ingest, level):
            if as_json:
                print(json.dumps(alert_json(alert, story, names), ensure_ascii=False))
            elif alert.mode is Mode.THREAD:
                print(f"  ↳ {alert.headline}\n")
            else:
                print(render(alert_card(alert, story, names)) + "\n")
    finally:
        await store.close()
    return 1 if recording.broken else 0


class _Recording:
    """A file of recorded entries; broken lines are told and counted."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.broken = 0

    def entries(self) -> Iterator[Entry]:
        with opened(self._file) as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    yield read_entry(number, line)
                except RecordingError as wrong:
                    self.broken += 1
                    print(wrong, file=sys.stderr)
