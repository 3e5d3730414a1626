"""The store in one file, or in memory."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from bot.errors import StoreError
from bot.ports import Session
from bot.store.schema import prepare
from bot.store.session import session
from bot.store.transaction import Inline

T = TypeVar("T")

#: How long a write waits for another process to finish its own.
BUSY_SECONDS = 20.0
#: Readers that stay open between reads.
READERS = 4
#: Between two attempts to switch a fresh file to WAL.
PATIENCE_SECONDS = 0.02


class SqliteStore:
    """Keeps everything in SQLite.

    Statements run inline; what waits for another process or for the disk
    (the beginning of a write, its commit) runs in a thread. A database in
    memory has neither and one connection, which writers and readers take in
    turn.
    """

    def __init__(self, url: str) -> None:
        found = make_url(url)
        self._place = found.database or "the database in memory"
        self._in_memory = found.database in (None, "", ":memory:")
        self._path = None if self._in_memory else Path(str(found.database))
        self._turn = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._writer: Connection | None = None
        self._readers: Engine | None = None

    async def open(self) -> None:
        """Connect and bring the schema up to date.

        Raises:
            NewerDatabaseError: If a newer Dragoman wrote it.
            StoreError: If the file cannot be opened or is no database.
        """
        with self._our_errors():
            self._writer = await self._in_thread(self._connect)

    def write(self) -> AbstractAsyncContextManager[Session]:
        """Open a transaction that commits at the end and rolls back on an exception."""
        return self._write()

    def read(self) -> AbstractAsyncContextManager[Session]:
        """Open a transaction for looking only."""
        return self._peek() if self._in_memory else self._read()

    async def close(self) -> None:
        """Let go of the file; a transaction under way is finished first."""
        async with self._turn:
            if self._writer is not None:
                await self._in_thread(self._disconnect)
        self._thread.shutdown(wait=False)

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[Session]:
        async with self._our_turn():
            connection = self._connected()
            with self._our_errors():
                await self._begin(connection)
                try:
                    yield session(Inline(connection, writes=True))
                    await self._slowly(connection.commit)
                finally:
                    if connection.in_transaction():
                        connection.rollback()

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[Session]:
        self._connected()
        assert self._readers is not None  # noqa: S101 (opened together with the writer)
        with self._our_errors(), self._readers.connect() as connection:
            yield session(Inline(connection, writes=False))

    @asynccontextmanager
    async def _peek(self) -> AsyncIterator[Session]:
        async with self._our_turn():
            connection = self._connected()
            with self._our_errors():
                try:
                    yield session(Inline(connection, writes=False))
                finally:
                    connection.rollback()

    @asynccontextmanager
    async def _our_turn(self) -> AsyncIterator[None]:
        if self._holder is not None and self._holder is asyncio.current_task():
            raise StoreError("A transaction is open in this task already; use its session instead of a second one.")
        async with self._turn:
            self._holder = asyncio.current_task()
            try:
                yield
            finally:
                self._holder = None

    async def _begin(self, connection: Connection) -> None:
        begun = False
        try:
            await self._slowly(connection.begin)
            begun = True
        finally:
            # Cancelled while it waited for the lock, it may have got it after all.
            if not begun and connection.in_transaction():
                connection.rollback()

    async def _slowly(self, work: Callable[[], T]) -> T:
        return work() if self._in_memory else await self._in_thread(work)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """Do work in the store's thread; when cancelled, wait for its end all the same."""
        doing = asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            return await asyncio.shield(doing)
        except asyncio.CancelledError:
            while not doing.done():
                try:
                    await asyncio.wait([doing])
                except asyncio.CancelledError:
                    continue
            raise

    def _connect(self) -> Connection:
        if self._path is not None:
            _make_folder(self._path.parent)
        writer = self._engine("BEGIN IMMEDIATE")
        event.listen(writer, "connect", _write_ahead)
        connection = writer.connect()
        try:
            with connection.begin():
                prepare(connection, self._place)
        except BaseException:
            connection.close()
            writer.dispose()
            raise
        if not self._in_memory:
            self._readers = self._engine("BEGIN")
        return connection

    def _disconnect(self) -> None:
        if self._readers is not None:
            self._readers.dispose()
        if self._writer is not None:
            self._writer.close()
            self._writer.engine.dispose()
            self._writer = None

    def _engine(self, begin: str) -> Engine:
        pool: dict[str, Any] = (
            {"poolclass": StaticPool}
            if self._in_memory
            else {"poolclass": QueuePool, "pool_size": READERS, "max_overflow": -1}
        )
        engine = create_engine(
            "sqlite://" if self._path is None else f"sqlite:///{self._path}",
            # The driver must not begin anything by itself: we say how.
            connect_args={"isolation_level": None, "check_same_thread": False, "timeout": BUSY_SECONDS},
            **pool,
        )
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine

    def _connected(self) -> Connection:
        if self._writer is None:
            raise StoreError(f"{self._place} is not open")
        return self._writer

    @contextmanager
    def _our_errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as wrong:
            reason = getattr(wrong, "orig", None) or wrong
            raise StoreError(f"The database {self._place} cannot be used: {reason}.") from wrong


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise StoreError(f"The folder {folder} for the database cannot be made: {wrong.strerror}.") from wrong


def _set_up(connection: sqlite3.Connection, record: object) -> None:
    # FULL: what is committed survives a power cut.
    connection.execute("PRAGMA synchronous = FULL").close()
    connection.execute("PRAGMA foreign_keys = ON").close()


def _write_ahead(connection: sqlite3.Connection, record: object) -> None:
    """Switch the file to WAL, which it then keeps.

    SQLite does not wait for this lock by itself, so of several processes that
    open a fresh file all but one would fail.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError as busy:
            if busy.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(PATIENCE_SECONDS)
        else:
            return
