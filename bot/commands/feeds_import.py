"""``/feeds import``: a list of feeds is taken in at once; what is read already is left as it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.commands.desk import Desk
from bot.commands.feeds_add import PRIVATE
from bot.commands.feeds_own import owner, private_name
from bot.domain.address import address_keys, free_name, keys_of, short_name
from bot.domain.alert import Card, Section
from bot.domain.command import Call, Command, Option, Reply
from bot.domain.feed import Feed, FeedState
from bot.errors import BotError, CommandError, FeedError, FeedListError
from bot.locales import Voice, _, voice_in
from bot.ports import Session

# More than this is an operator's business, who has a command line.
MOST = 1_000
# Names shown of each sort.
SHOWN = 10

COMMAND = Command(
    name="feeds import",
    summary=_("Read all feeds of a list"),
    options=(Option(name="url", summary=_("Where an OPML, JSON or TOML file stands"), required=True), PRIVATE),
    manages=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a list's feeds."""

    added: tuple[Feed, ...] = ()
    #: Read already, or twice in the list; each with the short name that it is read under.
    known: tuple[tuple[Feed, str], ...] = ()
    #: What they give is no web address.
    refused: tuple[Feed, ...] = ()


async def take_list(
    session: Session, feeds: Iterable[Feed], now: datetime, workspace: str | None = None, added_in: str | None = None
) -> Taken:
    """Read the feeds from now on that are not read yet; one that was removed comes back.

    Nobody is asked for anything here: the poller visits them in its own time,
    and tells of those that fail.
    """
    rows = await session.feeds.seen_by(workspace)
    names = {feed.id for feed, _ in rows}
    read = {key: feed.id for feed, _ in rows for key in keys_of(feed)}
    added, known, refused = [], [], []
    for feed in feeds:
        [key] = address_keys([feed.url])
        if not feed.url.startswith(("http://", "https://")):
            refused.append(feed)
        elif key in read:
            known.append((feed, read[key]))
        else:
            name = free_name(feed.id, names) if feed.id else short_name(feed.url, names)
            name = private_name(name, workspace) if workspace else name
            new = replace(feed, id=name, outlet=feed.outlet or name, workspace=workspace, added_in=added_in)
            await session.feeds.put(new, FeedState(due=now))
            await session.feeds.readmit(new)
            names.add(name)
            read[key] = name
            added.append(new)
    return Taken(added=tuple(added), known=tuple(known), refused=tuple(refused))


async def run(desk: Desk, call: Call) -> Reply:
    """Fetch a list and read its feeds from now on."""
    workspace = owner(desk, call)
    try:
        feeds = await desk.source().read_list(call.arguments["url"])
    except FeedError as failed:
        raise CommandError("{url} {what}.", url=failed.url, what=BotError(failed.what)) from failed
    except FeedListError as broken:
        raise CommandError(broken.text, **broken.facts) from broken
    if len(feeds) > MOST:
        raise CommandError(
            "That list names {count:,} feeds. {most:,} at most come in by a chat; "
            "`dragoman feeds import FILE` takes any number.",
            count=len(feeds),
            most=MOST,
        )
    async with desk.store.write() as session:
        taken = await take_list(session, feeds, desk.clock.now(), workspace, call.channel.id if workspace else None)
    return Reply(card=_card(taken, voice_in(call.language)), private=True)


def _card(taken: Taken, say: Voice) -> Card:
    added, known = len(taken.added), len(taken.known)
    sections = [
        _section(say("Added"), [f"{feed.id} · {feed.url}" for feed in taken.added], say),
        _section(
            say("Read already"), [say("{url}, as {feed}", url=feed.url, feed=name) for feed, name in taken.known], say
        ),
        _section(say("No web addresses"), [feed.url for feed in taken.refused], say),
    ]
    title = say.many(
        "{number:,} feed added, {known:,} read already",
        "{number:,} feeds added, {known:,} read already",
        added,
        known=known,
    )
    return Card(
        title=title,
        sections=tuple(section for section in sections if section.lines),
        foot=say("/feeds list shows how they do once they were polled.") if taken.added else "",
    )


def _section(title: str, lines: list[str], say: Voice) -> Section:
    more = [say("and {count:,} more", count=len(lines) - SHOWN)] if len(lines) > SHOWN else []
    return Section(title=title, lines=(*lines[:SHOWN], *more))
