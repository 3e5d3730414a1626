"""What every engine does, whichever way it wakes."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.engine import open_engine
from bot.errors import ConfigError, StoreError
from bot.ports import Engine
from tests.contracts.stores import postgres

SOON = timedelta(seconds=10)
AT_ONCE = timedelta(seconds=0.05)


@pytest.fixture(params=["local", "postgresql"])
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[Engine]:
    """Return an engine of each kind, open."""
    if request.param == "local":
        engine = open_engine("local:")
        await engine.open()
        yield engine
        await engine.close()
        return
    async with postgres() as url:
        engine = open_engine(url)
        await engine.open()
        yield engine
        await engine.close()


async def test_whoever_waits_is_woken(engine: Engine) -> None:
    waiting = asyncio.create_task(engine.wait("deliver", SOON))
    await asyncio.sleep(0.05)
    await engine.wake("deliver")
    assert await waiting


async def test_a_wake_up_that_comes_early_is_kept(engine: Engine) -> None:
    await engine.wake("deliver")
    assert await engine.wait("deliver", SOON)


async def test_nobody_is_woken_for_another_topic(engine: Engine) -> None:
    await engine.wake("poll")
    assert not await engine.wait("deliver", AT_ONCE)


async def test_one_wake_up_wakes_once(engine: Engine) -> None:
    await engine.wake("deliver")
    assert await engine.wait("deliver", SOON)
    assert not await engine.wait("deliver", AT_ONCE)


async def test_a_topic_first_waited_for_later_is_heard_too(engine: Engine) -> None:
    assert not await engine.wait("deliver", AT_ONCE)
    waiting = asyncio.create_task(engine.wait("poll", SOON))
    await asyncio.sleep(0.05)
    await engine.wake("poll")
    assert await waiting


async def test_closing_keeps_nobody_waiting(engine: Engine) -> None:
    waiting = asyncio.create_task(engine.wait("deliver", SOON))
    await asyncio.sleep(0.05)
    await engine.close()
    async with asyncio.timeout(2):
        await waiting


async def test_nodes_share_the_wake_ups_of_one_database() -> None:
    async with postgres() as url:
        nodes = [open_engine(url), open_engine(url)]
        await asyncio.gather(*(node.open() for node in nodes))
        waiting = asyncio.create_task(nodes[0].wait("deliver", SOON))
        await asyncio.sleep(0.05)
        await nodes[1].wake("deliver")
        assert await waiting
        for node in nodes:
            await node.close()


async def test_a_server_that_is_not_there_is_named_as_the_trouble() -> None:
    with pytest.raises(StoreError, match="the engine's database cannot be used"):
        await open_engine("postgresql://nobody@127.0.0.1:1/none").open()


def test_an_unknown_engine_is_a_mistake_in_the_configuration() -> None:
    with pytest.raises(ConfigError, match="local:"):
        open_engine("redis://localhost")
