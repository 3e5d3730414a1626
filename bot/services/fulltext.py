"""New entries of a feed that only teases are read in full on their pages, if somebody opted in."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot import log
from bot.domain.feed import Entry, EntryRef, Feed
from bot.errors import FeedError
from bot.ports import FeedSource, Poll, Store
from bot.services.fresh import fingerprint

_log = log.get("fulltext")

#: Pages read after one visit, the newest first; who publishes more at once floods.
MOST = 10
#: Machine time for all of them; shorter than the lease on their feed.
PATIENCE = timedelta(seconds=60)


class FullTexts:
    """Fetches pages between a visit and the intake of what it brought."""

    def __init__(self, store: Store, source: FeedSource, patience: timedelta = PATIENCE) -> None:
        self._store = store
        self._source = source
        self._patience = patience

    async def fill(self, feed: Feed, poll: Poll) -> Poll:
        """Return what a visit brought, entries that are new or edited with the article on their page.

        A new entry whose page cannot be had stays a teaser. An edited one
        keeps the article that was read before: it is not taken back only
        because a page does not answer.
        """
        fresh, edited = await self._fresh(feed, poll.entries)
        if not fresh:
            return poll
        filled: dict[EntryRef, Entry] = {}
        trouble: str | None = None
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                for entry in reversed(fresh[-MOST:]):
                    try:
                        filled[entry.ref] = await self._source.full_text(entry)
                    except FeedError as refused:
                        trouble = refused.what
        except TimeoutError:
            trouble = "pages take too long"
        if trouble:
            _log.info("pages not read", feed=feed.id, read=len(filled), of=len(fresh), last=trouble)
        filled |= await self._as_before([entry for entry in fresh if entry.ref in edited and entry.ref not in filled])
        return replace(
            poll,
            entries=tuple(filled.get(entry.ref, entry) for entry in poll.entries),
            state=replace(poll.state, page_error=trouble),
        )

    async def _as_before(self, entries: Sequence[Entry]) -> dict[EntryRef, Entry]:
        """Return entries with the articles that were read on their pages earlier."""
        if not entries:
            return {}
        async with self._store.read() as session:
            before = await session.articles.get([entry.ref for entry in entries])
        return {
            entry.ref: replace(entry, full=before[entry.ref].text.partition("\n\n")[2] or None)
            for entry in entries
            if entry.ref in before
        }

    async def _fresh(self, feed: Feed, entries: Sequence[Entry]) -> tuple[list[Entry], set[EntryRef]]:
        """Return the entries that are new or edited in their order, and which of these are edited."""
        async with self._store.read() as session:
            known = await session.articles.known(feed.id, [entry.ref.id for entry in entries])
        new = {entry.ref for entry in entries if entry.ref.id not in known}
        edited = {
            entry.ref
            for entry in entries
            if entry.ref.id in known and known[entry.ref.id].raw_hash != fingerprint(entry)
        }
        return [entry for entry in entries if entry.ref in new or entry.ref in edited], edited
