"""What people ask of it: one file a command, one table for all platforms."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot import log
from bot.commands import (
    corrections,
    delegations,
    feeds,
    feeds_add,
    feeds_fulltext,
    feeds_import,
    mute,
    status,
    stories,
    story,
    subscribe,
    subscriptions,
    summary,
    timeline,
    unsubscribe,
    watch,
)
from bot.commands import help as help_
from bot.commands.desk import Desk
from bot.domain.audience import OPERATOR
from bot.domain.command import Call, Command, Reply
from bot.errors import BotError
from bot.locales import voice_in

_log = log.get("commands")

Handler = Callable[[Desk, Call], Awaitable[Reply]]


async def _help(desk: Desk, call: Call) -> Reply:
    at_home = call.channel.workspace == OPERATOR
    table = [command for command in TABLE if at_home or not command.operator]
    return Reply(card=help_.help_card(table, voice_in(call.language)), private=True)


#: Every command and what answers it, in the order in which help lists them.
HANDLERS: dict[Command, Handler] = {
    summary.COMMAND: summary.run,
    delegations.COMMAND: delegations.run,
    timeline.COMMAND: timeline.run,
    stories.COMMAND: stories.run,
    story.RENAME: story.rename,
    story.MERGE: story.merge,
    story.SPLIT: story.split,
    story.MOVE: story.move,
    corrections.WRONG: corrections.wrong,
    corrections.LIST: corrections.list_,
    corrections.UNDO: corrections.undo,
    corrections.PROMOTE: corrections.promote,
    subscribe.COMMAND: subscribe.run,
    unsubscribe.COMMAND: unsubscribe.run,
    subscriptions.COMMAND: subscriptions.run,
    mute.COMMAND: mute.run,
    mute.UNMUTE: mute.unmute,
    watch.ADD: watch.add,
    watch.LIST: watch.list_,
    watch.REMOVE: watch.remove,
    feeds_add.ADD: feeds_add.add,
    feeds_add.PREVIEW: feeds_add.preview,
    feeds_import.COMMAND: feeds_import.run,
    feeds_fulltext.COMMAND: feeds_fulltext.run,
    feeds.LIST: feeds.list_,
    feeds.REMOVE: feeds.remove,
    status.COMMAND: status.run,
    help_.COMMAND: _help,
}

TABLE: tuple[Command, ...] = tuple(HANDLERS)

_BY_NAME = {command.name: command for command in TABLE}


async def answer(desk: Desk, call: Call) -> Reply:
    """Do what was asked; whatever goes wrong is told in a sentence."""
    command = _BY_NAME.get(call.command)
    say = voice_in(call.language)
    if command is None:
        unknown = say("There is no command `/{typed}`. `/help` lists what I know.", typed=call.command)
        return Reply(text=unknown, private=True, done=False)
    if command.manages and not call.manager:
        told = say("Only who may manage this channel can change what it hears. Ask one of its managers.")
        return Reply(text=told, private=True, done=False)
    try:
        await _resume(desk, call)
        return await HANDLERS[command](desk, call)
    except BotError as refused:
        return Reply(text=say.told(refused), private=True, done=False)
    except Exception:  # noqa: BLE001 - the one place where a person must never see a trace
        _log.exception("command failed", command=call.command, channel=call.channel.id)
        return Reply(
            text=say("That did not work, and the reason is in the operator's log. Try again in a minute."),
            private=True,
            done=False,
        )


async def _resume(desk: Desk, call: Call) -> None:
    """Send to a paused channel again: who asks there, reads there."""
    async with desk.store.read() as session:
        channel = await session.channels.get(call.channel.id)
    if channel is not None and channel.paused:
        async with desk.store.write() as session:
            await session.channels.put(replace(channel, paused=None))
            await session.outbox.hurry(channel.id)
