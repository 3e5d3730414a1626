"""``/feeds fulltext``: whether the articles behind a feed's teasers are read on their pages."""

from dataclasses import replace

from bot.commands.desk import Desk
from bot.commands.feeds_own import own_feed
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.domain.feed import Feed
from bot.errors import BotError, CommandError
from bot.locales import Voice, _, voice_in

ON, OFF = "on", "off"

COMMAND = Command(
    name="feeds fulltext",
    summary=_("Read the articles that a feed only teases on their pages"),
    options=(
        Option(name="feed", summary=_("The feed's short name"), required=True, completes=Completes.FEED),
        Option(name="set", summary=_("on or off"), required=True),
    ),
    manages=True,
)


async def run(desk: Desk, call: Call) -> Reply:
    """Switch full text on or off for a feed; what was read stays."""
    name, wanted = call.arguments["feed"], switch(desk, call.arguments["set"])
    async with desk.store.write() as session:
        feed, state = await own_feed(session, desk, call, name)
        await session.feeds.put(replace(feed, full_text=wanted), state)
    return Reply(text=_told(feed, voice_in(call.language), on=wanted))


def switch(desk: Desk, written: str) -> bool:
    """Return what ``on`` or ``off`` means.

    Raises:
        CommandError: If it is neither, or if pages cannot be read here.
    """
    word = written.strip().lower()
    if word not in {ON, OFF}:
        raise CommandError("`{written}` is neither; write `on` or `off`.", written=written)
    lacking = desk.source().lacks_for_full_text()
    if word == ON and lacking:
        raise CommandError("Full text needs {lacking}, which the operator can install.", lacking=BotError(lacking))
    return word == ON


def _told(feed: Feed, say: Voice, *, on: bool) -> str:
    if on:
        return say(
            "New entries of `{feed}` are read in full on their pages from now on, where the site's robots.txt "
            "allows it. `/feeds fulltext {feed} off` ends that.",
            feed=feed.id,
        )
    return say("`{feed}` is read as its feed tells it, and no page is visited.", feed=feed.id)
