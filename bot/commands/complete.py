"""Choices for what somebody is typing, from memory."""

import asyncio
from collections.abc import Iterable, Sequence

from bot.domain.audience import Channel, Level, Watch
from bot.domain.command import Completes
from bot.domain.correction import short
from bot.domain.feed import Feed
from bot.domain.story import Story
from bot.kinds import CATALOGUE
from bot.locales import Voice, _, voice_in
from bot.ports import Session, Store
from bot.track.arrange import Arrangement, arrange

# Discord shows 25 choices of at most 100 characters; others gladly fewer.
MOST = 25
LONGEST = 100

# Another process may have changed a title in place, which leaves no mark.
WHOLE = 120

SPANS = (
    ("1h", _("1 hour")),
    ("8h", _("8 hours")),
    ("24h", _("24 hours")),
    ("7d", _("7 days")),
    ("change", _("until its state changes")),
)

Choice = tuple[str, str]


class Choices:
    """What can be chosen, read from the store now and then."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._all: dict[Completes, list[Choice]] = {}
        self._watches: dict[str, list[Choice]] = {}
        #: By workspace, for those that see something otherwise than everybody does.
        self._own: dict[str, dict[Completes, list[Choice]]] = {}
        #: Workspaces' own feeds.
        self._feeds: dict[str, list[Choice]] = {}
        #: What the store was like when it was last read.
        self._marks: dict[str, tuple[int, ...]] = {}
        self._looks = 0

    async def refresh(self) -> None:
        """Read the names of stories, feeds, watches, alerts and corrections anew, as far as something has changed."""
        if self._looks % WHOLE == 0:
            self._marks = {}
        self._looks += 1
        async with self._store.read() as session:
            self._watches = _by_channel(await session.channels.watches())
            if self._is_new("feeds", await session.feeds.mark()):
                self._read_feeds([feed for feed, _ in await session.feeds.all()])
            if self._is_new("stories", (*await session.stories.mark(), *await session.alerts.mark())):
                await self._read_stories(session)

    def _is_new(self, what: str, mark: tuple[int, ...]) -> bool:
        is_new = self._marks.get(what) != mark
        self._marks[what] = mark
        return is_new

    def _read_feeds(self, feeds: Sequence[Feed]) -> None:
        self._all[Completes.FEED] = [_feed(feed) for feed in feeds if feed.workspace is None]
        self._feeds = {}
        for feed in feeds:
            if feed.workspace is not None:
                self._feeds.setdefault(feed.workspace, []).append(_feed(feed))

    async def _read_stories(self, session: Session) -> None:
        corrections = await session.stories.corrections()
        stories = await session.stories.all()
        everybodys = await _choices(session, arrange(corrections, None), stories)
        own: dict[str, dict[Completes, list[Choice]]] = {}
        for workspace in {owner for _story, owner in await session.stories.owned()}:
            # Somebody may be typing meanwhile.
            await asyncio.sleep(0)
            own[workspace] = await _choices(session, arrange(corrections, workspace), stories)
        self._all |= everybodys
        self._own = own

    def complete(self, what: Completes, typed: str, channel: Channel, language: str) -> Sequence[Choice]:
        """Return the choices that hold what was typed, those that begin with it first.

        Args:
            what: What they are drawn from.
            typed: So far.
            channel: Where somebody types.
            language: What they read; values stay as commands want them.
        """
        wanted = typed.strip().lower()
        choices = self._choices(what, channel, voice_in(language))
        holding = [choice for choice in choices if wanted in choice[1].lower() or choice[0].startswith(wanted)]
        holding.sort(key=lambda choice: not choice[0].startswith(wanted))
        return [(value, label[:LONGEST]) for value, label in holding[:MOST]]

    def _choices(self, what: Completes, channel: Channel, say: Voice) -> Sequence[Choice]:  # noqa: PLR0911 - one a sort
        seen = (self._all | self._own.get(channel.workspace, {})).get(what, [])
        match what:
            case Completes.KIND:
                return [(kind.name, say.named("kind", kind.title)) for kind in CATALOGUE.values()]
            case Completes.LEVEL:
                return [(level.value, say.named("level", level.value)) for level in Level]
            case Completes.SPAN:
                return [(value, say(label)) for value, label in SPANS]
            case Completes.STORIES:
                return [("all", say("all · every story")), *seen]
            case Completes.WATCH:
                return self._watches.get(channel.id, [])
            case Completes.FEED:
                return [*seen, *self._feeds.get(channel.workspace, [])]
            case _:
                return seen


def _feed(feed: Feed) -> tuple[str, str]:
    return feed.id, f"{feed.id} · {feed.outlet}"


def _by_channel(watches: Iterable[Watch]) -> dict[str, list[Choice]]:
    found: dict[str, list[Choice]] = {}
    for watch in watches:
        found.setdefault(watch.channel, []).append((watch.name, f"{watch.name} · {watch.query}"))
    return found


def _name(story: Story) -> tuple[str, str]:
    return story.slug, f"{story.slug} · {story.title}"


async def _choices(
    session: Session, arrangement: Arrangement, stories: Sequence[Story]
) -> dict[Completes, list[Choice]]:
    """Return the names of what a workspace may correct."""
    seen = [arrangement.named(story) for story in stories if story.workspace in {None, arrangement.workspace}]
    named = [_name(story) for story in seen if not story.merged_into]
    latest = await session.alerts.last(MOST, workspace=arrangement.workspace)
    corrections = {entry.id: entry for _, entry in arrangement.holding if entry.because is None}
    return {
        Completes.STORY: named,
        Completes.STORIES: named,
        Completes.ALERT: [(alert.id, alert.headline) for alert, _ in latest if alert.story],
        Completes.CORRECTION: [
            (short(entry), f"{short(entry)} · {entry.title or entry.query or entry.slug or entry.action}")
            for entry in reversed(corrections.values())
        ],
    }
