"""Where the bot was installed by people of a workspace, and with what right it acts there."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A workspace has let us in."""

    platform: str
    #: The platform's own id of it.
    workspace: str
    name: str = ""
    #: The token with which we act there, sealed by the adapter: the store never sees it in the clear.
    sealed: str
    #: The platform's id of our own account there, and what it is called.
    account: str = ""
    account_name: str = ""
    #: The platform's id of who installed us.
    by: str = ""
    #: Machine time.
    at: datetime
