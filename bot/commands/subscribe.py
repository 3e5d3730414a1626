"""``/subscribe``: a channel follows a story, or all of them."""

from collections.abc import Sequence
from difflib import get_close_matches

from bot.announce.audience import hears
from bot.commands.desk import NEAR, Desk, enlist, find_story
from bot.domain.alert import Alert, Card, Section
from bot.domain.audience import Level, Subscription, workspace_of
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.domain.moments import stamp
from bot.domain.story import Story
from bot.errors import CommandError
from bot.kinds import CATALOGUE
from bot.locales import Voice, _, voice_in
from bot.ports import Session

ALL = "all"

# What a new subscriber is shown of what it would have heard, and how far back we look.
SHOWN = 3
LOOK_BACK = 200

COMMAND = Command(
    name="subscribe",
    summary=_("Post a story's changes here"),
    options=(
        Option(name="story", summary=_("A story, or all"), required=True, completes=Completes.STORIES),
        Option(name="level", summary=_("key, normal or everything"), completes=Completes.LEVEL),
        Option(name="kinds", summary=_("Only these kinds, with commas"), completes=Completes.KIND),
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
    say = voice_in(call.language)
    return Reply(
        card=Card(
            title=_title(story, subscription, say),
            sections=(_recent(recent, say),),
            foot=say("Quieter: level:key. Louder: level:everything. Stop: /unsubscribe."),
        )
    )


def _title(story: Story | None, subscription: Subscription, say: Voice) -> str:
    level, kinds = say.named("level", subscription.level), ", ".join(sorted(subscription.kinds))
    if story is None:
        if kinds:
            return say("This channel follows every story, level {level}, kinds {kinds}", level=level, kinds=kinds)
        return say("This channel follows every story, level {level}", level=level)
    told = _("This channel follows {title} ({story}), level {level}")
    only = _("This channel follows {title} ({story}), level {level}, kinds {kinds}")
    return say(only if kinds else told, title=story.title, story=story.slug, level=level, kinds=kinds)


async def _would_have_heard(session: Session, subscription: Subscription) -> list[Alert]:
    story = None if subscription.story == ALL else subscription.story
    posts = await session.alerts.last(LOOK_BACK, story, workspace_of(subscription.channel))
    return [alert for alert, _card in posts if hears(subscription, alert)][:SHOWN]


def _recent(alerts: Sequence[Alert], say: Voice) -> Section:
    if not alerts:
        return Section(title=say("Last alerts"), lines=(say("None so far; the next change is posted here."),))
    lines = tuple(f"{alert.headline} ({stamp(alert.at)})" for alert in alerts)
    return Section(title=say("The last that it would have sent"), lines=lines)


def _level(written: str) -> Level:
    try:
        return Level(written.lower())
    except ValueError:
        raise CommandError(
            "`level:{written}` is not a level; use key, normal or everything.", written=written
        ) from None


def read_kinds(written: str) -> frozenset[str]:
    """Return the kinds that are written with commas.

    Raises:
        CommandError: Naming one that is not, and those near to it.
    """
    kinds = frozenset(kind.strip().lower() for kind in written.split(",") if kind.strip())
    unknown = sorted(kinds - set(CATALOGUE))
    if unknown:
        near = ", ".join(_near(unknown[0]))
        raise CommandError("`{kind}` is not a kind; choose from {near}.", kind=unknown[0], near=near)
    return kinds


def _near(written: str) -> Sequence[str]:
    """Return the kinds that were meant most likely, all of them if none is near."""
    holding = [kind for kind in CATALOGUE if written in kind]
    return holding or get_close_matches(written, CATALOGUE, n=NEAR) or tuple(CATALOGUE)
