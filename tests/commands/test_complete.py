"""What somebody who is typing may choose from is read when it has changed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.commands.complete import WHOLE, Choices
from bot.domain.command import Completes
from bot.domain.story import Story
from bot.ports import Session
from tests.house import DESK, House, open_house


class Counting:
    """A house's store that counts how often its stories are read."""

    def __init__(self, house: House) -> None:
        self._store = house.store
        self.read_stories = 0

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        async with self._store.read() as session:
            read_all = session.stories.all

            async def counted() -> object:
                self.read_stories += 1
                return await read_all()

            session.stories.all = counted  # type: ignore[assignment, method-assign]
            yield session


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


def offered(choices: Choices, what: Completes, typed: str = "") -> list[str]:
    return [value for value, _ in choices.complete(what, typed, DESK, "en")]


async def test_what_has_not_changed_is_not_read_again(house: House) -> None:
    store = Counting(house)
    choices = Choices(store)  # type: ignore[arg-type]  # it only looks

    for _ in range(WHOLE):
        await choices.refresh()
    assert store.read_stories == 1

    await choices.refresh()
    assert store.read_stories == 2


async def test_what_has_changed_can_be_chosen(house: House) -> None:
    choices = Choices(house.store)
    await choices.refresh()

    async with house.store.write() as session:
        await session.stories.put(Story(id="korland-talks", slug="korland-talks", title="Korland talks"))
    await house.ask("/watch add grain corridor")
    await house.ask("/story rename istanbul-talks The Bosphorus talks")
    await choices.refresh()

    assert offered(choices, Completes.STORY, "korland") == ["korland-talks"]
    assert offered(choices, Completes.WATCH) == ["grain"]
    assert offered(choices, Completes.STORY, "bosphorus")
    assert len(offered(choices, Completes.CORRECTION)) == 1
