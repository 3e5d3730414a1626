"""A feed's news that a hub pushes to us (WebSub): what we asked of the hub, and until when it holds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """How a subscription at a hub stands."""

    #: We have asked, or are about to; the hub has not come to verify it.
    ASKED = "asked"
    ACTIVE = "active"
    #: The hub has said no.
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One feed's subscription at its hub; moments are machine time."""

    feed: str
    hub: str
    #: The feed's address as the hub knows it.
    topic: str
    #: The last part of our callback's address; nobody can guess it.
    token: str
    #: What the hub signs its messages with.
    secret: str
    standing: Standing = Standing.ASKED
    #: When we ask the hub the next time.
    due: datetime
    #: When the hub stops pushing unless we ask again.
    expires: datetime | None = None
    #: Times that we asked in a row and the hub did not verify.
    failures: int = 0

    def is_active(self, now: datetime) -> bool:
        """Tell whether the hub has promised to push now."""
        return self.standing is Standing.ACTIVE and self.expires is not None and now < self.expires
