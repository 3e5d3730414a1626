"""Choices for what somebody is typing, from memory."""

import asyncio
from collections.abc import Sequence

from bot.domain.audience import Channel, Level
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
        self._watches: dict[str, list[tuple[str, str]]] = {}
        #: By workspace, for those that see something otherwise than everybody does.
        self._own: dict[str, dict[Completes, list[tuple[str, str]]]] = {}
        #: Workspaces' own feeds.
        self._feeds: dict[str, list[tuple[str, str]]] = {}

    async def refresh(self) -> None:
        """Read the names of stories, feeds, watches, alerts and corrections anew."""
        async with self._store.read() as session:
            corrections = await session.stories.corrections()
            stories = await session.stories.all()
            everybodys = await _choices(session, arrange(corrections, None), stories)
            feeds = [feed for feed, _ in await session.feeds.all()]
            owned = {workspace for _, workspace in await session.stories.owned()}
            own: dict[str, dict[Completes, list[tuple[str, str]]]] = {}
            for each in owned:
                # Somebody may be typing meanwhile.
                await asyncio.sleep(0)
                own[each] = await _choices(session, arrange(corrections, each), stories)
            self._own = own
            watches = await session.channels.watches()
        self._all |= everybodys
        self._all[Completes.FEED] = [_feed(feed) for feed in feeds if feed.workspace is None]
        self._feeds = {}
        for feed in feeds:
            if feed.workspace is not None:
                self._feeds.setdefault(feed.workspace, []).append(_feed(feed))
        self._watches = {}
        for watch in watches:
            self._watches.setdefault(watch.channel, []).append((watch.name, f"{watch.name} · {watch.query}"))

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


def _name(story: Story) -> tuple[str, str]:
    return story.slug, f"{story.slug} · {story.title}"


async def _choices(
    session: Session, arrangement: Arrangement, stories: Sequence[Story]
) -> dict[Completes, list[tuple[str, str]]]:
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
