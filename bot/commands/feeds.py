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
from bot.locales import Voice, _, voice_in

# A page's worth; those with trouble come first.
SHOWN = 10
# A feed that failed so often in a row may be better removed.
HOPELESS = 3


LIST = Command(name="feeds list", summary=_("The feeds and how each is doing"), options=(PAGE,))
REMOVE = Command(
    name="feeds remove",
    summary=_("Stop reading a feed"),
    options=(Option(name="feed", summary=_("The feed's short name"), required=True, completes=Completes.FEED),),
    manages=True,
)


async def list_(desk: Desk, call: Call) -> Reply:
    """List the feeds, those with trouble first."""
    say = voice_in(call.language)
    async with desk.store.read() as session:
        rows = sorted(
            await session.feeds.seen_by(call.channel.workspace), key=lambda row: (row[1].health is Health.OK, row[0].id)
        )
    if not rows:
        return Reply(text=say("No feeds yet. Try `/feeds add https://news.un.org/`."), private=True)
    now = desk.clock.now()
    page = page_of(rows, call, SHOWN)
    lines = tuple(describe(feed, state, now, say) for feed, state in page.rows)
    states = [state for _, state in rows]
    card = Card(title=_title(states, say), sections=(Section(title="", lines=lines),), foot=_advice(states, say))
    return Reply(card=turning(card, page, call), private=True)


async def remove(desk: Desk, call: Call) -> Reply:
    """Stop reading a feed; what it brought stays."""
    name = call.arguments["feed"]
    async with desk.store.write() as session:
        found, _ = await own_feed(session, desk, call, name)
        await session.feeds.remove(name)
    # A query may hold a key, which is not for everybody in the channel.
    say = voice_in(call.language)
    again = "" if urlsplit(found.url).query else say("`/feeds add {url}` reads it again.", url=found.url)
    told = say("`{feed}` is no longer read, nor after a restart. What it reported stays in its stories.", feed=name)
    return Reply(text=" ".join(filter(None, (told, again))))


def describe(feed: Feed, state: FeedState, now: datetime, say: Voice) -> str:
    """Return a feed's line: how it is, when it was read, when it is read next."""
    name = (feed.id,) if feed.outlet == feed.id else (feed.id, feed.outlet)
    alone = say("yours alone") if feed.workspace else ""
    return say.row(*name, alone, *_doing(state, now, say), *_figures(feed, state, say))


def _doing(state: FeedState, now: datetime, say: Voice) -> list[str]:
    """Return how a feed does, and when it is read next."""
    soon = span(state.due - now, say) if state.due > now else ""
    ago = span(max(now - state.last_success, timedelta(0)), say) if state.last_success else ""
    following = say("next in {span}", span=soon) if soon else say("next now")
    match state.health:
        case Health.NEW:
            return [say("not read yet"), following]
        case Health.OK:
            return [say("read {span} ago", span=ago) if ago else say("never read"), following]
        case Health.GONE:
            return [say("{why}; I no longer look", why=say(state.error or "gone for good"))]
        case Health.FAILING:
            why = say(state.error or "no answer")
            if state.failures > 1:
                why = say.many(
                    "{why}, {number:,} time in a row", "{why}, {number:,} times in a row", state.failures, why=why
                )
            read = say("last read {span} ago", span=ago) if ago else say("never read")
            again = say("I look again in {span}", span=soon) if soon else say("I look again now")
            return [f"{why}; {read}. {again}"]


def _figures(feed: Feed, state: FeedState, say: Voice) -> list[str]:
    """Return how often a feed publishes, how often a look at it is in vain, and what it is good for."""
    told: list[str] = []
    if state.health in {Health.NEW, Health.GONE}:
        return told
    if state.rhythm_seconds:
        told.append(say("an entry every {span}", span=span(timedelta(seconds=state.rhythm_seconds), say)))
    if state.polls and state.last_success:
        share = f"{state.not_modified / state.polls:.0%}"
        told.append(
            say.many(
                "304 at {share} of {number:,} poll", "304 at {share} of {number:,} polls", state.polls, share=share
            )
        )
    if state.entries:
        told.append(
            say.many(
                "{told:,} of {number:,} entry told events",
                "{told:,} of {number:,} entries told events",
                state.entries,
                told=state.told,
            )
        )
    if feed.full_text:
        trouble = state.page_error if state.health is Health.OK else None
        told.append(say("in full, but its last page {trouble}", trouble=say(trouble)) if trouble else say("in full"))
    return told


def _advice(states: Sequence[FeedState], say: Voice) -> str:
    hopeless = any(state.health is Health.GONE or state.failures >= HOPELESS for state in states)
    return say("/feeds remove <name> stops reading one that does not come back") if hopeless else ""


def _title(states: Sequence[FeedState], say: Voice) -> str:
    well, failing, gone, new = (
        sum(state.health is health for state in states)
        for health in (Health.OK, Health.FAILING, Health.GONE, Health.NEW)
    )
    told = [
        say.many("{number:,} well", "{number:,} well", well),
        say.many("{number:,} failing", "{number:,} failing", failing) if failing else "",
        say.many("{number:,} gone for good", "{number:,} gone for good", gone) if gone else "",
        say.many("{number:,} not read yet", "{number:,} not read yet", new) if new else "",
    ]
    count = say.many("{number:,} feed", "{number:,} feeds", len(states))
    return f"{count}: {', '.join(filter(None, told))}"
