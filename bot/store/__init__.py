"""Everything that is kept, in SQLite or PostgreSQL."""

from importlib import import_module
from urllib.parse import urlsplit

from bot.errors import ConfigError
from bot.ports import Store

#: Which module keeps a database of which scheme; loaded only when it is named.
TABLE = {
    "sqlite": ("bot.store.sqlite", "SqliteStore"),
    "postgresql": ("bot.store.postgres", "PostgresStore"),
    "postgres": ("bot.store.postgres", "PostgresStore"),
}


def open_store(url: str) -> Store:
    """Return the store at an address; ``await store.open()`` connects it.

    Args:
        url: ``sqlite://`` (in memory), ``sqlite:///relative/path``, ``sqlite:////absolute/path``
            or ``postgresql://user:password@host:port/name``.

    Raises:
        ConfigError: If no store answers to the scheme.
    """
    scheme = urlsplit(url).scheme
    if scheme not in TABLE:
        raise ConfigError((f"`{scheme}:` is no database we know; use sqlite:///path or postgresql://…",))
    module, name = TABLE[scheme]
    store: Store = getattr(import_module(module), name)(url)
    return store
