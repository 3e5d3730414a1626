"""``/feeds``: which feeds are read, and how each of them is doing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.commands.desk import Desk
from bot.commands.feeds_own import own_feed
from bot.commands.pages import PAGE, page_of, turning
from bot.commands.spans import span
from bot.domain.alert import Card, Section
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.domain.feed import Feed, FeedState, Health

# A page's worth; those with trouble come first.
SHOWN = 10
# A feed that failed so often in a row may be better removed.
HOPELESS = 3

HEALTHS = {Health.OK: "well", Health.FAILING: "failing", Health.GONE: "gone for good", Health.NEW: "not read yet"}

LIST = Command(name="feeds list", summary="The feeds and how each is doing", options=(PAGE,))
REMOVE = Command(
    name="feeds remove",
    summary="Stop reading a feed",
    options=(Option(name="feed", summary="The feed's short name", required=True, completes=Completes.FEED),),
    manages=True,
)


async def list_(desk: Desk, call: Call) -> Reply:
    """List the feeds, those with trouble first."""
    async with desk.store.read() as session:
        rows = sorted(
            await session.feeds.seen_by(call.channel.workspace), key=lambda row: (row[1].health is Health.OK, row[0].id)
        )
    if not rows:
        return Reply(text="No feeds yet. Try `/feeds add https://news.un.org/`.", private=True)
    now = desk.clock.now()
    page = page_of(rows, call, SHOWN)
    lines = tuple(describe(feed, state, now) for feed, state in page.rows)
    states = [state for _, state in rows]
    card = Card(title=_title(states), sections=(Section(title="", lines=lines),), foot=_advice(states))
    return Reply(card=turning(card, page, call), private=True)


async def remove(desk: Desk, call: Call) -> Reply:
    """Stop reading a feed; what it brought stays."""
    name = call.arguments["feed"]
    async with desk.store.write() as session:
        found, _ = await own_feed(session, desk, call, name)
        await session.feeds.remove(name)
    # A query may hold a key, which is not for everybody in the channel.
    again = "" if urlsplit(found.url).query else f" `/feeds add {found.url}` reads it again."
    return Reply(text=f"`{name}` is no longer read, nor after a restart. What it reported stays in its stories.{again}")


def describe(feed: Feed, state: FeedState, now: datetime) -> str:
    """Return a feed's line: how it is, when it was read, when it is read next."""
    name = feed.id if feed.outlet == feed.id else f"{feed.id} · {feed.outlet}"
    name += " · yours alone" if feed.workspace else ""
    figures = "".join(f" · {figure}" for figure in _figures(feed, state))
    wait = state.due - now
    following = f"in {span(wait)}" if wait > timedelta(0) else "now"
    match state.health:
        case Health.NEW:
            return f"{name} · not read yet · next {following}"
        case Health.OK:
            return f"{name} · read {_ago(state.last_success, now)} · next {following}{figures}"
        case Health.GONE:
            return f"{name} · {state.error or 'gone for good'}; I no longer look"
        case Health.FAILING:
            read = f"last read {_ago(state.last_success, now)}" if state.last_success else "never read"
            tried = f", {state.failures} times in a row" if state.failures > 1 else ""
            return f"{name} · {state.error or 'no answer'}{tried}; {read}. I look again {following}{figures}"


def _figures(feed: Feed, state: FeedState) -> list[str]:
    """Return how often a feed publishes, how often a look at it is in vain, and what it is good for."""
    told = []
    if state.rhythm_seconds:
        told.append(f"an entry every {span(timedelta(seconds=state.rhythm_seconds))}")
    if state.polls and state.last_success:
        told.append(f"304 at {state.not_modified / state.polls:.0%} of {state.polls:,} polls")
    if state.entries:
        told.append(f"{state.told:,} of {state.entries:,} entries told events")
    if feed.full_text:
        trouble = state.page_error if state.health is Health.OK else None
        told.append(f"in full, but its last page {trouble}" if trouble else "in full")
    return told


def _ago(moment: datetime | None, now: datetime) -> str:
    return f"{span(max(now - moment, timedelta(0)))} ago" if moment else "never"


def _advice(states: Sequence[FeedState]) -> str:
    hopeless = any(state.health is Health.GONE or state.failures >= HOPELESS for state in states)
    return "/feeds remove <name> stops reading one that does not come back" if hopeless else ""


def _title(states: Sequence[FeedState]) -> str:
    counts = [(sum(state.health is health for state in states), word) for health, word in HEALTHS.items()]
    told = [f"{count} {word}" for count, word in counts if count or word == "well"]
    return f"{len(states)} feed{'s' * (len(states) != 1)}: {', '.join(told)}"
