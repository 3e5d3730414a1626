"""Hubs are asked to push the feeds that name them, and what they push is taken in (WebSub)."""

import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot import log
from bot.domain.feed import Feed, FeedState
from bot.domain.push import Push, Standing
from bot.errors import FeedError
from bot.ports import Clock, FeedSource, Poll, Session, Store
from bot.services.fulltext import FullTexts
from bot.services.intake import Intake, Visited

_log = log.get("websub")

#: How long we ask a hub to push, and for how long at most we believe that it does.
LEASE = timedelta(days=5)
LONGEST_LEASE = timedelta(days=30)
#: For a hub that does not say.
USUAL_LEASE = timedelta(days=1)
#: A subscription is renewed when so much of it has passed.
RENEWED_AT = 0.8
# A hub that does not answer is asked again after these waits, the last one for ever.
WAITS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
#: Asked in one round.
AT_ONCE = 20
METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})


class WebSub:
    """Keeps the subscriptions at hubs, and receives what they push."""

    def __init__(  # noqa: PLR0913 - one part of the world each
        self,
        *,
        store: Store,
        source: FeedSource,
        intake: Intake,
        clock: Clock,
        machine_now: Callable[[], datetime],
        public: str,
    ) -> None:
        """Prepare.

        Args:
            store: Keeps the subscriptions.
            source: Reads feeds, and asks hubs.
            intake: Takes in what was pushed.
            clock: News time.
            machine_now: Machine time, in which leases are told.
            public: Where hubs reach our callbacks; a token is added to it.
        """
        self._store = store
        self._source = source
        self._full_texts = FullTexts(store, source)
        self._intake = intake
        self._clock = clock
        self._machine_now = machine_now
        self._public = public.rstrip("/")

    async def look(self, session: Session, due: Sequence[tuple[Feed, FeedState]]) -> frozenset[str]:
        """Return those of the feeds whose hubs push now; note the hubs that we have not asked yet."""
        named = {feed.id: state for feed, state in due if state.hub and state.topic}
        if not named:
            return frozenset()
        now = self._machine_now()
        standing = await session.pushes.of(named)
        for feed, state in named.items():
            push = standing.get(feed)
            if push is None or (push.hub, push.topic) != (state.hub, state.topic):
                await session.pushes.put(_wanted(feed, state.hub or "", state.topic or "", now))
        return frozenset(
            feed
            for feed, push in standing.items()
            if push.is_active(now) and (push.hub, push.topic) == (named[feed].hub, named[feed].topic)
        )

    async def round(self) -> None:
        """Ask the hubs whose turn it is, to subscribe or to renew."""
        now = self._machine_now()
        asked: list[Push] = []
        async with self._store.write() as session:
            for push in await session.pushes.due(now, AT_ONCE):
                found = await session.feeds.get(push.feed)
                if found is None or (found[1].hub, found[1].topic) != (push.hub, push.topic):
                    await session.pushes.remove(push.feed)
                    continue
                # Written before we ask: a hub may come to verify before it answers.
                wait = WAITS[min(push.failures, len(WAITS) - 1)]
                standing = push.standing if push.is_active(now) else Standing.ASKED
                asked.append(replace(push, standing=standing, due=now + wait, failures=push.failures + 1))
                await session.pushes.put(asked[-1])
        for push in asked:
            await self._ask(push)

    async def verify(self, token: str, query: Mapping[str, str]) -> str | None:
        """Return what to echo to a hub that asks whether we meant it, ``None`` if we did not."""
        async with self._store.write() as session:
            push = await session.pushes.by_token(token)
            if push is None or query.get("hub.topic") != push.topic:
                return None
            mode, now = query.get("hub.mode"), self._machine_now()
            if mode == "denied":
                _log.info("hub has refused", feed=push.feed, why=query.get("hub.reason", "")[:200])
                denied = replace(push, standing=Standing.DENIED, expires=None, due=now + WAITS[-1])
                await session.pushes.put(denied)
                return ""
            challenge = query.get("hub.challenge")
            if mode != "subscribe" or not challenge or push.standing is Standing.DENIED:
                return None
            lease = _lease(query.get("hub.lease_seconds", ""))
            await session.pushes.put(
                replace(push, standing=Standing.ACTIVE, expires=now + lease, due=now + lease * RENEWED_AT, failures=0)
            )
        _log.info("hub pushes", feed=push.feed, hours=round(lease.total_seconds() / 3600))
        return challenge

    async def knows(self, token: str) -> bool:
        """Tell whether anything may come for a token."""
        async with self._store.read() as session:
            push = await session.pushes.by_token(token)
            return push is not None and await session.feeds.get(push.feed) is not None

    async def deliver(self, token: str, body: bytes, content_type: str, signature: str) -> None:
        """Take news in; what is not signed as agreed is dropped."""
        async with self._store.read() as session:
            push = await session.pushes.by_token(token)
            found = await session.feeds.get(push.feed) if push else None
        if push is None or found is None or push.standing is not Standing.ACTIVE:
            return
        if not is_signed(push.secret, body, signature):
            _log.warning("a push was not signed by the feed's hub", feed=push.feed)
            return
        await self._take(*found, body, content_type)

    async def _take(self, feed: Feed, state: FeedState, body: bytes, content_type: str) -> None:
        now = self._clock.now()
        try:
            poll: Poll = await self._source.read(feed, state, body, content_type, now)
        except FeedError as unreadable:
            _log.warning("a push cannot be read", feed=feed.id, why=unreadable.what)
            return
        if feed.full_text:
            poll = await self._full_texts.fill(feed, poll)
        await self._intake.take(Visited(feed=feed, before=state, poll=poll, at=now))

    async def _ask(self, push: Push) -> None:
        form = {
            "hub.mode": "subscribe",
            "hub.topic": push.topic,
            "hub.callback": f"{self._public}/{push.token}",
            "hub.secret": push.secret,
            "hub.lease_seconds": str(int(LEASE.total_seconds())),
        }
        try:
            await self._source.ask_hub(push.hub, form)
        except FeedError as failed:
            _log.info("hub cannot be asked; the feed is polled", feed=push.feed, why=failed.what)


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Tell whether ``method=hexadecimal`` is the body's signature under a secret."""
    method, _, given = signature.strip().partition("=")
    if method.lower() not in METHODS:
        return False
    ours = hmac.new(secret.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(ours.encode(), given.lower().encode(errors="replace"))


def _wanted(feed: str, hub: str, topic: str, now: datetime) -> Push:
    return Push(feed=feed, hub=hub, topic=topic, token=secrets.token_urlsafe(24), secret=secrets.token_hex(32), due=now)


def _lease(text: str) -> timedelta:
    seconds = int(text[:9]) if text.isascii() and text.isdigit() else 0
    return min(timedelta(seconds=seconds), LONGEST_LEASE) if seconds else USUAL_LEASE
