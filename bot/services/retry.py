"""When a failed delivery is tried again."""

from datetime import datetime, timedelta

# A platform that is down is often back within a minute, so we ask soon at
# first; after the last step we keep asking once an hour.
WAITS = (
    timedelta(seconds=2),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
)

# A desk that gets yesterday's alert is not served: after a day we give up.
ATTEMPTS = len(WAITS) + 24


def next_attempt(failed_at: datetime, attempts: int) -> datetime:
    """Return when to try again.

    Args:
        failed_at: When the last attempt failed, machine time, UTC.
        attempts: How many attempts were made so far, 1 or more.
    """
    return failed_at + WAITS[min(attempts, len(WAITS)) - 1]
