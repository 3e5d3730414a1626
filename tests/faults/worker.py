"""A process that takes a recording in and delivers it to a file, to be killed at any moment.

Usage: python -m tests.faults.worker DATABASE RECORDING MAILBOX
"""

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from bot.clock import machine_now
from bot.domain.audience import Channel, Level, Subscription
from bot.domain.delivery import Outcome, Parcel, Sent
from bot.feeds.article import make_article
from bot.ports import Ask, Complete, Heard, unheard
from bot.services.deliver import DeliverService
from bot.services.ingest import Ingest
from bot.services.replay import read_entry
from bot.services.seeding import Wanted, seed
from bot.store import open_store
from tests.house import START, classifier, gazetteer, stories

# Short, so that what a killed process held is taken over within the test.
LEASE = timedelta(seconds=0.5)

CHANNEL = Channel(id="file:here:box", platform="file", workspace="here", address="box")


class Mailbox:
    """Appends a line for each message; the same nonce twice is the same message, as platforms with nonces do."""

    name = "file"
    pace = timedelta(0)

    def __init__(self, path: Path) -> None:
        self._path = path

    async def start(self, ask: Ask, complete: Complete, heard: Heard = unheard) -> None:
        """Nothing to connect."""

    async def send(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Write the message through to the disk, then acknowledge."""
        with self._path.open("a", encoding="utf-8") as box:
            box.write(f"{parcel.nonce} {parcel.part}\n")
            box.flush()
            os.fsync(box.fileno())
        return Sent(message=parcel.message or parcel.nonce)

    def language(self, channel: Channel) -> str:
        """Return what is read here."""
        return "en"

    async def tell(self, channel: Channel, text: str) -> bool:
        """Tell nobody."""
        return False

    async def close(self) -> None:
        """Nothing to let go of."""


async def work(database: str, recording: list[str], mailbox: Path) -> None:
    """Take everything in that is new, and deliver everything that waits."""
    store = open_store(f"sqlite:///{database}")
    await store.open()
    following = Subscription(channel=CHANNEL.id, story="all", level=Level.EVERYTHING, since=START)
    await seed(store, Wanted(stories=stories(), channels=(CHANNEL,), subscriptions=(following,)), START)
    ingest = Ingest(store, classifier(), make_article, gazetteer())
    deliver = DeliverService(store, {"file": Mailbox(mailbox)}, machine_now, machine_now, lease=LEASE)
    for number, line in enumerate(recording, 1):
        entry = read_entry(number, line)
        await ingest.release(entry.fetched)
        await ingest.take([entry])
        await deliver.empty()
    await ingest.release(None)
    while True:
        async with store.read() as session:
            if not await session.outbox.waiting():
                break
        await deliver.empty()
        await asyncio.sleep(0.05)
    await store.close()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], Path(sys.argv[2]).read_text(encoding="utf-8").splitlines(), Path(sys.argv[3])))
