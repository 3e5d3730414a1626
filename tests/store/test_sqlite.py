"""What SQLite alone must mind."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.feed import Feed, FeedState
from bot.errors import ConfigError, StoreError
from bot.store import open_store

T = datetime(2025, 5, 14, tzinfo=UTC)
FEED = Feed(id="wire", url="http://wire.test", outlet="Wire"), FeedState(due=T)


@pytest.mark.parametrize("place", ["sqlite://", "sqlite:///{folder}/new/folder/store.sqlite3"])
async def test_a_second_transaction_in_one_task_is_refused_instead_of_waiting_for_ever(
    place: str, tmp_path: Path
) -> None:
    store = open_store(place.format(folder=tmp_path))
    await store.open()
    async with asyncio.timeout(5), store.write() as session:
        with pytest.raises(StoreError, match="open in this task already"):
            async with store.write():
                pass
        await session.feeds.put(*FEED)
    async with store.read() as session:
        assert await session.feeds.get("wire") == FEED
    await store.close()


async def test_a_reader_of_a_file_sees_what_was_committed_while_a_writer_is_at_work(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    await store.open()
    async with store.write() as session:
        await session.feeds.put(*FEED)
        async with asyncio.timeout(5), store.read() as beside:
            assert await beside.feeds.all() == []
    await store.close()


async def test_a_file_keeps_what_was_written(tmp_path: Path) -> None:
    for turn in range(2):
        store = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
        await store.open()
        async with store.write() as session:
            assert (await session.feeds.get("wire") == FEED) is (turn == 1)
            await session.feeds.put(*FEED)
        await store.close()


async def test_a_store_that_is_not_open_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not open"):
        async with open_store(f"sqlite:///{tmp_path}/store.sqlite3").read():
            pass


def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, though long enough to be taken for one\n" * 99)
    with pytest.raises(StoreError, match=r"notes\.txt"):
        asyncio.run(open_store(f"sqlite:///{tmp_path}/notes.txt").open())


def test_an_unknown_database_is_a_mistake_in_the_configuration() -> None:
    with pytest.raises(ConfigError, match="postgresql://"):
        open_store("mysql://localhost/test")
