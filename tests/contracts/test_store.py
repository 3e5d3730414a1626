"""What every store does, whichever database keeps it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.feed import Feed, FeedState
from bot.store import open_store

T = datetime(2025, 5, 14, 19, 41, tzinfo=UTC)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///{folder}/store.sqlite3"])
async def test_a_feed_that_was_put_is_found_again(url: str, tmp_path: Path) -> None:
    store = open_store(url.format(folder=tmp_path))
    await store.open()
    feed, state = Feed(id="wire", url="http://wire.test", outlet="Wire"), FeedState(due=T)

    async with store.write() as session:
        await session.feeds.put(feed, state)
        await session.feeds.claim_due(T, T, timedelta(minutes=1), 5)
    async with store.read() as session:
        assert await session.feeds.get("wire") == (feed, state)
    await store.close()
