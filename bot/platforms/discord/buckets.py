"""Discord's limits, waited for by who comes next.

The library lets whoever used a limit up wait until it opens again before he
gets his answer: a message that Discord took long ago would stand in the
outbox as under way for a second more, and the channel's next one be looked
for only then. Here the answer comes at once, and the next request waits.
"""

from types import TracebackType

import aiohttp
from discord.http import Ratelimit

#: So many limits are remembered before those that have rested are forgotten.
KNOWN = 1_000

NAME = "X-Ratelimit-Bucket"


class Buckets:
    """The limits that we have met, by route and channel, and by the name that Discord gives them."""

    def __init__(self, patience_seconds: float) -> None:
        """Begin with none.

        Args:
            patience_seconds: A limit that opens later than this is not waited for.
        """
        self._patience = patience_seconds
        self._known: dict[str, Bucket] = {}

    def get(self, key: str) -> "Bucket":
        """Return the limit of ``ROUTE:CHANNEL``, or ``NAME:CHANNEL`` once Discord has named it."""
        if key not in self._known:
            if len(self._known) >= KNOWN:
                self._known = {name: bucket for name, bucket in self._known.items() if not bucket.is_inactive()}
            self._known[key] = Bucket(self, key.rpartition(":")[2], self._patience)
        return self._known[key]

    def name(self, bucket: "Bucket", name: str, channel: str) -> None:
        """Find a limit by its name from now on; the library does so only for the first channel of a route."""
        self._known[f"{name}:{channel}"] = bucket


class Bucket(Ratelimit):
    """What Discord allows on one route in one channel, as its answers tell it."""

    __slots__ = ("_among", "_channel", "_opens")

    def __init__(self, among: Buckets, channel: str, patience_seconds: float) -> None:
        super().__init__(patience_seconds)
        self._among = among
        self._channel = channel
        #: Those who wait will be woken when it opens.
        self._opens = False

    def update(self, response: aiohttp.ClientResponse, *, use_clock: bool = False) -> None:
        """Take in what an answer tells of the limit."""
        super().update(response, use_clock=use_clock)
        if name := response.headers.get(NAME):
            self._among.name(self, name, self._channel)

    async def __aexit__(
        self,
        type: type[BaseException] | None,  # noqa: A002 - the library's name
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Give the place back, and wake those who may go now, or let them be woken when it opens."""
        self.outgoing -= 1
        left = self.remaining - self.outgoing
        if left > 0:
            self._wake(left)
        elif self.expires is None:
            self._open()
        elif self._pending_requests and not self._opens:
            self._opens = True
            self._loop.call_at(self.expires, self._due)

    async def _refresh(self) -> None:
        """Open it to one who has waited until its time, unless somebody was faster and used it up anew."""
        if self.expires is None or self.is_expired():
            self._open()

    def _due(self) -> None:
        self._opens = False
        if self.remaining > 0 or not self._pending_requests:
            return
        if self.expires is None or self._loop.time() >= self.expires:
            self._open()
        else:
            self._opens = True
            self._loop.call_at(self.expires, self._due)

    def _open(self) -> None:
        self.reset()  # type: ignore[no-untyped-call]
        self._wake(self.remaining)
