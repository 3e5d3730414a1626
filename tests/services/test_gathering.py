"""Small words of one story are gathered for half an hour of news time and told in one post."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.alert import Mode
from bot.engine import open_engine
from bot.services.gathering import Gathering
from tests.house import DESK, House, open_house

DEMAND = (
    "Ukraine demands that Russia withdraw its troops from Kharkiv",
    (
        "Ukraine on Wednesday demanded that Russia withdraw its troops from the Kharkiv region, Foreign Minister Andrii Sybiha "
        "said before the Istanbul talks."
    ),
)
ACCUSATION = (
    "Russia accuses Ukraine of sabotaging Istanbul talks",
    "Russia accused Ukraine of sabotaging the talks in Istanbul, Foreign Ministry spokeswoman Maria Zakharova said.",
)
PLEDGE = (
    "Germany pledges more Patriot missiles to Ukraine",
    (
        "Germany pledged three more Patriot batteries to Ukraine ahead of the Istanbul talks with Russia, Chancellor "
        "Friedrich Merz said."
    ),
)
THREAT = (
    "Russia threatens Ukraine with new offensive",
    "Russia threatened Ukraine with a new offensive in Sumy if the Istanbul talks fail, Vladimir Medinsky said.",
)
ULTIMATUM = (
    "Russia gives Ukraine until 20 May to accept terms or face offensive",
    (
        "Russia warned that it would launch a new offensive unless Ukraine accepts its terms by 20 May, Kremlin spokesman "
        "Dmitry Peskov said."
    ),
)
MEDINSKY = (
    "Kremlin names Medinsky to lead delegation at Istanbul talks",
    "President Vladimir Putin has appointed Vladimir Medinsky to head the Russian delegation at the talks with Ukraine.",
)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await house.ask("/subscribe istanbul-talks level:everything")
        yield house


async def shown(house: House) -> list[str]:
    await house.deliver.empty()
    return [card.title for card in house.recorder.cards_in(DESK)]


async def pass_(house: House, minutes: float) -> None:
    house.clock.set(house.clock.now() + timedelta(minutes=minutes))
    await house.gathered()


async def test_small_words_of_half_an_hour_make_one_post(house: House) -> None:
    for entry in (DEMAND, ACCUSATION, PLEDGE):
        assert await house.publish(*entry) == ()
        await pass_(house, 5)
    assert await shown(house) == []

    await pass_(house, 20)
    [headline] = await shown(house)
    assert headline == "Ukraine puts demands to Russia; 2 more statements"
    [card] = house.recorder.cards_in(DESK)
    assert len(card.bullets) == 3
    await pass_(house, 60)
    assert len(await shown(house)) == 1


async def test_what_waits_goes_at_the_half_hour_after_the_first_of_it(house: House) -> None:
    await house.publish(*DEMAND)
    first = house.clock.now()
    await pass_(house, 29)
    assert await shown(house) == []
    house.clock.set(first + timedelta(minutes=30))
    [post] = await house.gathered()
    assert post.at == first + timedelta(minutes=30)


async def test_what_waits_survives_the_death_of_the_program(house: House) -> None:
    await house.publish(*DEMAND)
    await house.restart()
    await house.publish(*ACCUSATION)
    await house.restart()
    await pass_(house, 40)
    assert await shown(house) == ["Ukraine puts demands to Russia; 1 more statement"]


async def test_a_slot_a_denial_and_an_ultimatum_do_not_wait(house: House) -> None:
    await house.publish(*THREAT)
    assert [alert.mode for alert in await house.publish(*ULTIMATUM)] == [Mode.POST]
    assert [alert.kind for alert in await house.publish(*MEDINSKY)] == ["delegation-named"]
    assert len(await shown(house)) == 2


async def test_another_source_of_what_waits_is_counted_in_it(house: House) -> None:
    await house.publish(*DEMAND)
    await house.publish(
        "Kyiv demands Russian withdrawal from Kharkiv", "Ukraine demanded that Russia pull out.", outlet="Straits Daily"
    )
    assert await shown(house) == []
    await pass_(house, 31)
    [headline] = await shown(house)
    assert "more" not in headline
    [card] = house.recorder.cards_in(DESK)
    assert card.foot.startswith("2 outlets")
    assert house.recorder.lines_in(DESK) == []


async def test_what_is_edited_away_while_it_waits_is_never_said(house: House) -> None:
    await house.publish(*DEMAND, id="1")
    await house.publish(
        "Kharkiv weather: storms to come", "Heavy rain is expected in the Kharkiv region from Thursday.", id="1"
    )
    await pass_(house, 40)
    assert await shown(house) == []


async def test_the_round_looks_at_the_news_clock_and_wakes_the_sender(house: House) -> None:
    engine = open_engine("local:")
    await engine.open()
    gathering = Gathering(house.store, lambda: house.ingest, engine, house.clock)
    await house.publish(*DEMAND)
    assert await gathering.round() == 0
    house.clock.set(house.clock.now() + timedelta(minutes=30))
    assert await gathering.round() == 1
    assert await engine.wait("deliver", timedelta(seconds=1))
    assert await gathering.round() == 0
    assert len(await shown(house)) == 1
    await engine.close()


async def test_what_waits_reaches_a_workspace_that_meanwhile_corrects_the_story(house: House) -> None:
    await house.publish(*MEDINSKY)
    await house.publish(*DEMAND)
    reply = await house.ask("/wrong istanbul-talks")
    assert reply.done, reply.text
    await pass_(house, 40)
    assert (await shown(house))[1:] == ["Ukraine puts demands to Russia"]
