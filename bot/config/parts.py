"""What may be set, table by table."""

from ipaddress import ip_network
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from bot.domain.audience import Level

Port = Annotated[int, Field(ge=0, le=65535)]


def _address_range(text: str) -> str:
    try:
        ip_network(text)
    except ValueError as wrong:
        msg = f"`{text}` is no network; write one like 10.1.2.0/24"
        raise ValueError(msg) from wrong
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
    #: An actor's id in the seeds, e.g. ``tur``.
    country: str | None = None
    kind: Literal["outlet", "agency", "ministry", "body", "mediator"] = "outlet"
    #: Read the articles on their pages; needs the extra ``fulltext``.
    full_text: bool | None = None


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

    mode: Literal["off", "gateway", "http", "both"] = "off"
    token: SecretStr | None = None
    #: For signed requests: the application's key, which is no secret.
    public_key: str | None = None
    host: str = "127.0.0.1"
    port: Port = 8323
    #: Where the API is; another address only for tests.
    api: str = "https://discord.com/api/v10"
    #: Where the gateway is; Discord's own if empty.
    gateway: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs = {"off": (), "gateway": ("token",), "http": ("token", "public_key"), "both": ("token", "public_key")}
        return self._with(*needs[self.mode])


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
