"""The settings are read, and every mistake in them is told at once."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import SettingsError

from bot.config.settings import Settings
from bot.errors import ConfigError
from bot.mistakes import of_type, without_sense

DEFAULT_FILE = Path("config.toml")


def load(path: Path | None = None) -> Settings:
    """Return the settings of a file and the environment over it.

    Args:
        path: The file; ``None`` takes ``config.toml`` here if there is one.

    Raises:
        ConfigError: Naming every mistake, each with its place and the mend.
    """
    file = path or DEFAULT_FILE
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        if path is not None:
            raise ConfigError((f"{path}: there is no such file. Copy config.example.toml to it.",)) from None
        text = ""
    except (OSError, UnicodeDecodeError) as unreadable:
        raise ConfigError((f"{file}: cannot be read ({unreadable}).",)) from unreadable
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise ConfigError((f"{file}: not valid TOML: {broken}",)) from broken
    return _checked(file, written)


def _checked(file: Path, written: Mapping[str, Any]) -> Settings:
    """Return the settings if both their types and what they say hold."""
    found: list[str] = []
    settings = None
    try:
        settings = Settings(**written)
    except SettingsError as broken:  # its cause may quote a secret
        field = re.search(r'field "(\w+)"', str(broken))
        name = f"DRAGOMAN_{field[1].upper()}" if field else "DRAGOMAN_*"
        raise ConfigError((f"{name}: not valid JSON; set its parts one by one, e.g. {name}__…",)) from None
    except ValidationError as wrong:
        found += [of_type(error, str(file), Settings) for error in wrong.errors(include_url=False)]
    tables = settings.model_dump() if settings is not None else written
    found += [f"{file}: {what}" for what in without_sense(tables)]
    if settings is None or found:
        raise ConfigError(tuple(found))
    return settings
