"""Which entries of a feed are new to us, told by id, link and title, and which of these are news."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot.domain.feed import Article, Entry
from bot.ports import Known, Session

# What was published longer ago than this, before we could have seen it, is no news.
STALE = timedelta(hours=48)
# What was published so long before we came back from being away is marked late.
LATE = timedelta(minutes=30)
# So many entries at once, and half of what the feed holds, are a reshuffle
# unless their dates say that they came since we last looked.
BULK = 5
# Publishers' clocks, and what they hold back before it appears.
SLACK = timedelta(hours=1)
# More than so many of a bulk under one date were stamped by a machine.
SHARED = 2
#: So many former versions of an entry are remembered.
FORMER = 8
#: How far back a bulk is compared by title.
TITLES = 500

ToArticle = Callable[[Entry, int], Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one visit to one feed brought."""

    entries: Sequence[Entry]
    #: Keep what they say but say nothing (a first read).
    quiet: bool = False
    #: When the feed was read before, news time.
    last_seen: datetime | None = None
    #: Since when nobody could read the feed, if that was longer than usual.
    away_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """An entry that is new or edited, as an article."""

    article: Article
    known: Known
    #: It is kept without a word.
    hush: bool
    #: It was published while nobody could read it.
    late: bool


async def fresh_of(session: Session, reading: Reading, to_article: ToArticle) -> list[Fresh]:
    """Return what is new or edited among the entries of one feed, in their order."""
    entries = told_apart(reading.entries)
    if not entries:
        return []
    feed = entries[0].ref.feed
    seen = await session.articles.known(feed, [entry.ref.id for entry in entries])
    edited = [
        version
        for entry in entries
        if entry.ref.id in seen
        if (version := _edited(entry, seen[entry.ref.id], to_article))
    ]
    unseen = [(entry, *_version(entry, 0, to_article)) for entry in entries if entry.ref.id not in seen]
    if unseen:
        links = await session.articles.known_links(feed, [entry.url for entry, _, _ in unseen if entry.url])
        # The feed, or our parser, gives an old entry another id.
        unseen = [new for new in unseen if not _same_title(links.get(new[0].url), new[2])]
    doubtful = reading.last_seen is not None and not reading.quiet
    if doubtful and _is_bulk(len(unseen), len(entries)):
        # Or another id and another address, as when a site moves house.
        titles = await session.articles.titles(feed, TITLES)
        unseen = [new for new in unseen if new[2].title_hash not in titles]
    doubtful = doubtful and _is_bulk(len(unseen), len(entries))
    dates = Counter(entry.published for entry, _, _ in unseen)
    fresh = [_judged(article, known, reading) for article, known in edited]
    for entry, article, known in unseen:
        old = doubtful and (dates[entry.published] > SHARED or not _came_since(entry, reading.last_seen))
        fresh.append(_judged(article, known, reading, old=old))
    return fresh


def told_apart(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Return entries of one reading with an id for each, where a feed gives one id to several articles.

    Their addresses tell them apart. Where these are the same too, they are
    versions of one article, and the last one counts.
    """
    links: dict[str, set[str]] = {}
    for entry in entries:
        links.setdefault(entry.ref.id, set()).add(entry.url)
    apart = [
        entry
        if len(links[entry.ref.id]) == 1
        else replace(entry, ref=replace(entry.ref, id=f"{entry.ref.id} {entry.url}"))
        for entry in entries
    ]
    return list({entry.ref: entry for entry in apart}.values())


def fingerprint(entry: Entry) -> str:
    """Return what tells whether a feed gives an entry as it did before, cheaper than to make an article of it."""
    parts = (entry.title, entry.summary or "", entry.content or "", entry.url)
    return sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def _edited(entry: Entry, before: Known, to_article: ToArticle) -> tuple[Article, Known] | None:
    print_ = fingerprint(entry)
    if before.raw_hash == print_ or entry.fetched < before.fetched:
        return None  # nothing new, or a version from before the one that we have
    if entry.fetched == before.fetched and print_ in before.former:
        return None
    article, known = _version(entry, before.revision + 1, to_article)
    known = replace(known, former=(*before.former, before.raw_hash)[-FORMER:])
    return None if known.content_hash == before.content_hash else (article, known)


def _version(entry: Entry, revision: int, to_article: ToArticle) -> tuple[Article, Known]:
    article = to_article(entry, revision)
    known = Known(
        ref=article.ref,
        revision=article.revision,
        content_hash=sha256(article.text.encode()).hexdigest(),
        link=article.url,
        fetched=article.fetched,
        title_hash=sha256(article.title.casefold().encode()).hexdigest(),
        raw_hash=fingerprint(entry),
    )
    return article, known


def _same_title(before: Known | None, now: Known) -> bool:
    return before is not None and before.title_hash == now.title_hash


def _is_bulk(new: int, all_: int) -> bool:
    return new >= BULK and new * 2 >= all_


def _came_since(entry: Entry, last_seen: datetime | None) -> bool:
    return entry.published is not None and last_seen is not None and entry.published > last_seen - SLACK


def _judged(article: Article, known: Known, reading: Reading, *, old: bool = False) -> Fresh:
    horizon = min(article.fetched, reading.last_seen or article.fetched) - STALE
    away = reading.away_since
    return Fresh(
        article=article,
        known=known,
        hush=reading.quiet or old or article.published < horizon,
        late=away is not None and article.published > away and article.fetched - article.published > LATE,
    )
