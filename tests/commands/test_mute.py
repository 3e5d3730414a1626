"""A channel that hears nothing of a story for a while."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.alert import Alert
from bot.services.housekeeping import Housekeeping
from tests.house import DESK, House, open_house, told

STAYS = ("Putin to skip Istanbul talks", "Vladimir Putin will not attend the talks with Ukraine in Istanbul.")
SAYS = (
    "Lavrov demands withdrawal",
    "Russian Foreign Minister Sergey Lavrov demanded that Ukraine withdraw its troops from four regions.",
)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await house.ask("/subscribe istanbul-talks level:everything")
        yield house


async def heard(house: House) -> int:
    """Return how many posts have arrived."""
    await house.deliver.empty()
    return len(house.recorder.messages)


async def gathered(house: House) -> tuple[Alert, ...]:
    """Let half an hour pass, so that what was gathered meanwhile goes."""
    house.clock.set(house.clock.now() + timedelta(minutes=30))
    return await house.gathered()


async def test_a_muted_story_is_not_heard_until_its_hours_are_over(house: House) -> None:
    answer = told(await house.ask("/mute istanbul-talks for:2h"))
    assert "is muted here until ⟨2025-05-14T10:00Z⟩" in answer

    await house.publish(*STAYS)
    assert await heard(house) == 0

    house.clock.set(house.clock.now() + timedelta(hours=2))
    await house.publish(*SAYS)
    await gathered(house)
    assert await heard(house) == 1


async def test_a_mute_until_the_state_changes_ends_with_what_changes_it(house: House) -> None:
    await house.ask("/mute istanbul-talks for:change")

    await house.publish(*SAYS)
    assert [alert.level for alert in await gathered(house)] == ["normal"]
    assert await heard(house) == 0

    await house.publish(*STAYS)
    assert await heard(house) == 1
    assert "Muted" not in told(await house.ask("/subscriptions"))


async def test_other_channels_hear_what_one_has_muted(house: House) -> None:
    other = replace(DESK, id="recorder:desk:other", address="other")
    await house.ask("/subscribe all", channel=other)
    await house.ask("/mute istanbul-talks")

    await house.publish(*STAYS)

    assert await heard(house) == 1


async def test_a_muted_story_is_listed_and_heard_again_when_asked(house: House) -> None:
    await house.ask("/mute istanbul-talks")
    assert "Muted\nistanbul-talks · until ⟨2025-05-14T16:00Z⟩" in told(await house.ask("/subscriptions"))
    assert "1 muted" in told(await house.ask("/status"))

    assert (await house.ask("/unmute istanbul-talks")).done
    assert "is not muted here" in (await house.ask("/unmute istanbul-talks")).text
    await house.publish(*STAYS)
    assert await heard(house) == 1


async def test_a_further_source_of_a_muted_story_adds_no_line(house: House) -> None:
    await house.publish(*STAYS)
    await house.deliver.empty()
    await house.ask("/mute istanbul-talks")

    await house.publish("Russia: Putin stays home", STAYS[1], outlet="Volga Bulletin")
    await house.deliver.empty()

    assert house.recorder.lines == []


async def test_mutes_that_are_over_are_forgotten(house: House) -> None:
    await house.ask("/mute istanbul-talks for:1h")
    house.clock.set(house.clock.now() + timedelta(hours=1))

    await Housekeeping(house.store, house.clock, lambda: house.machine, timedelta(days=30)).round()

    async with house.store.read() as session:
        assert await session.channels.mutes() == []


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/mute istanbul-talks for:ever", "`for:ever` is no span; write it like 8h or 2d, or `for:change`."),
        ("/mute istanbul-talks for:0h", "for 30 days at most"),
        ("/mute istanbul-talks for:31d", "for 30 days at most; `/unsubscribe` stops it for good."),
        ("/mute yemen-peace", "does not follow `yemen-peace`, so there is nothing to mute."),
        ("/mute istambul-talks", "Did you mean `istanbul-talks`?"),
    ],
)
async def test_a_wrong_mute_says_what_to_do(house: House, line: str, answer: str) -> None:
    reply = await house.ask(line)
    assert answer in reply.text
    assert not reply.done


async def test_only_a_manager_mutes(house: House) -> None:
    assert not (await house.ask("/mute istanbul-talks", manager=False)).done
