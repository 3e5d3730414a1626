"""What the Slack adapter must be told."""

from dataclasses import dataclass, field
from typing import Literal

#: What the ids of user groups begin with; those of people begin with U or W.
GROUP = "S"


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
    #: For workspaces that install the app by themselves: the app's id and secret,
    #: the keys that seal their tokens (the first seals, all open), and our own address.
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    key: str | None = field(default=None, repr=False)
    url: str | None = None
    #: Slack's page where people agree; another address only for tests.
    authorize: str = ""
    #: Where the Web API is; another address only for tests.
    api: str = "https://slack.com/api/"
    #: Who may change what a channel hears: who is in it, or of these the workspace's admins and owners.
    who_may: Literal["members", "admins"] = "members"
    #: Of these, only the people with these user ids, and those in user groups with these ids; empty means all of them.
    managers: tuple[str, ...] = ()
    #: What channels are told in, and who reads none of our languages.
    language: str = "en"

    @property
    def groups(self) -> tuple[str, ...]:
        """Those of the managers that are user groups."""
        return tuple(each for each in self.managers if each.startswith(GROUP))

    @property
    def people(self) -> tuple[str, ...]:
        """Those of the managers that are people."""
        return tuple(each for each in self.managers if not each.startswith(GROUP))
