"""What is no longer needed is let go."""

from datetime import timedelta

from bot import log
from bot.ports import Clock, Store

_log = log.get("housekeeping")


class Housekeeping:
    """Forgets the texts of old articles and mutes that are over; events and alerts stay for ever."""

    def __init__(self, store: Store, clock: Clock, texts: timedelta) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts

    async def round(self) -> None:
        """Forget once what is past its time."""
        async with self._store.write() as session:
            forgotten = await session.articles.forget_texts(self._clock.now() - self._texts)
            for mute in await session.channels.mutes():
                if mute.until is not None and mute.until <= self._clock.now():
                    await session.channels.unmute(mute.channel, mute.story)
        if forgotten:
            _log.info("texts forgotten", articles=forgotten, older_than_days=self._texts.days)
