"""Choices for what somebody is typing, from memory."""

from collections.abc import Sequence

from bot.domain.audience import Channel, Level
from bot.domain.command import Completes
from bot.kinds import CATALOGUE
from bot.ports import Store

# Discord shows 25 choices of at most 100 characters; others gladly fewer.
MOST = 25
LONGEST = 100

SPANS = (
    ("1h", "1 hour"),
    ("8h", "8 hours"),
    ("24h", "24 hours"),
    ("7d", "7 days"),
    ("change", "until its state changes"),
)


class Choices:
    """What can be chosen, read from the store now and then."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._all: dict[Completes, list[tuple[str, str]]] = {
            Completes.KIND: [(kind.name, kind.title) for kind in CATALOGUE.values()],
            Completes.LEVEL: [(level.value, level.value) for level in Level],
            Completes.SPAN: list(SPANS),
        }
        self._watches: dict[str, list[tuple[str, str]]] = {}

    async def refresh(self) -> None:
        """Read the names of stories, feeds and watches anew."""
        async with self._store.read() as session:
            stories = await session.stories.all()
            feeds = await session.feeds.all()
            watches = await session.channels.watches()
        self._all[Completes.STORY] = [
            (story.slug, f"{story.slug} · {story.title}") for story in stories if story.merged_into is None
        ]
        self._all[Completes.STORIES] = [("all", "all · every story"), *self._all[Completes.STORY]]
        self._all[Completes.FEED] = [(feed.id, f"{feed.id} · {feed.outlet}") for feed, _ in feeds]
        self._watches = {}
        for watch in watches:
            self._watches.setdefault(watch.channel, []).append((watch.name, f"{watch.name} · {watch.query}"))

    def complete(self, what: Completes, typed: str, channel: Channel) -> Sequence[tuple[str, str]]:
        """Return the choices that hold what was typed, those that begin with it first."""
        choices = self._watches.get(channel.id, []) if what is Completes.WATCH else self._all.get(what, [])
        wanted = typed.strip().lower()
        holding = [choice for choice in choices if wanted in choice[1].lower()]
        holding.sort(key=lambda choice: not choice[0].startswith(wanted))
        return [(value, label[:LONGEST]) for value, label in holding[:MOST]]
