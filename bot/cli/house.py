"""A house without platforms or network, for commands that ask it once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import App
from bot.config import Settings, load


def settings_for(config: Path | None, database: str | None, **more: object) -> Settings:
    """Return the settings with a database named on the command line, and nothing started."""
    settings = load(config)
    changes: dict[str, object] = {"console": False, "web": settings.web.model_copy(update={"enabled": False})}
    if database is not None:
        changes["database"] = database if ":" in database else f"sqlite:///{database}"
    return settings.model_copy(update={**changes, **more})


@asynccontextmanager
async def house(settings: Settings) -> AsyncIterator[App]:
    """Open the house and close it again."""
    app = App(settings)
    try:
        await app.open()
        yield app
    finally:
        await app.close()
