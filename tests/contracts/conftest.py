"""What the contract suites share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports import Store
from bot.store import open_store
from tests.contracts.stores import KINDS, database


@pytest.fixture(params=KINDS)
async def address(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Return the address of a fresh database of each kind."""
    async with database(request.param, tmp_path) as url:
        yield url


@pytest.fixture(params=KINDS[1:])
async def shared_address(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Return the address of a fresh database that several processes can open."""
    async with database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    """Return a store over each database, open and empty."""
    store = open_store(address)
    await store.open()
    yield store
    await store.close()
