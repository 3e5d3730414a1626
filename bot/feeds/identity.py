"""What an entry is called when its feed does not say, or says the same of several."""

from collections.abc import Iterable
from hashlib import sha256

from bot.feeds.parse.document import Item

#: Longer ids are shortened to a hash; no sane feed needs them.
LONGEST = 500


def name_items(items: Iterable[Item]) -> list[tuple[str, Item]]:
    """Return the items with their ids, each id once.

    The id is the feed's own, else the link, else a hash of the title. When two
    items share one but tell different things, the later is called by its link
    or title instead; when they tell the same, it is left out.
    """
    named: dict[str, Item] = {}
    for item in items:
        for name in _candidates(item):
            if name not in named:
                named[name] = item
                break
            if _same(named[name], item):
                break
    return list(named.items())


def _candidates(item: Item) -> list[str]:
    words = item.title or item.summary or item.content or ""
    hashed = f"title:{_hash(words)}" if words else ""
    names = (item.id, item.link, hashed)
    return [name if len(name) <= LONGEST else f"long:{_hash(name)}" for name in names if name]


def _same(one: Item, other: Item) -> bool:
    return one.title == other.title or (one.link == other.link and bool(one.link))


def _hash(text: str) -> str:
    return sha256(" ".join(text.split()).encode(errors="replace")).hexdigest()[:32]
