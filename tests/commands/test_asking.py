"""Who comes, how the bot is doing, and lists that are longer than a page."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.commands.pages import page_of
from bot.domain.command import Call
from bot.domain.feed import Feed, FeedState, Health
from tests.house import DESK, START, House, open_house, told

LIST = (
    "The Kremlin said on Wednesday that Vladimir Medinsky will head the Russian delegation "
    "at the talks with Ukraine in Istanbul."
)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


async def add_feed(house: House, number: int, health: Health = Health.OK, at: timedelta = timedelta(0)) -> None:
    """Let the house read one more feed."""
    name = f"wire-{number:02}"
    async with house.store.write() as session:
        await session.feeds.put(
            Feed(id=name, url=f"https://{name}.example/feed", outlet=f"Wire {number:02}"),
            FeedState(due=START + timedelta(hours=1), health=health, last_success=START + at),
        )


async def test_delegations_tell_who_leads_and_who_stays_away(house: House) -> None:
    await house.publish("Kremlin: Medinsky to lead Russian delegation in Istanbul", LIST)
    await house.publish("Putin to skip Istanbul talks", "Putin will not attend the talks with Ukraine in Istanbul.")

    answer = told(await house.ask("/delegations istanbul-talks"))

    assert "Russia  Vladimir Medinsky (head) · ⟨2025-05-14T08:01Z⟩" in answer
    assert "Ukraine  not named" in answer
    assert "Not coming\nVladimir Putin" in answer


async def test_a_story_of_which_nobody_is_named_says_so(house: House) -> None:
    assert "Nobody has been named yet." in told(await house.ask("/delegations yemen-peace"))


async def test_status_names_the_feeds_that_are_silent(house: House) -> None:
    await add_feed(house, 1)
    await add_feed(house, 2, Health.FAILING)
    await house.ask("/subscribe all")

    answer = told(await house.ask("/status"))

    assert "1 of 2 feeds cannot be read" in answer
    assert "1 well, Wire 02 silent" in answer
    assert "Last read  ⟨2025-05-14T08:00Z⟩" in answer
    assert "follows every story" in answer


async def test_status_tells_why_a_channel_hears_nothing(house: House) -> None:
    assert "follows nothing; try /subscribe istanbul-talks" in told(await house.ask("/status"))


async def test_a_long_list_is_turned_page_by_page_without_losing_a_line(house: House) -> None:
    for number in range(45):
        await add_feed(house, number)
    seen: list[str] = []
    line = "/feeds list"
    while line:
        reply = await house.ask(line)
        assert reply.card is not None
        seen += [row.split(" · ")[0] for section in reply.card.sections for row in section.lines]
        line = next((f"/{turn.action} {turn.value}" for turn in reply.card.buttons if turn.label == "Next"), "")

    assert seen == [f"wire-{number:02}" for number in range(45)]
    assert told(reply).endswith("page 5 of 5")


@pytest.mark.parametrize("written", ["0", "-1", "two", "１", ""])
async def test_what_is_no_page_is_told(house: House, written: str) -> None:
    reply = await house.ask(f"/stories page:{written or 'x'}")

    assert "write a number from 1" in reply.text
    assert not reply.done


@pytest.mark.parametrize(("rows", "asked", "number", "of"), [(20, "1", 1, 1), (21, "2", 2, 2), (0, "9", 1, 1)])
def test_a_page_is_within_its_list(rows: int, asked: str, number: int, of: int) -> None:
    page = page_of(range(rows), Call(command="stories", arguments={"page": asked}, channel=DESK), 20)

    assert (page.number, page.of, page.total) == (number, of, rows)
