"""``/status``: is all well, and what does this channel hear?"""

from collections.abc import Sequence
from importlib.metadata import version

from bot.announce.values import listed
from bot.commands.desk import Desk
from bot.commands.subscribe import ALL
from bot.domain.alert import Alert, Card, Fact
from bot.domain.audience import Channel, Subscription, Watch
from bot.domain.command import Call, Command, Reply
from bot.domain.feed import Feed, FeedState, Health
from bot.domain.moments import stamp

COMMAND = Command(name="status", summary="Is all well, and what does this channel hear?")

Row = tuple[Feed, FeedState]


async def run(desk: Desk, call: Call) -> Reply:
    """Answer with how the bot is doing, and this channel in particular."""
    async with desk.store.read() as session:
        feeds = await session.feeds.seen_by(call.channel.workspace)
        waiting = await session.outbox.waiting(call.channel.workspace)
        latest = await session.alerts.last(1, workspace=call.channel.workspace)
        channel = await session.channels.get(call.channel.id)
        subscriptions = await session.channels.subscriptions(call.channel.id)
        watches = await session.channels.watches(call.channel.id)
        mutes = await session.channels.mutes(call.channel.id)
    muted = sum(mute.until is None or mute.until > desk.clock.now() for mute in mutes)
    silent = [feed.outlet for feed, state in feeds if state.health in {Health.FAILING, Health.GONE}]
    return Reply(
        card=Card(
            title=_title(len(feeds), silent, waiting),
            facts=(
                Fact(label="Feeds", after=_feeds(feeds, silent) if feeds else "none"),
                Fact(label="Last read", after=_last_read(feeds)),
                Fact(label="Last alert", after=_last_alert([alert for alert, _ in latest])),
                Fact(label="To be sent", after=f"{waiting:,} message{'s' * (waiting != 1)}" if waiting else "nothing"),
                Fact(label="This channel", after=_channel(channel, subscriptions, watches, muted)),
            ),
            foot=f"Dragoman {version('dragoman')}",
        ),
        private=True,
    )


def _title(feeds: int, silent: Sequence[str], waiting: int) -> str:
    if not feeds:
        return "Nothing is read yet: add a feed with /feeds add"
    if silent:
        return f"{len(silent)} of {feeds} feeds cannot be read"
    return "All is well" if not waiting else "All is well; some messages are on their way"


def _feeds(rows: Sequence[Row], silent: Sequence[str]) -> str:
    well = sum(state.health is Health.OK for _, state in rows)
    new = sum(state.health is Health.NEW for _, state in rows)
    told = [f"{well} well", f"{new} not read yet" if new else "", f"{listed(silent)} silent" if silent else ""]
    return ", ".join(filter(None, told))


def _last_read(rows: Sequence[Row]) -> str:
    last = max((state.last_success for _, state in rows if state.last_success), default=None)
    return stamp(last) if last else "never"


def _last_alert(latest: Sequence[Alert]) -> str:
    return f"{stamp(latest[0].at)}: {latest[0].headline}" if latest else "none so far"


def _channel(
    channel: Channel | None, subscriptions: Sequence[Subscription], watches: Sequence[Watch], muted: int
) -> str:
    if not subscriptions and not watches:
        return "follows nothing; try /subscribe istanbul-talks"
    stories = sum(subscription.story != ALL for subscription in subscriptions)
    followed = "every story" if any(subscription.story == ALL for subscription in subscriptions) else ""
    told = [followed or f"{stories} {'story' if stories == 1 else 'stories'}"]
    if watches:
        told.append(f"{len(watches)} watch{'es' * (len(watches) != 1)}")
    silent = f"; {muted} muted" if muted else ""
    paused = f"; paused, because {channel.paused}" if channel and channel.paused else ""
    return f"follows {' and '.join(told)}{silent}{paused}"
