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
from bot.errors import CommandError, FeedError
from bot.ports import FeedSource, Found, Session

# So many of a feed's last entries show what it is about.
SHOWN = 3

PRIVATE = Option(name="private", summary="on: for this workspace alone, with all that comes of it")

_URL = Option(name="url", summary="The feed's or the site's address", required=True)

ADD = Command(
    name="feeds add",
    summary="Read a feed, or the feed of a site",
    options=(
        _URL,
        Option(name="fulltext", summary="on: read the articles that it only teases on their pages"),
        PRIVATE,
    ),
    manages=True,
)
PREVIEW = Command(
    name="feeds preview", summary="What a feed or a site's feeds hold, without reading on", options=(_URL,)
)


async def add(desk: Desk, call: Call) -> Reply:
    """Find the feed behind an address, read it from now on, and show what it is like."""
    now = desk.clock.now()
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
    sections = [_section(desk.source(), first, now, title="")]
    if others:
        lines = tuple(f"{other.feed.outlet}: /feeds add {other.feed.url}" for other in others)
        sections.append(Section(title="Other feeds of this site", lines=lines))
    return Reply(
        card=Card(
            title=f"{feed.id} ({feed.outlet}) is read from now on{', for this workspace alone' if workspace else ''}",
            sections=tuple(sections),
            foot="What it holds today is taken as known; what comes next can raise alerts.",
            buttons=(Button(action="feeds remove", label="Remove", value=feed.id),),
        )
    )


async def preview(desk: Desk, call: Call) -> Reply:
    """Show what stands behind an address, and add nothing."""
    now = desk.clock.now()
    found = await _discover(desk, call.arguments["url"])
    async with desk.store.read() as session:
        known = await session.feeds.seen_by(call.channel.workspace)
        read = [await _same(session, known, each) for each in found]
    sections, buttons = [], []
    for each, same in zip(found, read, strict=True):
        note = f" (read already, as {same.id})" if same else ""
        sections.append(_section(desk.source(), each, now, title=f"{each.feed.outlet}{note}", place=each.feed.url))
        if same is None:
            buttons.append(Button(action="feeds add", label=f"Read {each.feed.outlet}", value=each.feed.url))
    count = "One feed" if len(found) == 1 else f"{len(found)} feeds"
    return Reply(
        card=Card(title=f"{count} at this address", sections=tuple(sections), buttons=tuple(buttons)), private=True
    )


async def _shared_with(session: Session, ours: str, workspace: str | None) -> Sequence[tuple[Feed, FeedState]]:
    """Return the feeds beside which a new one stands: for everybody's all of everybody's, for an own one what it sees."""
    seen = await session.feeds.seen_by(ours)
    return seen if workspace else [(feed, state) for feed, state in seen if feed.workspace is None]


async def _discover(desk: Desk, url: str) -> Sequence[Found]:
    try:
        return await desk.source().discover(url, desk.clock.now())
    except FeedError as failed:
        raise CommandError(f"{failed.url} {failed.what}.") from failed


async def _refuse_what_is_read(session: Session, known: Sequence[tuple[Feed, FeedState]], found: Found) -> None:
    same = await _same(session, known, found)
    if same is None:
        return
    if same.url == found.feed.url:
        raise CommandError(f"{same.url} is read already, as `{same.id}`.")
    raise CommandError(f"{found.feed.url} is the same feed as {same.url}, which is read already, as `{same.id}`.")


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


def _section(source: FeedSource, found: Found, now: datetime, *, title: str, place: str = "") -> Section:
    newest_first = tuple(reversed(found.entries))
    about = " · ".join(filter(None, (place, _rhythm(found, now))))
    bullets = []
    for entry in newest_first[:SHOWN]:
        article = source.article(entry, 0)
        bullets.append(
            Bullet(text=article.title, url=entry.url, outlet=entry.outlet, entry=entry.ref, at=article.published)
        )
    return Section(title=title, lines=(about,), bullets=tuple(bullets))


def _rhythm(found: Found, now: datetime) -> str:
    """Return how often a feed publishes, how fresh it is and how much it holds."""
    if not found.entries:
        return "holds no entry just now"
    dated = [entry.published for entry in found.entries if entry.published]
    often = f"about every {span(found.rhythm)}" if found.rhythm else "how often it publishes cannot be told yet"
    newest = f"newest {span(max(now - max(dated), timedelta(0)))} ago" if dated else "its entries have no dates"
    count = f"{len(found.entries)} entr{'y' if len(found.entries) == 1 else 'ies'}"
    return f"{often} · {newest} · {count}"
