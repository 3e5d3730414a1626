"""How work reaches a worker: a wake-up by topic, in this process or through PostgreSQL."""

from importlib import import_module
from urllib.parse import urlsplit

from bot.errors import ConfigError
from bot.ports import Engine

#: Which module wakes workers over what; loaded only when it is named.
TABLE = {
    "local": ("bot.engine.local", "LocalEngine"),
    "postgresql": ("bot.engine.postgres", "PostgresEngine"),
    "postgres": ("bot.engine.postgres", "PostgresEngine"),
}


def open_engine(url: str = "local:") -> Engine:
    """Return the engine at an address; ``await engine.open()`` starts it.

    Args:
        url: ``local:`` for one process, or the PostgreSQL database that all nodes share.

    Raises:
        ConfigError: If no engine answers to the scheme.
    """
    scheme = urlsplit(url).scheme
    if scheme not in TABLE:
        raise ConfigError((f"`{scheme}:` is no engine we know; use local: or postgresql://…",))
    module, name = TABLE[scheme]
    engine: Engine = getattr(import_module(module), name)(url)
    return engine
