"""``/subscriptions``: what a channel follows."""

from collections.abc import Mapping

from bot.commands.desk import Desk
from bot.commands.mute import told_until
from bot.commands.pages import PAGE, page_of, turning
from bot.commands.subscribe import ALL
from bot.domain.alert import Card, Section
from bot.domain.audience import Subscription
from bot.domain.command import Call, Command, Reply
from bot.locales import Voice, _, voice_in
from bot.views import arrangement_of, stories_of

# A page's worth of stories and watches together.
SHOWN = 20

COMMAND = Command(name="subscriptions", summary=_("What this channel follows and watches"), options=(PAGE,))


async def run(desk: Desk, call: Call) -> Reply:
    """List the channel's subscriptions and watches."""
    say = voice_in(call.language)
    async with desk.store.read() as session:
        subscriptions = await session.channels.subscriptions(call.channel.id)
        watches = await session.channels.watches(call.channel.id)
        mutes = await session.channels.mutes(call.channel.id)
        arrangement = await arrangement_of(session, call.channel.workspace)
        slugs = {story.id: story.slug for story in await stories_of(session, arrangement)}
    if not subscriptions and not watches:
        told = say("This channel follows nothing. Try `/subscribe istanbul-talks`, or `/stories`.")
        return Reply(text=told, private=True)
    rows = [
        *(("Stories", _line(each, slugs, say)) for each in subscriptions),
        *(("Watches", f"{watch.name}: {watch.query}") for watch in watches),
        *(
            ("Muted", f"{slugs.get(mute.story, mute.story)} · {told_until(mute.until, say)}")
            for mute in mutes
            if mute.until is None or mute.until > desk.clock.now()
        ),
    ]
    page = page_of(rows, call, SHOWN)
    sections = tuple(
        Section(title=say(title), lines=lines)
        for title in (_("Stories"), _("Watches"), _("Muted"))
        if (lines := tuple(line for under, line in page.rows if under == title))
    )
    return Reply(card=turning(Card(title=say("What this channel hears"), sections=sections), page, call), private=True)


def _line(subscription: Subscription, slugs: Mapping[str, str], say: Voice) -> str:
    story = say("every story") if subscription.story == ALL else slugs.get(subscription.story, subscription.story)
    level, kinds = say.named("level", subscription.level), ", ".join(sorted(subscription.kinds))
    if kinds:
        return say.row(story, say("level {level}, only {kinds}", level=level, kinds=kinds))
    return say.row(story, say("level {level}", level=level))
