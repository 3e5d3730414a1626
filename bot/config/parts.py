"""What may be set, table by table."""

from base64 import urlsafe_b64decode
from ipaddress import ip_network
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from bot.domain.audience import Level

#: What a key that seals tokens holds.
KEY_BYTES = 32

Port = Annotated[int, Field(ge=0, le=65535)]


def _address_range(text: str) -> str:
    try:
        ip_network(text)
    except ValueError as wrong:
        msg = f"`{text}` is no network; write one like 10.1.2.0/24"
        raise ValueError(msg) from wrong
    return text


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        msg = f"`{text}` is no address that Slack can send people back to; write https://…"
        raise ValueError(msg)
    return text


def _public_address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
        msg = f"`{text}` is no address that a hub could reach; write one like https://news.example.org"
        raise ValueError(msg)
    return text


def _sealing_keys(secret: SecretStr) -> SecretStr:
    for key in secret.get_secret_value().split(","):
        try:
            fine = len(urlsafe_b64decode(key.strip())) == KEY_BYTES
        except (ValueError, TypeError):
            fine = False
        if not fine:
            msg = "is no key of 32 bytes; `dragoman slack key` makes one"
            raise ValueError(msg)
    return secret


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

    #: Feeds added in a chat are their workspace's own, and what is everybody's nobody changes there;
    #: ``None``: so it is where any server or workspace can let the bot in.
    private: bool | None = None

    #: Read the starter feeds of seeds/feeds.toml.
    starter: bool = True
    add: tuple[FeedSetting, ...] = ()
    #: Who polls, told to every publisher; a web page or an address to write to.
    contact: str = ""
    #: Ranges of internal addresses that feeds may come from, e.g. ``10.1.2.0/24``.
    internal: tuple[Annotated[str, AfterValidator(_address_range)], ...] = ()
    #: Ports that feeds may come from, besides those of internal ranges.
    ports: tuple[Port, ...] = (80, 443)
    at_once: Annotated[int, Field(ge=1, le=1000)] = 200


class WebSettings(_Part):
    """The page on this machine."""

    enabled: bool = True
    host: str = "127.0.0.1"
    port: Port = 8321
    #: Where the internet reaches this server, if it does, e.g. ``https://news.example.org``; hubs then push there.
    public: Annotated[str, AfterValidator(_public_address)] = ""


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
    #: For workspaces that install the app by themselves (http mode): the app's id and secret, where
    #: people reach us, and the keys that seal their tokens, with commas; the first seals, all open.
    client_id: str | None = None
    client_secret: SecretStr | None = None
    url: Annotated[str, AfterValidator(_web_address)] | None = None
    key: Annotated[SecretStr, AfterValidator(_sealing_keys)] | None = None
    #: Where the Web API is and where people agree; other addresses only for tests.
    api: str = "https://slack.com/api/"
    authorize: str = ""
    #: Who may change what a channel hears: who is in it, or of these the workspace's admins and owners.
    who_may: Literal["members", "admins"] = "members"
    #: Of these, only the people with these user ids, and those in user groups with these ids; empty means all of them.
    managers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        shared = ("client_id", "client_secret", "url", "key")
        if self.mode != "off" and any(getattr(self, name) for name in shared):
            if self.mode != "http":
                msg = "other workspaces can install the app in http mode alone; leave out `client_id` and its like"
                raise ValueError(msg)
            return self._with("signing_secret", *shared)
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
