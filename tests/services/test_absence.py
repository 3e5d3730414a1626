"""Channels that are closed to us: nothing that people set up is lost, and somebody knows."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.audience import Presence
from bot.domain.delivery import Refused
from bot.domain.feed import Feed, FeedState
from bot.services.absence import Absence
from tests.house import DESK, START, House, open_house

LOST = Refused(why="is_archived: the channel is archived", final=True, channel_lost=True)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """Return a house whose desk follows everything."""
    async with open_house() as house:
        await house.ask("/subscribe all", user="U0ANA")
        yield house


def absence(house: House) -> Absence:
    return Absence(house.store, {"recorder": house.recorder}, lambda: house.machine, house.clock.now)


async def is_paused(house: House) -> str | None:
    async with house.store.read() as session:
        channel = await session.channels.get(DESK.id)
    assert channel is not None
    return channel.paused


async def follows(house: House) -> int:
    async with house.store.read() as session:
        return len(await session.channels.subscriptions(DESK.id))


async def name_medinsky(house: House) -> None:
    await house.publish("Kremlin names Medinsky to lead Russian delegation at Istanbul talks with Ukraine")
    await house.deliver.empty()


async def test_who_subscribed_the_channel_is_told_once_that_it_is_lost(house: House) -> None:
    house.recorder.next = [LOST]
    await name_medinsky(house)
    for _ in range(3):
        await absence(house).hear(Presence(platform="recorder", workspace="desk", address="news", why=LOST.why))

    [(person, channel, text)] = house.recorder.told
    assert (person, channel) == ("U0ANA", DESK.id)
    assert "archived" in text
    assert "30 days" in text
    assert await is_paused(house) == LOST.why


async def pass_time(house: House, span: timedelta) -> None:
    """Let news time and machine time pass."""
    await house.wait(span)
    house.clock.set(house.clock.now() + span)


async def come_back(house: House) -> list[tuple[str, str]]:
    """Let the channel be open again; return what it is sent then, headline and foot."""
    before = len(house.recorder.messages)
    await absence(house).hear(Presence(platform="recorder", workspace="desk", address="news"))
    await house.deliver.empty()
    return [(card.title, card.foot) for card in house.recorder.cards_in(DESK)[before:]]


async def test_what_was_said_while_a_channel_was_closed_comes_late_and_says_so(house: House) -> None:
    house.recorder.next = [LOST]
    await name_medinsky(house)
    await pass_time(house, timedelta(hours=2))
    house.recorder.next = [LOST]
    await house.publish("Zelensky will attend talks in Istanbul", "Volodymyr Zelensky said that he will attend.")
    await house.deliver.empty()
    assert house.recorder.messages == {}

    await pass_time(house, timedelta(minutes=30))
    (first, early), (second, late) = await come_back(house)

    assert ("Medinsky" in first, "Zelensky" in second) == (True, True)
    assert early.endswith("single source · 2 h late, I could not post here")
    assert late.endswith("30 min late, I could not post here")
    await house.publish("Putin will not attend Istanbul talks, Kremlin says", outlet="Straits Daily")
    await house.deliver.empty()
    assert "late" not in house.recorder.cards_in(DESK)[-1].foot


async def test_what_is_a_day_old_when_a_channel_opens_again_is_not_said(house: House) -> None:
    house.recorder.next = [LOST]
    await name_medinsky(house)
    await pass_time(house, timedelta(hours=25))
    house.recorder.next = [LOST]
    await house.publish("Zelensky will attend talks in Istanbul", "Volodymyr Zelensky said that he will attend.")
    await house.deliver.empty()

    await pass_time(house, timedelta(minutes=1))
    [(headline, foot)] = await come_back(house)

    assert "Zelensky" in headline
    assert "late" not in foot


async def test_a_channel_that_takes_messages_again_goes_on_and_may_be_lost_anew(house: House) -> None:
    keeper = absence(house)
    await keeper.lost("archived", DESK)
    await keeper.hear(Presence(platform="recorder", workspace="desk", address="news"))

    assert await is_paused(house) is None
    await keeper.lost("archived", DESK)
    assert len(house.recorder.told) == 2


async def test_a_whole_workspace_goes_and_comes_back(house: House) -> None:
    keeper = absence(house)
    await keeper.hear(Presence(platform="recorder", workspace="elsewhere", why="the app was removed"))
    assert await is_paused(house) is None

    await keeper.hear(Presence(platform="recorder", workspace="desk", why="the app was removed"))
    assert await is_paused(house) == "the app was removed"
    await keeper.hear(Presence(platform="recorder", workspace="desk"))
    assert await is_paused(house) is None


async def test_who_asks_in_a_lost_channel_is_not_told_again_and_gains_no_time(house: House) -> None:
    keeper = absence(house)
    await keeper.lost("archived", DESK)
    await house.wait(timedelta(days=29))

    await house.ask("/subscriptions")
    assert await is_paused(house) is None
    await keeper.lost("archived", DESK)

    assert len(house.recorder.told) == 1
    await house.wait(timedelta(days=1))
    await keeper.round()
    assert await follows(house) == 0


async def test_after_thirty_days_all_of_it_is_forgotten_and_no_day_sooner(house: House) -> None:
    await house.ask("/watch add grain corridor")
    keeper = absence(house)
    await keeper.lost("archived", DESK)

    await house.wait(timedelta(days=29, hours=23))
    await keeper.round()
    assert await follows(house) == 1

    await house.wait(timedelta(hours=1))
    await keeper.round()
    async with house.store.read() as session:
        assert await session.channels.get(DESK.id) is None
        assert not await session.channels.subscriptions()
        assert not await session.channels.watches()


async def test_who_could_not_be_told_is_told_later(house: House) -> None:
    keeper = absence(house)
    house.recorder.reachable = False
    await keeper.lost("revoked", DESK)
    house.recorder.reachable = True

    for _ in range(2):
        await keeper.round()

    assert len(house.recorder.told) == 1


async def test_a_workspace_that_threw_us_out_takes_all_of_its_own_with_it_and_nothing_else(house: House) -> None:
    elsewhere = replace(DESK, id="recorder:elsewhere:news", workspace="elsewhere")
    await house.ask("/subscribe all", channel=elsewhere)
    await house.ask("/mute istanbul-talks", channel=DESK)
    await house.ask("/watch add grain corridor", channel=DESK)
    async with house.store.write() as session:
        await session.feeds.put(
            Feed(id="own", url="https://own.example", outlet="Own", workspace="desk"), FeedState(due=START)
        )
    await house.publish(
        "Kremlin names Medinsky to lead Russian delegation at Istanbul talks with Ukraine", workspace="desk"
    )
    await house.publish("Putin will not attend Istanbul talks, Kremlin says", outlet="Straits Daily")
    await house.deliver.empty()
    keeper = absence(house)
    await keeper.hear(Presence(platform="recorder", workspace="desk", why="the app was removed"))

    await house.wait(timedelta(days=29))
    await keeper.round()
    assert await follows(house) == 1

    await house.wait(timedelta(days=1))
    await keeper.round()
    async with house.store.read() as session:
        assert [channel.id for channel in await session.channels.all()] == [elsewhere.id]
        assert [feed.id for feed, _ in await session.feeds.all()] == []
        assert await session.stories.owned() == []
        assert {article.workspace for article in await session.articles.since(START)} == {None}
        assert "Medinsky" not in str(await session.stories.whole_log("istanbul-talks"))
        assert "Putin" in str(await session.stories.whole_log("istanbul-talks"))
        assert await session.departures.before(house.machine) == []


async def test_a_workspace_that_comes_back_in_time_keeps_all(house: House) -> None:
    keeper = absence(house)
    await keeper.hear(Presence(platform="recorder", workspace="desk", why="the app was removed"))
    await house.wait(timedelta(days=29))
    await keeper.hear(Presence(platform="recorder", workspace="desk"))
    await house.wait(timedelta(days=30))
    await keeper.round()

    assert await follows(house) == 1
