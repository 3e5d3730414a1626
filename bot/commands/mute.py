"""``/mute``: a channel hears nothing of a story, for hours or until its state changes."""

import re
from datetime import datetime, timedelta

from bot.commands.desk import Desk, find_story
from bot.commands.subscribe import ALL
from bot.domain.alert import Button, Card
from bot.domain.audience import Mute
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.domain.moments import stamp
from bot.errors import CommandError
from bot.locales import Voice, _, voice_in

#: What ``for:`` says to mute a story until its state changes.
CHANGE = "change"
#: A night's shift.
USUAL = "8h"
LONGEST = timedelta(days=30)

_SPAN = re.compile(r"(\d{1,4}) ?(min|m|h|d)[a-z]*")
_UNITS = {
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}

_STORY = Option(name="story", summary=_("A story"), required=True, completes=Completes.STORY)
COMMAND = Command(
    name="mute",
    summary=_("Hear nothing of a story here, for hours or until its state changes"),
    options=(
        _STORY,
        Option(name="for", summary=_("8h, 2d, or change: until its state changes"), completes=Completes.SPAN),
    ),
    manages=True,
)
UNMUTE = Command(name="unmute", summary=_("Hear of a muted story again"), options=(_STORY,), manages=True)

#: What else one may wish after a press of the button.
OTHERS = ((_("24 hours"), "24h"), (_("Until its state changes"), CHANGE))


async def run(desk: Desk, call: Call) -> Reply:
    """Mute a story that the channel follows."""
    say = voice_in(call.language)
    now = desk.clock.now()
    written = call.arguments.get("for", USUAL).strip().lower()
    until = None if written == CHANGE else now + span_of(written)
    async with desk.store.write() as session:
        story = await find_story(session, call.arguments["story"], call.channel.workspace)
        follows = {each.story for each in await session.channels.subscriptions(call.channel.id)}
        if not follows & {story.id, ALL}:
            told = _("This channel does not follow `{story}`, so there is nothing to mute.")
            raise CommandError(told, story=story.slug)
        mute = Mute(channel=call.channel.id, story=story.id, until=until, since=now, by=call.user)
        await session.channels.mute(mute)
    buttons = [Button(action="mute", label=say(label), value=f"{story.slug} for:{value}") for label, value in OTHERS]
    return Reply(
        card=Card(
            title=_muted(story.title, until, say),
            place=story.slug,
            foot=say("Corrections of what was posted still show. Hear of it again: /unmute"),
            buttons=(*buttons, Button(action="unmute", label=say("Unmute"), value=story.slug)),
        )
    )


async def unmute(desk: Desk, call: Call) -> Reply:
    """Let a story be heard again."""
    say = voice_in(call.language)
    async with desk.store.write() as session:
        story = await find_story(session, call.arguments["story"], call.channel.workspace)
        was_muted = await session.channels.unmute(call.channel.id, story.id)
    if not was_muted:
        raise CommandError("`{story}` is not muted here.", story=story.slug)
    told = say("`{story}` is heard here again. `/summary {story}` tells where it stands now.", story=story.slug)
    return Reply(text=told)


def _muted(story: str, until: datetime | None, say: Voice) -> str:
    if until is None:
        return say("{story} is muted here until its state changes", story=story)
    return say("{story} is muted here until {moment}", story=story, moment=stamp(until))


def told_until(until: datetime | None, say: Voice) -> str:
    """Return how long a mute holds, in words."""
    return say("until {moment}", moment=stamp(until)) if until else say("until its state changes")


def span_of(written: str) -> timedelta:
    """Return the span that was written.

    Raises:
        CommandError: If it is none, or longer than a mute may be.
    """
    found = _SPAN.fullmatch(written)
    if found is None:
        raise CommandError("`for:{written}` is no span; write it like 8h or 2d, or `for:change`.", written=written)
    span = int(found[1]) * _UNITS[found[2]]
    if not timedelta(0) < span <= LONGEST:
        told = _("A story can be muted for {days} days at most; `/unsubscribe` stops it for good.")
        raise CommandError(told, days=LONGEST.days)
    return span
