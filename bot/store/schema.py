"""Which schema a database has, and how it gets ours.

A fresh database is made from the tables in one go and a current one is left
alone, so Alembic, which costs a good part of a start, is only imported for a
database of an older revision.
"""

from importlib import import_module

from sqlalchemy import Connection, inspect, text

from bot.errors import NewerDatabaseError
from bot.store.tables import metadata

#: Every revision of `bot/store/migrations/versions`, oldest first.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")

_MARK = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"


def prepare(connection: Connection, place: str) -> None:
    """Give the database our schema; the caller holds its lock and commits.

    Args:
        connection: In a transaction that nobody else can write beside.
        place: What to call the database in an error, without its password.

    Raises:
        NewerDatabaseError: If a newer Dragoman wrote it.
    """
    revision = _revision(connection)
    if revision is None:
        _create(connection)
    elif revision not in REVISIONS:
        raise NewerDatabaseError(place, revision)
    elif revision != REVISIONS[-1]:
        import_module("bot.store.migrate").upgrade(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def _create(connection: Connection) -> None:
    metadata.create_all(connection, checkfirst=False)
    connection.execute(text(_MARK))
    connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": REVISIONS[-1]})
