"""What the Discord adapter must be told."""

from dataclasses import dataclass, field
from typing import Literal

#: Where Discord is, if nobody says otherwise.
API = "https://discord.com/api/v10"
GATEWAY = "wss://gateway.discord.gg/"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordOptions:
    """How to reach Discord; the token stays out of its ``repr``."""

    mode: Literal["off", "gateway"] = "gateway"
    token: str | None = field(default=None, repr=False)
    #: Where the API is; another address only for tests.
    api: str = API
    #: Where the gateway is; Discord's own if empty.
    gateway: str = ""
