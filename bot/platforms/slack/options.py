"""What the Slack adapter must be told."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackOptions:
    """How to reach Slack and be reached; secrets stay out of its ``repr``."""

    mode: Literal["off", "http", "socket"] = "http"
    bot_token: str | None = field(default=None, repr=False)
    #: For socket mode.
    app_token: str | None = field(default=None, repr=False)
    #: For http mode.
    signing_secret: str | None = field(default=None, repr=False)
    #: Where http mode listens; port 0 takes any free one.
    host: str = "127.0.0.1"
    port: int = 8322
    #: Where the Web API is; another address only for tests.
    api: str = "https://slack.com/api/"
    #: User ids that may change what channels hear; empty means everybody in the workspace.
    managers: tuple[str, ...] = ()
