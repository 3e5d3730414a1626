"""The operator's settings: config.toml, and DRAGOMAN_* variables over it.

``DRAGOMAN_SLACK__BOT_TOKEN`` sets ``slack.bot_token``; with ``_FILE`` behind
it, the variable names a file that holds the value.
"""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.domain.audience import Level
from bot.errors import ConfigError

DEFAULT_FILE = Path("config.toml")

Port = Annotated[int, Field(ge=0, le=65535)]


def _address_range(text: str) -> str:
    ip_network(text)
    return text


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    def _with(self, *needs: str) -> Self:
        """Return the part itself, if it has all that its mode needs."""
        missing = [name for name in needs if not getattr(self, name)]
        if missing:
            names = " and ".join(f"`{name}`" for name in missing)
            msg = f"this mode needs {names}; better set in the environment than in the file"
            raise ValueError(msg)
        return self

    def revealed(self) -> dict[str, Any]:
        """Return every setting by name, secrets in the clear; for whoever must use them."""
        return {name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in self}


class FeedSetting(_Part):
    """One feed of ``[[feeds.add]]``."""

    url: str
    id: str | None = None
    outlet: str | None = None
    language: str | None = None


class FeedsSettings(_Part):
    """Which feeds are read, and how."""

    #: Read the starter feeds of seeds/feeds.toml.
    starter: bool = True
    add: tuple[FeedSetting, ...] = ()
    #: Who polls, told to every publisher; a web page or an address to write to.
    contact: str = ""
    #: Ranges of internal addresses that feeds may come from, e.g. ``10.1.2.0/24``.
    internal: tuple[Annotated[str, AfterValidator(_address_range)], ...] = ()
    #: Ports that feeds may come from, besides those of internal ranges.
    ports: tuple[Port, ...] = (80, 443)
    at_once: Annotated[int, Field(ge=1, le=1000)] = 50


class WebSettings(_Part):
    """The page on this machine."""

    enabled: bool = True
    host: str = "127.0.0.1"
    port: Port = 8321


class SlackSettings(_Part):
    """Slack; off unless a mode is given."""

    mode: Literal["off", "http", "socket"] = "off"
    bot_token: SecretStr | None = None
    #: For socket mode.
    app_token: SecretStr | None = None
    #: For http mode.
    signing_secret: SecretStr | None = None
    host: str = "127.0.0.1"
    port: Port = 8322
    #: Where the Web API is; another address only for tests.
    api: str = "https://slack.com/api/"
    #: User ids that may change what channels hear; empty means everybody.
    managers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs = {"off": (), "http": ("bot_token", "signing_secret"), "socket": ("bot_token", "app_token")}
        return self._with(*needs[self.mode])


class DiscordSettings(_Part):
    """Discord; off unless a mode is given."""

    mode: Literal["off", "gateway"] = "off"
    token: SecretStr | None = None
    #: Where the API is; another address only for tests.
    api: str = "https://discord.com/api/v10"
    #: Where the gateway is; Discord's own if empty.
    gateway: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        return self._with("token") if self.mode != "off" else self


class SubscriptionSetting(_Part):
    """One channel's subscription, e.g. of ``slack:T0123:C0456``."""

    channel: str
    story: str = "all"
    level: Level = Level.NORMAL
    kinds: tuple[str, ...] = ()


class WatchSetting(_Part):
    """One channel's keyword watch."""

    channel: str
    name: str
    query: str


class RetentionSettings(_Part):
    """How long things are kept; events and alerts stay for ever."""

    texts_days: Annotated[int, Field(ge=1)] = 30


class LogSettings(_Part):
    """What is told on standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    as_json: bool = False


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
    feeds: FeedsSettings = FeedsSettings()
    web: WebSettings = WebSettings()
    slack: SlackSettings = SlackSettings()
    discord: DiscordSettings = DiscordSettings()
    subscriptions: tuple[SubscriptionSetting, ...] = ()
    watches: tuple[WatchSetting, ...] = ()
    retention: RetentionSettings = RetentionSettings()
    log: LogSettings = LogSettings()

    @model_validator(mode="after")
    def _one_database_for_all(self) -> Self:
        if self.engine == "postgres" and not self.database.startswith("postgresql"):
            msg = "engine: `postgres` needs a `database` that starts with postgresql://"
            raise ValueError(msg)
        if not self.database.startswith(("sqlite:", "postgresql:", "postgresql+asyncpg:")):
            msg = "database: write sqlite:///path or postgresql://user@host/name"
            raise ValueError(msg)
        return self

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
        return Settings(**tomllib.loads(text))
    except tomllib.TOMLDecodeError as broken:
        raise ConfigError((f"{file}: not valid TOML: {broken}",)) from broken
    except ValidationError as wrong:
        raise ConfigError(tuple(_mistake(file, error) for error in wrong.errors(include_url=False))) from None


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


def _mistake(file: Path, error: Mapping[str, Any]) -> str:
    """Tell one mistake: where it stands, what is wrong, and what would be right."""
    place = ".".join(str(step) for step in error["loc"])
    what = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        near = get_close_matches(str(error["loc"][-1]), _siblings(error["loc"]), n=1)
        what = f"there is no such setting. {f'Did you mean `{near[0]}`?' if near else 'Remove it.'}"
    return f"{file}: {place}: {what}" if place else f"{file}: {what}"


def _siblings(place: tuple[int | str, ...]) -> list[str]:
    """Return the names that are allowed where the last step of a place stands."""
    model: Any = Settings
    for step in place[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            inner = model.model_fields[step].annotation
            model = next(
                (part for part in (inner, *getattr(inner, "__args__", ())) if hasattr(part, "model_fields")), model
            )
    return list(model.model_fields)
