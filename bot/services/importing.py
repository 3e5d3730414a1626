"""A list of feeds is taken in at once; what is read already is left as it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.address import address_keys, free_name, keys_of, short_name
from bot.domain.feed import Feed, FeedState
from bot.ports import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a list's feeds."""

    added: tuple[Feed, ...] = ()
    #: Read already, or twice in the list; each with the short name that it is read under.
    known: tuple[tuple[Feed, str], ...] = ()
    #: What they give is no web address.
    refused: tuple[Feed, ...] = ()


async def take_list(session: Session, feeds: Iterable[Feed], now: datetime) -> Taken:
    """Read the feeds from now on that are not read yet; one that was removed comes back.

    Nobody is asked for anything here: the poller visits them in its own time,
    and tells of those that fail.
    """
    rows = await session.feeds.all()
    names = {feed.id for feed, _ in rows}
    read = {key: feed.id for feed, _ in rows for key in keys_of(feed)}
    added, known, refused = [], [], []
    for feed in feeds:
        [key] = address_keys([feed.url])
        if not feed.url.startswith(("http://", "https://")):
            refused.append(feed)
        elif key in read:
            known.append((feed, read[key]))
        else:
            name = free_name(feed.id, names) if feed.id else short_name(feed.url, names)
            new = replace(feed, id=name, outlet=feed.outlet or name)
            await session.feeds.put(new, FeedState(due=now))
            await session.feeds.readmit(new)
            names.add(name)
            read[key] = name
            added.append(new)
    return Taken(added=tuple(added), known=tuple(known), refused=tuple(refused))
