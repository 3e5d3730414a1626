"""What is no longer needed is let go."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot import log
from bot.ports import Clock, Store

_log = log.get("housekeeping")

# Slack may repeat an event every hour for a day; Discord what its quarter of an hour allows to answer.
REPEATED = timedelta(days=1)


class Housekeeping:
    """Forgets old articles' texts, mutes that are over, and what was asked; events and alerts stay for ever."""

    def __init__(self, store: Store, clock: Clock, machine_now: Callable[[], datetime], texts: timedelta) -> None:
        self._store = store
        self._clock = clock
        self._machine_now = machine_now
        self._texts = texts

    async def round(self) -> None:
        """Forget once what is past its time."""
        async with self._store.write() as session:
            forgotten = await session.articles.forget_texts(self._clock.now() - self._texts)
            for mute in await session.channels.mutes():
                if mute.until is not None and mute.until <= self._clock.now():
                    await session.channels.unmute(mute.channel, mute.story)
            await session.requests.forget(self._machine_now() - REPEATED)
        if forgotten:
            _log.info("texts forgotten", articles=forgotten, older_than_days=self._texts.days)
