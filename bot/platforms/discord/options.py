"""What the Discord adapter must be told."""

from dataclasses import dataclass, field
from typing import Literal

#: Where Discord is, if nobody says otherwise.
API = "https://discord.com/api/v10"
GATEWAY = "wss://gateway.discord.gg/"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordOptions:
    """How to reach Discord; the token stays out of its ``repr``."""

    #: ``http``: people's questions arrive as signed requests; ``both``: those, and the gateway tells what
    #: becomes of servers and channels.
    mode: Literal["off", "gateway", "http", "both"] = "gateway"
    token: str | None = field(default=None, repr=False)
    #: For signed requests: the application's key.
    public_key: str | None = None
    #: Where signed requests arrive; port 0 takes any free one.
    host: str = "127.0.0.1"
    port: int = 8323
    #: What channels are told in whose server has chosen no language, and who reads none of ours is answered in.
    language: str = "en"
    #: Where the API is; another address only for tests.
    api: str = API
    #: Where the gateway is; Discord's own if empty.
    gateway: str = ""
