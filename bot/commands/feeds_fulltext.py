"""``/feeds fulltext``: whether the articles behind a feed's teasers are read on their pages."""

from dataclasses import replace

from bot.commands.desk import Desk
from bot.commands.feeds_own import own_feed
from bot.domain.command import Call, Command, Completes, Option, Reply
from bot.domain.feed import Feed
from bot.errors import CommandError

ON, OFF = "on", "off"

COMMAND = Command(
    name="feeds fulltext",
    summary="Read the articles that a feed only teases on their pages",
    options=(
        Option(name="feed", summary="The feed's short name", required=True, completes=Completes.FEED),
        Option(name="set", summary="on or off", required=True),
    ),
    manages=True,
)


async def run(desk: Desk, call: Call) -> Reply:
    """Switch full text on or off for a feed; what was read stays."""
    name, wanted = call.arguments["feed"], switch(desk, call.arguments["set"])
    async with desk.store.write() as session:
        feed, state = await own_feed(session, desk, call, name)
        await session.feeds.put(replace(feed, full_text=wanted), state)
    return Reply(text=_told(feed, on=wanted))


def switch(desk: Desk, written: str) -> bool:
    """Return what ``on`` or ``off`` means.

    Raises:
        CommandError: If it is neither, or if pages cannot be read here.
    """
    word = written.strip().lower()
    if word not in {ON, OFF}:
        raise CommandError(f"`{written}` is neither; write `{ON}` or `{OFF}`.")
    lacking = desk.source().lacks_for_full_text()
    if word == ON and lacking:
        raise CommandError(f"Full text needs {lacking}, which the operator can install.")
    return word == ON


def _told(feed: Feed, *, on: bool) -> str:
    if on:
        return (
            f"New entries of `{feed.id}` are read in full on their pages from now on, where the site's robots.txt "
            f"allows it. `/feeds fulltext {feed.id} {OFF}` ends that."
        )
    return f"`{feed.id}` is read as its feed tells it, and no page is visited."
