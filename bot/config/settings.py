"""Every setting, with what holds otherwise; the environment wins over the file.

``DRAGOMAN_SLACK__BOT_TOKEN`` sets ``slack.bot_token``; with ``_FILE`` behind
it, the variable names a file that holds the value.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import ValidationInfo, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.config.parts import (
    DiscordSettings,
    FeedsSettings,
    LogSettings,
    RetentionSettings,
    SlackSettings,
    SubscriptionSetting,
    WatchSetting,
    WebSettings,
)
from bot.errors import ConfigError
from bot.locales.languages import LANGUAGES, WRITTEN


class Settings(BaseSettings):
    """Everything an operator may set, with what holds otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="DRAGOMAN_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    #: ``sqlite:///path`` or ``postgresql://user@host/name``.
    database: str = "sqlite:///data/dragoman.sqlite3"
    #: ``local`` (this process) or ``postgres`` (many processes on one PostgreSQL).
    engine: Literal["local", "postgres"] = "local"
    #: A folder laid out like seeds/, that adds to ours.
    seeds: Path | None = None
    console: bool = True
    #: What channels are told in, the console speaks, and who reads none of our languages is answered in.
    language: str = WRITTEN
    feeds: FeedsSettings = FeedsSettings()
    web: WebSettings = WebSettings()
    slack: SlackSettings = SlackSettings()
    discord: DiscordSettings = DiscordSettings()
    subscriptions: tuple[SubscriptionSetting, ...] = ()
    watches: tuple[WatchSetting, ...] = ()
    retention: RetentionSettings = RetentionSettings()
    log: LogSettings = LogSettings()

    @field_validator("database")
    @classmethod
    def _is_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:", "postgresql:", "postgresql+asyncpg:")):
            msg = "write sqlite:///path or postgresql://user@host/name"
            raise ValueError(msg)
        return url

    @field_validator("language")
    @classmethod
    def _is_ours(cls, language: str) -> str:
        if language not in LANGUAGES:
            msg = f"`{language}` is no language of ours; choose from {', '.join(LANGUAGES)}"
            raise ValueError(msg)
        return language

    @field_validator("engine")
    @classmethod
    def _one_database_for_all(cls, engine: str, others: ValidationInfo) -> str:
        if engine == "postgres" and not others.data.get("database", "postgresql").startswith("postgresql"):
            msg = "`postgres` needs a `database` that starts with postgresql://"
            raise ValueError(msg)
        return engine

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file."""
        return _Environment(settings_cls), init_settings


class _Environment(EnvSettingsSource):
    """The environment, where ``X_FILE`` stands for ``X`` read from that file."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        found = dict(super()._load_env_vars())
        prefix = self.env_prefix.lower()
        for name, value in list(found.items()):
            lowered = name.lower()
            if value and lowered.startswith(prefix) and lowered.endswith("_file"):
                del found[name]
                try:
                    found[name[: -len("_file")]] = Path(value).read_text(encoding="utf-8").strip()
                except OSError as missing:
                    raise ConfigError((f"{name.upper()}: {value} cannot be read ({missing.strerror}).",)) from missing
        return found
