"""``/subscriptions``: what a channel follows."""

from collections.abc import Mapping

from bot.commands.desk import Desk
from bot.commands.subscribe import ALL
from bot.domain.alert import Card, Section
from bot.domain.audience import Subscription
from bot.domain.command import Call, Command, Reply

COMMAND = Command(name="subscriptions", summary="What this channel follows and watches")


async def run(desk: Desk, call: Call) -> Reply:
    """List the channel's subscriptions and watches."""
    async with desk.store.read() as session:
        subscriptions = await session.channels.subscriptions(call.channel.id)
        watches = await session.channels.watches(call.channel.id)
        slugs = {story.id: story.slug for story in await session.stories.all()}
    if not subscriptions and not watches:
        return Reply(text="This channel follows nothing. Try `/subscribe istanbul-talks`, or `/stories`.", private=True)
    sections = []
    if subscriptions:
        sections.append(Section(title="Stories", lines=tuple(_line(each, slugs) for each in subscriptions)))
    if watches:
        sections.append(Section(title="Watches", lines=tuple(f"{watch.name}: {watch.query}" for watch in watches)))
    return Reply(card=Card(title="What this channel hears", sections=tuple(sections)), private=True)


def _line(subscription: Subscription, slugs: Mapping[str, str]) -> str:
    story = "every story" if subscription.story == ALL else slugs.get(subscription.story, subscription.story)
    kinds = f", only {', '.join(sorted(subscription.kinds))}" if subscription.kinds else ""
    return f"{story} · level {subscription.level}{kinds}"
