"""A feed that does not answer holds up no other, and ends when the house closes."""

import asyncio
from datetime import datetime, timedelta

from bot.clock import SetClock
from bot.domain.feed import Feed, FeedState, Health
from bot.engine import open_engine
from bot.ports import Poll
from bot.services.intake import Intake
from bot.services.poll import PollService
from tests.fakes import FeedShelf
from tests.house import START, open_house


class HangingSource(FeedShelf):
    """Never answers for the feed `slow`; every other is well and due again in a minute."""

    async def poll(self, feed: Feed, state: FeedState, now: datetime) -> Poll:
        if feed.id == "slow":
            await asyncio.sleep(3600)
        return Poll(state=FeedState(due=now + timedelta(minutes=1), health=Health.OK, last_success=now))


async def test_the_other_feeds_are_read_again_while_one_does_not_answer() -> None:
    async with open_house() as house:
        async with house.store.write() as session:
            for name in ("slow", "quick"):
                await session.feeds.put(
                    Feed(id=name, url=f"https://{name}.example/", outlet=name), FeedState(due=START)
                )
        clock = SetClock(START)
        service = PollService(
            store=house.store,
            source=HangingSource(),
            intake=Intake(house.store, lambda: house.ingest, open_engine("local:"), clock),
            clock=clock,
            machine_now=lambda: START,
        )
        assert await service.round() == 2
        assert not await service.settled(timedelta(seconds=0.2))
        clock.set(START + timedelta(minutes=2))
        assert await service.round() == 1
        assert not await service.settled(timedelta(seconds=0.2))
        async with house.store.read() as session:
            states = {feed.id: state for feed, state in await session.feeds.all()}
        assert (states["quick"].last_success, states["slow"].health) == (clock.now(), Health.NEW)
        await asyncio.wait_for(service.finish(), timeout=1)
        assert await service.round() == 0
