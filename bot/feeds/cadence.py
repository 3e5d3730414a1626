"""When a feed is polled next: a pure decision from what the feed and its server said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise

FASTEST = timedelta(minutes=2)
SLOWEST = timedelta(hours=24)
#: For a feed whose rhythm is not known yet.
USUAL = timedelta(minutes=30)
# A newsroom wants even a rare voice within the hour, so slow feeds are not
# left alone for longer while they are alive at all.
PATIENCE = timedelta(hours=1)
# A hub that fails is noticed within this time.
BESIDE_PUSHES = timedelta(hours=2)
# Six looks between two entries find one about a twelfth of its rhythm late.
LOOKS = 6
# A feed silent for 30 days is looked at every 7 hours, from 100 days once a day.
SILENCE_SHARE = 100
#: How long a server may send us away, e.g. with Retry-After.
LONGEST_REST = timedelta(days=7)
#: The due time of a feed that is gone for good.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
#: What is added at most, as a share of the wait, so that feeds do not march in step.
JITTER = 0.05
#: And what is added at most to the end of the hours that a feed skips, where all that skip them meet.
CROWD = timedelta(minutes=3)

# What passes is back soon; what lasts needs somebody's hand, and costs the server.
WAITS = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a server and a feed ask of whoever polls."""

    #: The longer of what Cache-Control, Expires and ttl say is fresh.
    fresh: timedelta | None = None
    retry_after: timedelta | None = None
    #: Hours (0 to 23) and weekdays (Monday is 0) to stay away, UTC.
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()

    def allows_from(self, now: datetime) -> datetime:
        """Return the first moment from now on at which we may come again."""
        return self._not_skipped(now + self._shortest())[0]

    def _shortest(self) -> timedelta:
        """Return the wait that is asked for; who asks for years is looked at once a day all the same."""
        fresh = min(self.fresh or timedelta(), SLOWEST)
        return max(fresh, min(self.retry_after or timedelta(), LONGEST_REST))

    def _not_skipped(self, moment: datetime) -> tuple[datetime, bool]:
        """Return the moment, or the first full hour after it at which nobody stays away; and whether it moved."""
        hour = moment
        for _ in range(24 * 7):
            if hour.hour not in self.skip_hours and hour.weekday() not in self.skip_days:
                return hour, hour is not moment
            hour = hour.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return moment, False

    def put_off(self, due: datetime, draw: float) -> datetime:
        """Return the due time, or one soon after the hours that are skipped; a draw between 0 and 1 tells how soon."""
        moment, moved = self._not_skipped(due)
        return moment + CROWD * draw if moved else moment


NOTHING_ASKED = Asked()


def next_due(  # noqa: PLR0913  each is one fact of the decision
    now: datetime,
    *,
    feed: str,
    polls: int,
    asked: Asked = NOTHING_ASKED,
    failures: int = 0,
    rhythm: timedelta | None = None,
    silent: timedelta | None = None,
    wanted: timedelta | None = None,
    pushed: bool = False,
) -> datetime:
    """Return when to poll a feed again.

    Args:
        now: The moment of this poll, news time.
        feed: The feed's id; with ``polls`` it decides the jitter.
        polls: Which poll this was.
        asked: What the server and the feed ask for.
        failures: Failed polls in a row, this one counted; 0 after a success.
        rhythm: The mean span between two entries, if known.
        silent: How long ago the newest entry is, if known.
        wanted: How soon the stories that it feeds want it read again, if they are lively.
        pushed: A hub pushes its news; polls only make sure that it does.
    """
    wait = WAITS[min(failures, len(WAITS)) - 1] if failures else _by_rhythm(rhythm, silent, wanted)
    if pushed and not failures:
        wait = max(wait, BESIDE_PUSHES)
    draw = _draw(feed, polls)
    wait = min(max(wait, asked.fresh or FASTEST), SLOWEST)
    wait += wait * JITTER * draw
    wait = max(min(wait, SLOWEST), min(asked.retry_after or FASTEST, LONGEST_REST))
    return asked.put_off(now + wait, draw)


def hurried(due: datetime, now: datetime, wanted: timedelta, not_before: datetime | None) -> datetime:
    """Return when a feed is due whose stories have come alive since it was put off.

    Args:
        due: When it is due so far.
        now: News time.
        wanted: How soon its stories want it.
        not_before: What its server allows.
    """
    return min(due, max(now + wanted, not_before or now))


def rhythm_of(moments: Iterable[datetime]) -> timedelta | None:
    """Return the mean span between the latest entries, ``None`` for fewer than two."""
    latest = sorted(set(moments))[-20:]
    gaps = [later - earlier for earlier, later in pairwise(latest)]
    return sum(gaps, timedelta()) / len(gaps) if gaps else None


def _by_rhythm(rhythm: timedelta | None, silent: timedelta | None, wanted: timedelta | None) -> timedelta:
    wait = USUAL if rhythm is None else min(rhythm / LOOKS, PATIENCE)
    if silent is not None:
        wait = max(wait, silent / SILENCE_SHARE)
    return max(min(wait, wanted or wait), FASTEST)


def _draw(feed: str, polls: int) -> float:
    """Return a number between 0 and 1 that the feed and its poll decide."""
    return int.from_bytes(sha256(f"{feed}\n{polls}".encode()).digest()[:4]) / 2**32
