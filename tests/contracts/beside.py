"""Another process on the same database: ``write URL NAME``, ``claim URL`` or ``hang URL``."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

from bot.domain.delivery import POST, Delivery
from bot.domain.feed import Feed, FeedState
from bot.domain.story import Action, LogEntry
from bot.ports import Store
from bot.store import open_store

T = datetime(2025, 5, 14, 19, 41, tzinfo=UTC)


async def write(store: Store) -> None:
    """Count on in a story's log, twenty times, reading the last number first."""
    for _ in range(20):
        async with store.write() as session:
            number = len(await session.stories.log("talks"))
            await session.stories.append("talks", [LogEntry(id=str(number), at=T, action=Action.RETRACT)])


async def claim(store: Store) -> None:
    """Claim a delivery and never settle it."""
    async with store.write() as session:
        [delivery] = await session.outbox.claim(T, timedelta(minutes=1), 1)
    say(f"claimed {delivery.alert}")
    await asyncio.sleep(60)


async def hang(store: Store) -> None:
    """Write, and never reach the commit."""
    async with store.write() as session:
        await session.feeds.put(Feed(id="half", url="http://half.test", outlet="Half"), FeedState(due=T))
        await session.outbox.put([Delivery(channel="desk", alert="half", part=POST)])
        say("written")
        await asyncio.sleep(60)


def say(what: str) -> None:
    """Tell the test."""
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


async def main(what: str, url: str) -> None:
    """Do one of them."""
    store = open_store(url)
    await store.open()
    await {"write": write, "claim": claim, "hang": hang}[what](store)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
