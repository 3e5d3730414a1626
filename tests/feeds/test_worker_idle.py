"""The reader of last resort goes home when nobody needs it, and comes back when somebody does."""

import asyncio
from datetime import timedelta

from bot.feeds.parse.feedparser import FeedparserWorker
from tests.feeds.servers import rss

URL = "https://example.org/feed"


async def test_a_worker_that_nobody_asks_ends_and_is_started_again_when_needed() -> None:
    worker = FeedparserWorker(idle=timedelta(seconds=0.05))
    await worker.read(rss("One").encode(), URL, "")
    first = worker.pid
    for _ in range(500):
        await asyncio.sleep(0.01)
        if worker.pid is None:
            break

    document = await worker.read(rss("One").encode(), URL, "")

    assert [item.title for item in document.items] == ["One"]
    assert worker.pid not in {None, first}
    await worker.close()
