"""A site of our own, and what reads it."""

from collections.abc import AsyncIterator

import pytest

from bot.feeds.source import Source
from tests.feeds.servers import Site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """Serve pages and feeds on this machine."""
    async with Site().open() as site:
        yield site


@pytest.fixture
async def source() -> AsyncIterator[Source]:
    """Read feeds as ever, from this machine too."""
    source = Source("desk@example.org", ["127.0.0.0/8"])
    yield source
    await source.close()
