"""``/watch``: a channel wants every article that a query matches."""

import re

from bot.commands.desk import Desk, enlist
from bot.domain.alert import Card, Section
from bot.domain.audience import Watch
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.errors import CommandError
from bot.watch.query import parse

NAME = re.compile(r"[\w-]{1,40}")
#: What begins like this goes on with a query: its name was left out.
_NAMELESS = re.compile(r"[(\"“]")
_GOES_ON = re.compile(r"(AND|OR)\s")

ADD = Command(
    name="watch add",
    summary="Post every article that matches a query",
    options=(
        Option(name="name", summary="A short name for it", required=True),
        Option(name="query", summary='Words, "phrases", AND, OR, NOT, parentheses', required=True, rest=True),
    ),
    manages=True,
    form=True,
)
LIST = Command(name="watch list", summary="The watches of this channel")
REMOVE = Command(
    name="watch remove",
    summary="Stop a watch",
    options=(Option(name="name", summary="The name of the watch", required=True, completes=Completes.WATCH),),
    manages=True,
)


async def add(desk: Desk, call: Call) -> Reply:
    """Keep a watch; a former one of the same name is replaced."""
    name = call.arguments["name"].lower()
    if _NAMELESS.match(name) or _GOES_ON.match(call.arguments["query"]):
        typed = f"{call.arguments['name']} {call.arguments['query']}"
        short = next(iter(re.findall(r"\w+", typed)), "mine")[:40].lower()
        raise CommandError(f"A watch has a name first, then its query: `/watch add {short} {typed}`.")
    if not NAME.fullmatch(name):
        raise CommandError(f"`{name}` cannot be a watch's name; use up to 40 letters, digits and hyphens.")
    query = parse(call.arguments["query"])
    watch = Watch(name=name, channel=call.channel.id, query=str(query), since=desk.clock.now())
    async with desk.store.write() as session:
        await enlist(session, call)
        former = {each.name: each.query for each in await session.channels.watches(call.channel.id)}.get(name)
        await session.channels.put_watch(watch)
    instead = f", and no longer: {former}" if former not in {None, watch.query} else ""
    return Reply(
        text=f"Watch `{name}` posts every article that matches: {query}{instead}. Stop it with `/watch remove {name}`."
    )


async def list_(desk: Desk, call: Call) -> Reply:
    """List the channel's watches."""
    async with desk.store.read() as session:
        watches = await session.channels.watches(call.channel.id)
    if not watches:
        return Reply(text='No watches here. Try `/watch add grain "grain corridor" AND Odesa`.', private=True)
    lines = tuple(f"{watch.name}: {watch.query}" for watch in watches)
    return Reply(card=Card(title="Watches of this channel", sections=(Section(title="", lines=lines),)), private=True)


async def remove(desk: Desk, call: Call) -> Reply:
    """Forget a watch."""
    name = call.arguments["name"].lower()
    async with desk.store.write() as session:
        was_there = await session.channels.remove_watch(call.channel.id, name)
    if not was_there:
        raise CommandError(f"No watch `{name}` here. `/watch list` shows them.")
    return Reply(text=f"Watch `{name}` is gone.")
