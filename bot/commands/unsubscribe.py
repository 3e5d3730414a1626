"""``/unsubscribe``: a channel stops following a story."""

from bot.commands.desk import Desk, find_story
from bot.commands.subscribe import ALL
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.errors import CommandError

COMMAND = Command(
    name="unsubscribe",
    summary="Stop posting a story's changes here",
    options=(Option(name="story", summary="A story, or all", required=True, completes=Completes.STORIES),),
    manages=True,
)


async def run(desk: Desk, call: Call) -> Reply:
    """Take the subscription away."""
    wanted = call.arguments["story"].lower()
    async with desk.store.write() as session:
        story = ALL if wanted == ALL else (await find_story(session, wanted, call.channel.workspace)).id
        was_there = await session.channels.unsubscribe(call.channel.id, story)
    if not was_there:
        raise CommandError(f"This channel does not follow `{wanted}`. `/subscriptions` shows what it follows.")
    return Reply(text=f"This channel no longer follows {'every story' if story == ALL else f'`{wanted}`'}.")
