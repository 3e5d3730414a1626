"""``/watch``: a channel wants every article that a query matches."""

import re

from bot.commands.desk import Desk, enlist
from bot.domain.alert import Card, Section
from bot.domain.audience import Watch
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.errors import CommandError
from bot.locales import _, voice_in
from bot.watch.query import parse

NAME = re.compile(r"[\w-]{1,40}")
#: What begins like this goes on with a query: its name was left out.
_NAMELESS = re.compile(r"[(\"“]")
_GOES_ON = re.compile(r"(AND|OR)\s")

ADD = Command(
    name="watch add",
    summary=_("Post every article that matches a query"),
    options=(
        Option(name="name", summary=_("A short name for it"), required=True),
        Option(name="query", summary=_('Words, "phrases", AND, OR, NOT, parentheses'), required=True, rest=True),
    ),
    manages=True,
    form=True,
)
LIST = Command(name="watch list", summary=_("The watches of this channel"))
REMOVE = Command(
    name="watch remove",
    summary=_("Stop a watch"),
    options=(Option(name="name", summary=_("The name of the watch"), required=True, completes=Completes.WATCH),),
    manages=True,
)


async def add(desk: Desk, call: Call) -> Reply:
    """Keep a watch; a former one of the same name is replaced."""
    name = call.arguments["name"].lower()
    if _NAMELESS.match(name) or _GOES_ON.match(call.arguments["query"]):
        typed = f"{call.arguments['name']} {call.arguments['query']}"
        short = next(iter(re.findall(r"\w+", typed)), "mine")[:40].lower()
        told = _("A watch has a name first, then its query: `/watch add {name} {query}`.")
        raise CommandError(told, name=short, query=typed)
    if not NAME.fullmatch(name):
        told = _("`{name}` cannot be a watch's name; use up to 40 letters, digits and hyphens.")
        raise CommandError(told, name=name)
    query = parse(call.arguments["query"])
    watch = Watch(name=name, channel=call.channel.id, query=str(query), since=desk.clock.now())
    async with desk.store.write() as session:
        await enlist(session, call)
        former = {each.name: each.query for each in await session.channels.watches(call.channel.id)}.get(name)
        await session.channels.put_watch(watch)
    say = voice_in(call.language)
    new = _("Watch `{name}` posts every article that matches: {query}. Stop it with `/watch remove {name}`.")
    other = _(
        "Watch `{name}` posts every article that matches: {query}, and no longer: {former}. "
        "Stop it with `/watch remove {name}`."
    )
    changed = former not in {None, watch.query}
    return Reply(text=say(other if changed else new, name=name, query=str(query), former=former))


async def list_(desk: Desk, call: Call) -> Reply:
    """List the channel's watches."""
    say = voice_in(call.language)
    async with desk.store.read() as session:
        watches = await session.channels.watches(call.channel.id)
    if not watches:
        none = say('No watches here. Try `/watch add grain "grain corridor" AND Odesa`.')
        return Reply(text=none, private=True)
    lines = tuple(f"{watch.name}: {watch.query}" for watch in watches)
    return Reply(
        card=Card(title=say("Watches of this channel"), sections=(Section(title="", lines=lines),)), private=True
    )


async def remove(desk: Desk, call: Call) -> Reply:
    """Forget a watch."""
    say = voice_in(call.language)
    name = call.arguments["name"].lower()
    async with desk.store.write() as session:
        was_there = await session.channels.remove_watch(call.channel.id, name)
    if not was_there:
        raise CommandError("No watch `{name}` here. `/watch list` shows them.", name=name)
    return Reply(text=say("Watch `{name}` is gone.", name=name))
