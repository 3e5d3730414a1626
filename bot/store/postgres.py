"""The store in a PostgreSQL server, shared by many nodes."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StoreError
from bot.ports import Session
from bot.store.schema import prepare
from bot.store.session import session
from bot.store.transaction import Remote

#: Connections that a node keeps; more open when all are taken.
POOL = 5
#: Nodes that start together make the schema one after the other.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('dragoman schema', 0))")


class PostgresStore:
    """Keeps everything in PostgreSQL; writers of one story take turns, others do not wait."""

    def __init__(self, url: str) -> None:
        found = make_url(url).set(drivername="postgresql+asyncpg")
        self._place = found.render_as_string(hide_password=True).replace("+asyncpg", "")
        self._engine: AsyncEngine = create_async_engine(found, pool_size=POOL, max_overflow=2 * POOL)
        self._readers = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def open(self) -> None:
        """Connect and bring the schema up to date.

        Raises:
            NewerDatabaseError: If a newer Dragoman wrote it.
            StoreError: If the server cannot be reached or refuses us.
        """
        try:
            async with self._our_errors(), self._engine.begin() as connection:
                await connection.execute(_ONE_AT_A_TIME)
                await connection.run_sync(prepare, self._place)
        except OSError as unreachable:
            raise StoreError(
                f"The database {self._place} cannot be reached ({unreachable}). Start its server, or mend `database`."
            ) from unreachable

    def write(self) -> AbstractAsyncContextManager[Session]:
        """Open a transaction that commits at the end and rolls back on an exception."""
        return self._write()

    def read(self) -> AbstractAsyncContextManager[Session]:
        """Open a transaction for looking only."""
        return self._read()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[Session]:
        async with self._our_errors(), self._engine.begin() as connection:
            yield session(Remote(connection, writes=True))

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[Session]:
        async with self._our_errors(), self._readers.connect() as connection:
            yield session(Remote(connection, writes=False))

    @asynccontextmanager
    async def _our_errors(self) -> AsyncIterator[None]:
        try:
            yield
        except SQLAlchemyError as wrong:
            reason = getattr(wrong, "orig", None) or wrong
            raise StoreError(f"The database {self._place} cannot be used: {reason}.") from wrong
