"""A poller over a shelf of feeds and a whole house, driven by a clock that the test sets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.domain.feed import Feed, FeedState
from bot.engine import open_engine
from bot.services.intake import Intake
from bot.services.poll import PollService
from tests.fakes import FeedShelf
from tests.house import House, open_house

PATIENCE = timedelta(seconds=60)


class Poller:
    """Feeds are put on the shelf, time passes, and what is due is read."""

    def __init__(self, house: House, shelf: FeedShelf) -> None:
        self.house, self.shelf = house, shelf
        self.service = PollService(
            store=house.store,
            source=shelf,
            intake=Intake(house.store, lambda: house.ingest, open_engine("local:"), house.clock),
            clock=house.clock,
            machine_now=lambda: house.machine,
        )

    async def follow(self, *names: str) -> None:
        """Read feeds from now on."""
        async with self.house.store.write() as session:
            for name in names:
                await session.feeds.put(
                    Feed(id=name, url=url_of(name), outlet=name.title()), FeedState(due=self.house.clock.now())
                )
                self.shelf.answer(url_of(name), 200)

    def publish(self, name: str, id: str, title: str, published: datetime | None = None, **more: str) -> None:  # noqa: A002 (the field's name)
        """Put an entry into a feed, now if no other time is given."""
        self.shelf.publish(
            url_of(name), id=id, title=title, published=published or self.house.clock.now(), summary=more.get("summary")
        )

    async def wait(self, span: timedelta) -> None:
        """Let time pass in one go, and read what is then due."""
        self.house.clock.set(self.house.clock.now() + span)
        await self.house.wait(span)
        await self.service.round()
        assert await self.service.settled(PATIENCE)

    async def state(self, name: str) -> FeedState:
        """Return how a feed is."""
        async with self.house.store.read() as session:
            found = await session.feeds.get(name)
        assert found is not None
        return found[1]

    async def headlines(self) -> list[str]:
        """Return all that was posted, oldest first."""
        await self.house.deliver.empty()
        return self.house.recorder.headlines


def url_of(name: str) -> str:
    """Return the address of a feed on the shelf."""
    return f"https://{name}.example/feed"


@asynccontextmanager
async def open_poller(every: timedelta = timedelta(minutes=30)) -> AsyncIterator[Poller]:
    """Yield a poller whose readers follow everything."""
    async with open_house() as house:
        await house.ask("/subscribe all level:everything")
        poller = Poller(house, FeedShelf(every))
        yield poller
        await poller.service.finish()
