"""Which schema a database has, and how it gets ours."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from bot.errors import NewerDatabaseError
from bot.store import migrate, open_store
from bot.store.schema import REVISIONS, prepare

# A start must not pay for Alembic when there is nothing to migrate.
START = """
import asyncio, sys
from bot.store import open_store
store = open_store(sys.argv[1])
asyncio.run(store.open())
sys.exit("alembic" in sys.modules or "asyncpg" in sys.modules)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def database(file: Path) -> Engine:
    return create_engine(f"sqlite:///{file}")


def shape(file: Path) -> dict[str, object]:
    """Return every table's columns, keys and indexes."""
    engine = database(file)
    looked = inspect(engine)
    found: dict[str, object] = {
        table: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in looked.get_columns(table)],
            looked.get_pk_constraint(table)["constrained_columns"],
            sorted((index["name"] or "", *map(str, index["column_names"])) for index in looked.get_indexes(table)),
            sorted((key["name"] or "", *key["column_names"]) for key in looked.get_unique_constraints(table)),
        )
        for table in looked.get_table_names()
        if table != "alembic_version"
    }
    engine.dispose()
    return found


def test_migrations_lead_to_the_very_tables_that_a_fresh_database_gets(tmp_path: Path) -> None:
    for name, make in (("fresh", lambda connection: prepare(connection, "here")), ("migrated", migrate.upgrade)):
        engine = database(tmp_path / name)
        with engine.begin() as connection:
            make(connection)
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT version_num FROM alembic_version")) == REVISIONS[-1]
        engine.dispose()

    assert shape(tmp_path / "fresh") == shape(tmp_path / "migrated")


def test_every_migration_stands_in_the_list_of_revisions() -> None:
    files = (migrate.FOLDER / "versions").glob("*_[0-9]*.py")
    assert tuple(sorted(file.stem.rpartition("_")[2] for file in files)) == REVISIONS


def test_a_database_of_a_newer_version_is_refused_untouched(file: Path) -> None:
    engine = database(file)
    with engine.begin() as connection:
        prepare(connection, "here")
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    before = shape(file)

    with pytest.raises(NewerDatabaseError, match=r"store\.sqlite3 was written by a newer Dragoman \(revision 9999\)"):
        asyncio.run(open_store(f"sqlite:///{file}").open())
    assert shape(file) == before


async def test_many_may_open_a_fresh_database_at_once(file: Path) -> None:
    stores = [open_store(f"sqlite:///{file}") for _ in range(4)]
    await asyncio.gather(*(store.open() for store in stores))
    for store in stores:
        await store.close()


@pytest.mark.parametrize("turn", ["fresh", "again"])
def test_a_start_loads_neither_alembic_nor_another_database(turn: str, file: Path) -> None:
    for _ in range(1 if turn == "fresh" else 2):
        done = subprocess.run([sys.executable, "-c", START, f"sqlite:///{file}"], check=False, timeout=60)  # noqa: S603 (our own words)
        assert done.returncode == 0
