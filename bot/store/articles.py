"""The entries that were seen, and their texts as long as they are kept."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from bot.domain.feed import Article, EntryRef
from bot.ports import Known
from bot.store.codec import decode, encode
from bot.store.tables import articles
from bot.store.transaction import Transaction, put

#: Keys looked up at once; SQLite takes 32,766 values a statement, short lists are cached better.
BATCH = 200

_KNOWN = select(articles.c.known).where(articles.c.feed == bindparam("of"))
_BY_ENTRY = _KNOWN.where(articles.c.entry.in_(bindparam("wanted", expanding=True)))
_BY_LINK = _KNOWN.where(articles.c.link.in_(bindparam("wanted", expanding=True))).order_by(articles.c.number)
# The sum keeps the database from walking over all feeds' rows in their order to find this one's.
_LATEST = _KNOWN.order_by((articles.c.number + 0).desc()).limit(bindparam("most"))
_KEPT = select(articles.c.article, articles.c.text).where(articles.c.article.is_not(None))
_GET = _KEPT.where(articles.c.feed == bindparam("of"), articles.c.entry.in_(bindparam("wanted", expanding=True)))
_SINCE = _KEPT.where(articles.c.fetched >= bindparam("since")).order_by(articles.c.fetched, articles.c.number)
_REMEMBER = (
    update(articles)
    .where(articles.c.feed == bindparam("of"), articles.c.entry == bindparam("which"))
    .values(link=bindparam("to"), known=bindparam("left"))
)
_FORGET = (
    update(articles).where(articles.c.fetched < bindparam("before"), articles.c.text.is_not(None)).values(text=None)
)


class SqlArticles:
    """The entries seen and their texts."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def known(self, feed: str, ids: Iterable[str]) -> Mapping[str, Known]:
        """Return what is remembered of entries, by their ids."""
        return {known.ref.id: known for known in await self._find(_BY_ENTRY, feed, ids)}

    async def known_links(self, feed: str, links: Iterable[str]) -> Mapping[str, Known]:
        """Return what is remembered of entries, by their links; the latest if several share one."""
        return {known.link: known for known in await self._find(_BY_LINK, feed, links)}

    async def titles(self, feed: str, limit: int) -> frozenset[str]:
        """Return the title hashes of a feed's latest entries."""
        found = await self._transaction.rows(_LATEST, {"of": feed, "most": limit})
        return frozenset(decode(Known, row.known).title_hash for row in found)

    async def put(self, article: Article, known: Known) -> None:
        """Add an article, or replace its former revision."""
        row = {
            **_seen(known, article.fetched),
            "workspace": article.workspace,
            "article": encode(replace(article, text="")),
            "text": json.dumps(article.text),
        }
        await put(self._transaction, articles, [row])

    async def seen(self, known: Iterable[Known], at: datetime) -> None:
        """Remember entries without keeping their texts (a first read).

        An entry that was known before, from a feed that was removed and came
        back, keeps its article and never falls back to a lower revision.
        """
        by_feed: dict[str, list[Known]] = {}
        for each in known:
            by_feed.setdefault(each.ref.feed, []).append(each)
        for feed, entries in by_feed.items():
            before = await self.known(feed, (each.ref.id for each in entries))
            old = [_kept(each, before[each.ref.id]) for each in entries if each.ref.id in before]
            new = [each for each in entries if each.ref.id not in before]
            await put(self._transaction, articles, [_seen(each, at) for each in new])
            await self._remember(old)

    async def get(self, refs: Iterable[EntryRef]) -> Mapping[EntryRef, Article]:
        """Return the articles that are kept; a forgotten text is empty."""
        by_feed: dict[str, list[str]] = {}
        for ref in refs:
            by_feed.setdefault(ref.feed, []).append(ref.id)
        found = [
            _article(row)
            for feed, ids in by_feed.items()
            for some in _batches(ids)
            for row in await self._transaction.rows(_GET, {"of": feed, "wanted": some})
        ]
        return {article.ref: article for article in found}

    async def since(self, moment: datetime) -> Sequence[Article]:
        """Return the articles fetched at or after the moment, in order of arrival."""
        return [_article(row) for row in await self._transaction.rows(_SINCE, {"since": moment})]

    async def forget_texts(self, before: datetime) -> int:
        """Drop the texts of articles fetched before the moment; return how many."""
        return await self._transaction.run(_FORGET, {"before": before})

    async def _find(self, statement: Any, feed: str, wanted: Iterable[str]) -> Sequence[Known]:
        return [
            decode(Known, row.known)
            for some in _batches(wanted)
            for row in await self._transaction.rows(statement, {"of": feed, "wanted": some})
        ]

    async def _remember(self, known: Sequence[Known]) -> None:
        if known:
            rows = [{"of": k.ref.feed, "which": k.ref.id, "to": k.link, "left": encode(k)} for k in known]
            await self._transaction.run(_REMEMBER, rows)


def _seen(known: Known, at: datetime) -> dict[str, Any]:
    return {
        "feed": known.ref.feed,
        "entry": known.ref.id,
        "link": known.link,
        "fetched": at,
        "known": encode(known),
    }


def _kept(now: Known, before: Known) -> Known:
    return replace(now, revision=max(now.revision, before.revision))


def _article(row: Row[Any]) -> Article:
    article = decode(Article, row.article)
    return article if row.text is None else replace(article, text=json.loads(row.text))


def _batches(wanted: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(dict.fromkeys(wanted))
    while some := list(islice(rest, BATCH)):
        yield some
