"""``/timeline``: what changed in a story, in time, drawn and in words."""

from bot.announce.timeline import alternative, timeline_card, timeline_of
from bot.commands.desk import Desk, find_story
from bot.commands.pages import PAGE, page_of, turning
from bot.commands.summary import summary_of
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.locales import _, voice_in

# What is legible in one picture on a phone.
SHOWN = 12

COMMAND = Command(
    name="timeline",
    summary=_("What changed in a story, and when"),
    options=(Option(name="story", summary=_("A story"), required=True, completes=Completes.STORY), PAGE),
)


async def run(desk: Desk, call: Call) -> Reply:
    """Answer with the latest changes, oldest of them first, and a picture of them; pages lead back in time."""
    say = voice_in(call.language)
    async with desk.store.read() as session:
        story = await find_story(session, call.arguments["story"], call.channel.workspace)
        summary = await summary_of(session, desk, story, desk.clock.now(), call.channel.workspace, say=say)
    page = page_of(summary.timeline[::-1], call, SHOWN)
    shown = page.rows[::-1]
    card = turning(timeline_card(summary, shown, say), page, call, labels=(_("Later"), _("Earlier")))
    if not shown or desk.draw is None or not call.pictures:
        return Reply(card=card)
    return Reply(
        card=card,
        picture=await desk.draw(
            timeline_of(summary, shown), f"{story.slug}-timeline", alternative(summary, shown, say)
        ),
    )
