"""``/feeds add`` and ``/feeds preview``: the feeds behind an address, and what they would bring."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands.desk import Desk
from bot.commands.feeds_fulltext import switch
from bot.commands.feeds_own import owner, private_name
from bot.commands.spans import span
from bot.domain.address import address_key, keys_of, short_name
from bot.domain.alert import Bullet, Button, Card, Section
from bot.domain.command import Call, Command, Option, Reply
from bot.domain.feed import Feed, FeedState
from bot.errors import BotError, CommandError, FeedError
from bot.locales import Voice, _, voice_in
from bot.ports import FeedSource, Found, Session

# So many of a feed's last entries show what it is about.
SHOWN = 3

PRIVATE = Option(name="private", summary=_("on: for this workspace alone, with all that comes of it"))

_URL = Option(name="url", summary=_("The feed's or the site's address"), required=True)

ADD = Command(
    name="feeds add",
    summary=_("Read a feed, or the feed of a site"),
    options=(
        _URL,
        Option(name="fulltext", summary=_("on: read the articles that it only teases on their pages")),
        PRIVATE,
    ),
    manages=True,
)
PREVIEW = Command(
    name="feeds preview", summary=_("What a feed or a site's feeds hold, without reading on"), options=(_URL,)
)


async def add(desk: Desk, call: Call) -> Reply:
    """Find the feed behind an address, read it from now on, and show what it is like."""
    say, now = voice_in(call.language), desk.clock.now()
    full_text = switch(desk, call.arguments["fulltext"]) if "fulltext" in call.arguments else None
    workspace = owner(desk, call)
    first, *others = await _discover(desk, call.arguments["url"])
    async with desk.store.write() as session:
        known = await _shared_with(session, call.channel.workspace, workspace)
        await _refuse_what_is_read(session, known, first)
        name = short_name(first.feed.url, {feed.id for feed, _ in known})
        name = private_name(name, workspace) if workspace else name
        feed = replace(first.feed, id=name, full_text=full_text, added_in=call.channel.id, workspace=workspace)
        await session.feeds.put(feed, FeedState(due=now))
        await session.feeds.readmit(feed)
    sections = [_section(desk.source(), first, now, say, title="")]
    if others:
        lines = tuple(f"{other.feed.outlet}: /feeds add {other.feed.url}" for other in others)
        sections.append(Section(title=say("Other feeds of this site"), lines=lines))
    ours = _("{feed} ({outlet}) is read from now on, for this workspace alone")
    told = ours if workspace else _("{feed} ({outlet}) is read from now on")
    return Reply(
        card=Card(
            title=say(told, feed=feed.id, outlet=feed.outlet),
            sections=tuple(sections),
            foot=say("What it holds today is taken as known; what comes next can raise alerts."),
            buttons=(Button(action="feeds remove", label=say("Remove"), value=feed.id),),
        )
    )


async def preview(desk: Desk, call: Call) -> Reply:
    """Show what stands behind an address, and add nothing."""
    say, now = voice_in(call.language), desk.clock.now()
    found = await _discover(desk, call.arguments["url"])
    async with desk.store.read() as session:
        known = await session.feeds.seen_by(call.channel.workspace)
        read = [await _same(session, known, each) for each in found]
    sections, buttons = [], []
    for each, same in zip(found, read, strict=True):
        outlet = each.feed.outlet
        title = say("{outlet} (read already, as {feed})", outlet=outlet, feed=same.id) if same else outlet
        sections.append(_section(desk.source(), each, now, say, title=title, place=each.feed.url))
        if same is None:
            label = say("Read {outlet}", outlet=outlet)
            buttons.append(Button(action="feeds add", label=label, value=each.feed.url))
    count = say.many("{number:,} feed at this address", "{number:,} feeds at this address", len(found))
    return Reply(card=Card(title=count, sections=tuple(sections), buttons=tuple(buttons)), private=True)


async def _shared_with(session: Session, ours: str, workspace: str | None) -> Sequence[tuple[Feed, FeedState]]:
    """Return the feeds beside which a new one stands: for everybody's all of everybody's, for an own one what it sees."""
    seen = await session.feeds.seen_by(ours)
    return seen if workspace else [(feed, state) for feed, state in seen if feed.workspace is None]


async def _discover(desk: Desk, url: str) -> Sequence[Found]:
    try:
        return await desk.source().discover(url, desk.clock.now())
    except FeedError as failed:
        raise CommandError("{url} {what}.", url=failed.url, what=BotError(failed.what)) from failed


async def _refuse_what_is_read(session: Session, known: Sequence[tuple[Feed, FeedState]], found: Found) -> None:
    same = await _same(session, known, found)
    if same is None:
        return
    if same.url == found.feed.url:
        raise CommandError("{url} is read already, as `{feed}`.", url=same.url, feed=same.id)
    told = _("{url} is the same feed as {other}, which is read already, as `{feed}`.")
    raise CommandError(told, url=found.feed.url, other=same.url, feed=same.id)


async def _same(session: Session, known: Sequence[tuple[Feed, FeedState]], found: Found) -> Feed | None:
    """Return the feed that is read already and is this one.

    An address that leads to both settles it. A feed's own word on where it
    stands is often a leftover of a copied template, so there half of the
    entries must be known as well.
    """
    addresses = keys_of(found.feed)
    own = address_key(found.feed.canonical or "")
    claims: list[tuple[Feed, FeedState]] = []
    for feed, state in known:
        theirs = keys_of(feed)
        if addresses & theirs:
            return feed
        claimed = address_key(feed.canonical or "")
        if own in theirs or claimed in addresses or (own and own == claimed):
            claims.append((feed, state))
    ids = [entry.ref.id for entry in found.entries]
    for feed, state in claims:
        seen = await session.articles.known(feed.id, ids)
        if state.last_success is None or 2 * len(seen) >= len(ids):
            return feed
    return None


def _section(  # noqa: PLR0913 - what it shows, to whom, under which title
    source: FeedSource, found: Found, now: datetime, say: Voice, *, title: str, place: str = ""
) -> Section:
    newest_first = tuple(reversed(found.entries))
    about = " · ".join(filter(None, (place, _rhythm(found, now, say))))
    bullets = []
    for entry in newest_first[:SHOWN]:
        article = source.article(entry, 0)
        bullets.append(
            Bullet(text=article.title, url=entry.url, outlet=entry.outlet, entry=entry.ref, at=article.published)
        )
    return Section(title=title, lines=(about,), bullets=tuple(bullets))


def _rhythm(found: Found, now: datetime, say: Voice) -> str:
    """Return how often a feed publishes, how fresh it is and how much it holds."""
    if not found.entries:
        return say("holds no entry just now")
    dated = [entry.published for entry in found.entries if entry.published]
    often = say("how often it publishes cannot be told yet")
    if found.rhythm:
        often = say("about every {span}", span=span(found.rhythm, say))
    newest = say("its entries have no dates")
    if dated:
        newest = say("newest {span} ago", span=span(max(now - max(dated), timedelta(0)), say))
    count = say.many("{number:,} entry", "{number:,} entries", len(found.entries))
    return f"{often} · {newest} · {count}"
