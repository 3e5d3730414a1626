"""What every store does between processes, and when one of them is killed."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.delivery import POST, Delivery, Status
from bot.ports import Store
from bot.store import open_store

T = datetime(2025, 5, 14, 19, 41, tzinfo=UTC)
LEASE = timedelta(minutes=1)
ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Store]:
    store = open_store(address)
    await store.open()
    yield store
    await store.close()


@asynccontextmanager
async def beside(*words: str) -> AsyncIterator[Process]:
    """Run `beside.py` in a process of its own, killed with -9 at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.contracts.beside", *words, stdout=PIPE, cwd=ROOT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def says(process: Process) -> str:
    assert process.stdout is not None
    async with asyncio.timeout(30):
        return (await process.stdout.readline()).decode().strip()


async def test_writers_in_several_processes_take_turns(shared_address: str) -> None:
    """They open the fresh database at once, too."""
    async with beside("write", shared_address, "a") as one, beside("write", shared_address, "b") as two:
        assert await one.wait() == 0
        assert await two.wait() == 0

    async with opened(shared_address) as store, store.read() as session:
        assert [entry.id for entry in await session.stories.log("talks")] == [str(number) for number in range(40)]


async def test_a_sender_killed_before_it_settled_leaves_its_delivery_to_another(shared_address: str) -> None:
    async with opened(shared_address) as store:
        async with store.write() as session:
            await session.outbox.put([Delivery(channel="desk", alert="a", part=POST)])
        async with beside("claim", shared_address) as sender:
            assert await says(sender) == "claimed a"

        async with store.write() as session:
            assert await session.outbox.claim(T + LEASE / 2, LEASE, 1) == []
        async with store.write() as session:
            [heir] = await session.outbox.claim(T + LEASE, LEASE, 1)
            assert heir.fence == 2
            assert await session.outbox.settle(replace(heir, status=Status.SENT, message="m"))


async def test_a_writer_killed_in_mid_transaction_leaves_nothing_and_holds_nobody_up(shared_address: str) -> None:
    async with opened(shared_address) as store:
        async with beside("hang", shared_address) as writer:
            assert await says(writer) == "written"

        async with asyncio.timeout(10), store.write() as session:
            assert await session.outbox.of_alert("half") == []
            assert await session.feeds.all() == []
