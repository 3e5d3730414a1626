"""What the repositories need of a transaction, over a plain and over an async connection."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, CursorResult, Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import IDENTITY

Values = Mapping[str, Any]


class Transaction(Protocol):
    """One open transaction; it begins and ends elsewhere."""

    dialect: str
    #: It was opened to write.
    writes: bool

    async def rows(self, statement: Executable, values: Values | None = None) -> Sequence[Row[Any]]:
        """Return everything that a statement finds."""
        ...

    async def run(self, statement: Executable, values: Values | Sequence[Values]) -> int:
        """Carry out a statement, for one or many sets of values; return how many rows it touched."""
        ...


async def put(transaction: Transaction, table: Table, rows: Sequence[Values], *, replace: bool = True) -> None:
    """Write rows; one that stands there already is replaced, or left as it is."""
    if rows:
        await transaction.run(_insert(transaction.dialect, table, tuple(rows[0]), replace), rows)


@cache
def _insert(dialect: str, table: Table, columns: tuple[str, ...], replace: bool) -> Executable:  # noqa: FBT001 (a key of the cache)
    identity = IDENTITY[table.name]
    statement: Any = (postgresql if dialect == "postgresql" else sqlite).insert(table).inline()
    if not replace:
        result: Executable = statement.on_conflict_do_nothing(index_elements=identity)
    else:
        changed = {name: statement.excluded[name] for name in columns if name not in identity}
        result = statement.on_conflict_do_update(index_elements=identity, set_=changed)
    return result


class Inline:
    """A transaction whose statements run where they are called, without a thread between.

    SQLite answers from its page cache in microseconds: handing each
    statement to a thread and waiting for it cost ten times as much CPU.
    What can take long (the lock, the disk) is the store's to hand over.
    """

    dialect = "sqlite"

    def __init__(self, connection: Connection, *, writes: bool) -> None:
        self._connection = connection
        self.writes = writes

    async def rows(self, statement: Executable, values: Values | None = None) -> Sequence[Row[Any]]:
        """Return everything that a statement finds."""
        return self._connection.execute(statement, values).all()

    async def run(self, statement: Executable, values: Values | Sequence[Values]) -> int:
        """Carry out a statement; return how many rows it touched."""
        return _touched(self._connection.execute(statement, values))


class Remote:
    """A transaction with a database server."""

    dialect = "postgresql"

    def __init__(self, connection: AsyncConnection, *, writes: bool) -> None:
        self._connection = connection
        self.writes = writes

    async def rows(self, statement: Executable, values: Values | None = None) -> Sequence[Row[Any]]:
        """Return everything that a statement finds."""
        return (await self._connection.execute(statement, values)).all()

    async def run(self, statement: Executable, values: Values | Sequence[Values]) -> int:
        """Carry out a statement; return how many rows it touched."""
        return _touched(await self._connection.execute(statement, values))


def _touched(result: CursorResult[Any]) -> int:
    return max(result.rowcount, 0)
