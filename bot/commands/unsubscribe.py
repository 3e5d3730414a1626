"""``/unsubscribe``: a channel stops following a story."""

from bot.commands.desk import Desk, find_story
from bot.commands.subscribe import ALL
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.errors import CommandError
from bot.locales import _, voice_in

COMMAND = Command(
    name="unsubscribe",
    summary=_("Stop posting a story's changes here"),
    options=(Option(name="story", summary=_("A story, or all"), required=True, completes=Completes.STORIES),),
    manages=True,
)


async def run(desk: Desk, call: Call) -> Reply:
    """Take the subscription away."""
    wanted = call.arguments["story"].lower()
    async with desk.store.write() as session:
        story = ALL if wanted == ALL else (await find_story(session, wanted, call.channel.workspace)).id
        was_there = await session.channels.unsubscribe(call.channel.id, story)
    if not was_there:
        told = _("This channel does not follow `{story}`. `/subscriptions` shows what it follows.")
        raise CommandError(told, story=wanted)
    say = voice_in(call.language)
    if story == ALL:
        return Reply(text=say("This channel no longer follows every story."))
    return Reply(text=say("This channel no longer follows `{story}`.", story=wanted))
