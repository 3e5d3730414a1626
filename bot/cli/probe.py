"""``dragoman check --feeds``: each feed is asked once, and those that fail are named."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import machine_now
from bot.config import Settings
from bot.domain.feed import Feed, FeedState, Health
from bot.ports import FeedSource, Poll

# Feeds of one publisher wait for each other; who has waited so often is given up.
TRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What one feed answered."""

    feed: Feed
    poll: Poll

    @property
    def is_well(self) -> bool:
        """The feed was read."""
        return self.poll.state.health is Health.OK


async def probe(settings: Settings, feeds: Sequence[Feed]) -> int:
    """Ask each feed once and print what it answered; return 1 if one of the operator's own failed.

    A starter feed that fails is a warning: publishers move, and nobody here
    can mend that.
    """
    from bot.feeds.source import Source  # noqa: PLC0415  a check without --feeds needs no HTTP library

    part = settings.feeds
    source = Source(contact=part.contact, internal=part.internal, ports=part.ports)
    print(f"Asking {len(feeds)} feeds, once each.")
    try:
        probes = await _ask_all(source, feeds, part.at_once)
    finally:
        await source.close()
    own = {row.url for row in part.add}
    for each in sorted(probes, key=lambda each: (not each.is_well, each.feed.id)):
        print(_line(each, is_own=(each.feed.declared or each.feed.url) in own))
    failed = [each for each in probes if not each.is_well]
    print(_sum(probes, failed))
    return int(any((each.feed.declared or each.feed.url) in own for each in failed))


async def _ask_all(source: FeedSource, feeds: Sequence[Feed], at_once: int) -> list[Probe]:
    places = asyncio.Semaphore(at_once)

    async def ask(feed: Feed) -> Probe:
        for _ in range(TRIES):
            now = machine_now()
            async with places:
                poll = await source.poll(feed, FeedState(due=now), now)
            if poll.state.polls:
                break
            # Others of its publisher come first; the poll says when our place is free.
            await asyncio.sleep(max(poll.state.due - now, timedelta(seconds=1)).total_seconds())
        return Probe(feed=feed, poll=poll)

    return list(await asyncio.gather(*map(ask, feeds)))


def _line(each: Probe, *, is_own: bool) -> str:
    state = each.poll.state
    if not each.is_well:
        mark = "FAILS" if is_own else "warning"
        return f"{mark:9} {each.feed.id:24} {state.error or 'was not asked: its publisher is asked too often'}"
    moved = f"; moved to {state.moved_to}" if state.moved_to else ""
    return f"{'ok':9} {each.feed.id:24} {_holds(each.poll, state.last_poll or state.due)}{moved}"


def _holds(poll: Poll, now: datetime) -> str:
    count = len(poll.entries)
    dated = [entry.published for entry in poll.entries if entry.published and entry.published <= now]
    newest = f", newest {max(dated):%d %b %Y %H:%M} UTC" if dated else ""
    return f"{count} entr{'y' if count == 1 else 'ies'}{newest}" if count else "empty just now"


def _sum(probes: Sequence[Probe], failed: Sequence[Probe]) -> str:
    if probes and len(failed) == len(probes):
        return "No feed could be read. Is this machine online, and may it reach port 443?"
    if failed:
        return (
            f"{len(probes) - len(failed)} of {len(probes)} feeds can be read. `/feeds remove` takes one out for good."
        )
    return f"All {len(probes)} feeds can be read."
