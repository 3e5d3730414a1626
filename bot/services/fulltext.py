"""New entries of a feed that only teases are read in full on their pages, if somebody opted in."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot.domain.feed import Entry, EntryRef, Feed
from bot.ports import FeedSource, Store
from bot.services.fresh import fingerprint

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

    async def fill(self, feed: Feed, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Return a feed's entries, those that are new or edited with the article on their page.

        A new entry whose page cannot be had stays a teaser. An edited one
        keeps the article that was read before: it is not taken back only
        because a page does not answer.
        """
        fresh, edited = await self._fresh(feed, entries)
        filled: dict[EntryRef, Entry] = {}
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience.total_seconds()):
                for entry in reversed(fresh[-MOST:]):
                    filled[entry.ref] = await self._source.full_text(entry)
        lost = [ref for ref in edited if ref not in filled or filled[ref].full is None]
        if lost:
            async with self._store.read() as session:
                before = await session.articles.get(lost)
            for entry in fresh:
                if entry.ref in before:
                    _, _, body = before[entry.ref].text.partition("\n\n")
                    filled[entry.ref] = replace(entry, full=body or None)
        return tuple(filled.get(entry.ref, entry) for entry in entries)

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
