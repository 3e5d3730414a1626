"""``/subscribe``: a channel follows a story, or all of them."""

from collections.abc import Sequence
from difflib import get_close_matches

from bot.announce.audience import hears
from bot.commands.desk import NEAR, Desk, enlist, find_story
from bot.domain.alert import Alert, Card, Section
from bot.domain.audience import Level, Subscription, workspace_of
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.domain.moments import stamp
from bot.errors import CommandError
from bot.kinds import CATALOGUE
from bot.ports import Session

ALL = "all"

# What a new subscriber is shown of what it would have heard, and how far back we look.
SHOWN = 3
LOOK_BACK = 200

COMMAND = Command(
    name="subscribe",
    summary="Post a story's changes here",
    options=(
        Option(name="story", summary="A story, or all", required=True, completes=Completes.STORIES),
        Option(name="level", summary="key, normal or everything", completes=Completes.LEVEL),
        Option(name="kinds", summary="Only these kinds, with commas", completes=Completes.KIND),
    ),
    manages=True,
    form=True,
)


async def run(desk: Desk, call: Call) -> Reply:
    """Subscribe the channel and show what it would have been sent of late."""
    level = _level(call.arguments.get("level", Level.NORMAL))
    kinds = read_kinds(call.arguments.get("kinds", ""))
    async with desk.store.write() as session:
        wanted = call.arguments["story"]
        story = None if wanted.lower() == ALL else await find_story(session, wanted, call.channel.workspace)
        subscription = Subscription(
            channel=call.channel.id,
            story=story.id if story else ALL,
            level=level,
            kinds=kinds,
            since=desk.clock.now(),
        )
        await enlist(session, call)
        await session.channels.subscribe(subscription)
        recent = await _would_have_heard(session, subscription)
    title = f"This channel follows {f'{story.title} ({story.slug})' if story else 'every story'}, level {level}"
    if kinds:
        title += f", kinds {', '.join(sorted(kinds))}"
    return Reply(
        card=Card(
            title=title,
            sections=(_recent(recent),),
            foot="Quieter: level:key. Louder: level:everything. Stop: /unsubscribe.",
        )
    )


async def _would_have_heard(session: Session, subscription: Subscription) -> list[Alert]:
    story = None if subscription.story == ALL else subscription.story
    posts = await session.alerts.last(LOOK_BACK, story, workspace_of(subscription.channel))
    return [alert for alert, _ in posts if hears(subscription, alert)][:SHOWN]


def _recent(alerts: Sequence[Alert]) -> Section:
    if not alerts:
        return Section(title="Last alerts", lines=("None so far; the next change is posted here.",))
    lines = tuple(f"{alert.headline} ({stamp(alert.at)})" for alert in alerts)
    return Section(title="The last that it would have sent", lines=lines)


def _level(written: str) -> Level:
    try:
        return Level(written.lower())
    except ValueError:
        raise CommandError(f"`level:{written}` is not a level; use key, normal or everything.") from None


def read_kinds(written: str) -> frozenset[str]:
    """Return the kinds that are written with commas.

    Raises:
        CommandError: Naming one that is not, and those near to it.
    """
    kinds = frozenset(kind.strip().lower() for kind in written.split(",") if kind.strip())
    unknown = sorted(kinds - set(CATALOGUE))
    if unknown:
        raise CommandError(f"`{unknown[0]}` is not a kind; choose from {', '.join(_near(unknown[0]))}.")
    return kinds


def _near(written: str) -> Sequence[str]:
    """Return the kinds that were meant most likely, all of them if none is near."""
    holding = [kind for kind in CATALOGUE if written in kind]
    return holding or get_close_matches(written, CATALOGUE, n=NEAR) or tuple(CATALOGUE)
