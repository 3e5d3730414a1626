"""The databases that the store's contract is tested over."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

KINDS = ("sqlite in memory", "sqlite in a file", "postgresql")
SERVER = os.environ.get("DRAGOMAN_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
HOW = "no PostgreSQL answers; name one that may make databases: DRAGOMAN_TEST_POSTGRES=postgresql://user@host/name"


@asynccontextmanager
async def database(kind: str, folder: Path) -> AsyncIterator[str]:
    """Return the address of a fresh database of a kind, removed afterwards."""
    if kind == "sqlite in memory":
        yield "sqlite://"
    elif kind == "sqlite in a file":
        yield f"sqlite:///{folder}/store.sqlite3"
    else:
        async with postgres() as url:
            yield url


@asynccontextmanager
async def postgres() -> AsyncIterator[str]:
    """Return the address of a fresh PostgreSQL database, removed afterwards."""
    try:
        server = await asyncpg.connect(SERVER, timeout=2)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        pytest.skip(HOW)
    name = f"dragoman_{uuid4().hex[:12]}"
    # The plain template is copied at once, without a checkpoint.
    await server.execute(f"CREATE DATABASE {name} STRATEGY wal_log")
    try:
        yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
    finally:
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await server.close()
