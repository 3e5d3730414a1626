"""A document's items become a feed's entries."""

from datetime import datetime

from yarl import URL

from bot.domain.feed import Entry, EntryRef, Feed
from bot.feeds.identity import name_items
from bot.feeds.parse.document import Document


def make_entries(feed: Feed, document: Document, url: str, now: datetime) -> tuple[Entry, ...]:
    """Return a document's entries, oldest first; those without a date are as new as their place says.

    Args:
        feed: Whose they are.
        document: As it was read.
        url: Where it came from.
        now: News time of the visit.
    """
    # The feed's own address may hold a key, so an entry without a link gets its host.
    home = str(URL(url).origin())
    entries = [
        Entry(
            ref=EntryRef(feed.id, name),
            outlet=feed.outlet,
            url=item.link if item.link.startswith(("http://", "https://")) else home,
            title=item.title,
            summary=item.summary,
            content=item.content,
            published=item.published,
            fetched=now,
        )
        for name, item in name_items(document.items)
    ]
    # Feeds begin with their newest, and sorting keeps the order among equals.
    entries.reverse()
    return tuple(sorted(entries, key=lambda entry: min(entry.published or now, now)))
