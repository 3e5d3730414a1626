"""What an entry is called when its feed does not say, or says the same of several."""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from bot.feeds.parse.document import Item

#: Longer ids are shortened to a hash; no sane feed needs them.
LONGEST = 500


def name_items(items: Iterable[Item]) -> list[tuple[str, Item]]:
    """Return the items with their ids, each id once, in the feed's order.

    The id is the feed's own, else the link, else a hash of the title. A name
    that stands on items which tell different things names none of them: some
    feeds link every note to their front page. An item that is told twice is
    kept once, and one without any of these is left out.
    """
    items = tuple(items)
    if _speak_for_themselves(items):
        return [(_short(item.id), item) for item in items]
    tellings: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        for name in (item.id, item.link):
            tellings[name].add(_fingerprint(item))
    named: dict[str, Item] = {}
    for item in items:
        own = (name for name in (item.id, item.link) if name and len(tellings[name]) == 1)
        name = next(own, _fingerprint(item))
        if name:
            named.setdefault(_short(name), item)
    return list(named.items())


def _speak_for_themselves(items: tuple[Item, ...]) -> bool:
    """Tell whether each item has an id of its own, as in most feeds, which no other item has for a link."""
    ids = {item.id for item in items}
    return (
        "" not in ids and len(ids) == len(items) and all(item.link == item.id or item.link not in ids for item in items)
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"long:{_hash(name)}"


def _fingerprint(item: Item) -> str:
    words = item.title or item.summary or item.content or ""
    return f"title:{_hash(words)}" if words else ""


def _hash(text: str) -> str:
    return sha256(" ".join(text.split()).encode(errors="replace")).hexdigest()[:32]
