"""``/status``: is all well, and what does this channel hear?"""

from collections.abc import Sequence
from importlib.metadata import version

from bot.commands.desk import Desk
from bot.commands.subscribe import ALL
from bot.domain.alert import Alert, Card, Fact
from bot.domain.audience import Channel, Subscription, Watch
from bot.domain.command import Call, Command, Reply
from bot.domain.feed import Feed, FeedState, Health
from bot.domain.moments import stamp
from bot.locales import Voice, _, voice_in

COMMAND = Command(name="status", summary=_("Is all well, and what does this channel hear?"))

Row = tuple[Feed, FeedState]

# So many silent outlets are named, others counted.
NAMED = 3


async def run(desk: Desk, call: Call) -> Reply:
    """Answer with how the bot is doing, and this channel in particular."""
    say = voice_in(call.language)
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
            title=_title(len(feeds), silent, waiting, say),
            facts=(
                Fact(label=say("Feeds"), after=_feeds(feeds, silent, say) if feeds else say("none")),
                Fact(label=say("Last read"), after=_last_read(feeds, say)),
                Fact(label=say("Last alert"), after=_last_alert([alert for alert, _card in latest], say)),
                Fact(label=say("To be sent"), after=_waiting(waiting, say)),
                Fact(label=say("This channel"), after=_channel(channel, subscriptions, watches, muted, say)),
            ),
            foot=f"Dragoman {version('dragoman')}",
        ),
        private=True,
    )


def _title(feeds: int, silent: Sequence[str], waiting: int, say: Voice) -> str:
    if not feeds:
        return say("Nothing is read yet: add a feed with /feeds add")
    if silent:
        return say.many(
            "{silent:,} of {number:,} feed cannot be read",
            "{silent:,} of {number:,} feeds cannot be read",
            feeds,
            silent=len(silent),
        )
    return say("All is well") if not waiting else say("All is well; some messages are on their way")


def _feeds(rows: Sequence[Row], silent: Sequence[str], say: Voice) -> str:
    well = sum(state.health is Health.OK for _feed, state in rows)
    new = sum(state.health is Health.NEW for _feed, state in rows)
    told = [
        say.many("{number:,} well", "{number:,} well", well),
        say.many("{number:,} not read yet", "{number:,} not read yet", new) if new else "",
        say("{outlets} silent", outlets=say.listed(silent, most=NAMED)) if silent else "",
    ]
    return ", ".join(filter(None, told))


def _last_read(rows: Sequence[Row], say: Voice) -> str:
    last = max((state.last_success for _feed, state in rows if state.last_success), default=None)
    return stamp(last) if last else say("never")


def _last_alert(latest: Sequence[Alert], say: Voice) -> str:
    return f"{stamp(latest[0].at)}: {latest[0].headline}" if latest else say("none so far")


def _waiting(number: int, say: Voice) -> str:
    return say.many("{number:,} message", "{number:,} messages", number) if number else say("nothing")


def _channel(
    channel: Channel | None,
    subscriptions: Sequence[Subscription],
    watches: Sequence[Watch],
    muted: int,
    say: Voice,
) -> str:
    if not subscriptions and not watches:
        return say("follows nothing; try /subscribe istanbul-talks")
    stories = say.many("{number:,} story", "{number:,} stories", len(subscriptions))
    followed = [say("every story") if any(each.story == ALL for each in subscriptions) else stories]
    if watches:
        followed.append(say.many("{number:,} watch", "{number:,} watches", len(watches)))
    told = [say("follows {followed}", followed=say.listed(followed))]
    if muted:
        told.append(say.many("{number:,} muted", "{number:,} muted", muted))
    if channel and channel.paused:
        told.append(say("paused, because {why}", why=say(channel.paused)))
    return "; ".join(told)
