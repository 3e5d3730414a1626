"""A database that cannot be used is told in a sentence."""

from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import open_store


async def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    store = open_store("postgresql://dragoman:canary@127.0.0.1:1/news")
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        await store.open()
    assert "canary" not in str(caught.value)
    await store.close()


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "news.sqlite3"
    file.write_text("Dear diary")
    store = open_store(f"sqlite:///{file}")
    with pytest.raises(StoreError, match=f"The database {file} cannot be used: file is not a database"):
        await store.open()
    await store.close()
    assert file.read_text() == "Dear diary"
