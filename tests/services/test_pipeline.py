from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.delivery import Refused, Unknown
from bot.feeds.article import make_article
from bot.services.ingest import Ingest
from tests.house import DESK, START, House, classifier, gazetteer, open_house, told

MEDINSKY = (
    "Kremlin names Medinsky to lead delegation at Istanbul talks",
    "President Vladimir Putin has appointed Vladimir Medinsky to head the Russian delegation at the talks with Ukraine.",
)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


async def test_a_change_reaches_the_channel_that_follows_the_story_once(house: House) -> None:
    await house.ask("/subscribe istanbul-talks")
    await house.publish(*MEDINSKY)
    await house.publish(*MEDINSKY)
    await house.deliver.empty()
    [headline] = house.recorder.headlines
    assert "Medinsky" in headline


async def test_a_second_outlet_adds_a_thread_line_and_no_post(house: House) -> None:
    await house.ask("/subscribe istanbul-talks")
    await house.publish(*MEDINSKY)
    await house.publish(
        "Medinsky to head Russian team, decree says",
        "Vladimir Medinsky will lead Russia's delegation to the negotiations with Ukraine in Istanbul, a decree says.",
        outlet="Straits Daily",
    )
    await house.deliver.empty()
    assert len(house.recorder.headlines) == 1
    assert any("Straits Daily" in line.text for line in house.recorder.lines)


async def test_a_channel_that_follows_nothing_hears_nothing(house: House) -> None:
    await house.publish(*MEDINSKY)
    await house.deliver.empty()
    assert house.recorder.sends == []


async def test_sport_and_background_raise_nothing(house: House) -> None:
    await house.ask("/subscribe all level:everything")
    await house.publish(
        "Galatasaray open talks with Arsenal over winger", "The Istanbul club want a deal before Monday."
    )
    await house.publish(
        "How the 2022 Istanbul talks failed",
        "Turkey hosted several rounds between Russia and Ukraine in 2022, which collapsed that spring.",
    )
    await house.deliver.empty()
    assert house.recorder.headlines == []


async def test_a_first_read_is_kept_quietly_and_known_to_summary(house: House) -> None:
    await house.ask("/subscribe all")
    assert await house.publish(*MEDINSKY, quiet=True) == ()
    await house.deliver.empty()
    assert house.recorder.headlines == []
    assert "Vladimir Medinsky" in told(await house.ask("/summary istanbul-talks"))


async def test_what_is_months_old_on_first_sight_is_no_news(house: House) -> None:
    await house.ask("/subscribe all")
    assert await house.publish(*MEDINSKY, published=house.clock.now() - timedelta(days=90)) == ()


async def test_an_edited_entry_takes_back_what_it_no_longer_says(house: House) -> None:
    await house.ask("/subscribe istanbul-talks")
    wrong = "Mikhail Galuzin will head the Russian delegation at the talks with Ukraine in Istanbul, the Kremlin said."
    await house.publish("Galuzin to lead Russian team", wrong, id="1", published=START)
    await house.publish(
        "Medinsky to lead Russian team", wrong.replace("Mikhail Galuzin", "Vladimir Medinsky"), id="1", published=START
    )
    await house.deliver.empty()
    [headline] = house.recorder.headlines
    assert "Medinsky" in headline


async def test_a_definite_no_is_tried_again_and_delivered(house: House) -> None:
    await house.ask("/subscribe istanbul-talks")
    await house.publish(*MEDINSKY)
    house.recorder.next = [Refused(why="429", retry_after=timedelta(seconds=30))]
    await house.deliver.empty()
    assert house.recorder.headlines == []
    await house.wait(timedelta(seconds=31))
    await house.deliver.empty()
    assert len(house.recorder.headlines) == 1


async def test_an_unknown_outcome_is_sent_again_under_the_same_nonce(house: House) -> None:
    await house.ask("/subscribe istanbul-talks")
    await house.publish(*MEDINSKY)
    house.recorder.next = [Unknown(why="time-out after the body went out")]
    await house.deliver.empty()
    await house.wait(timedelta(minutes=1))
    await house.deliver.empty()
    assert len({parcel.nonce for parcel in house.recorder.sends}) == 1
    assert len(house.recorder.headlines) == 1


async def test_a_lost_channel_is_paused_and_keeps_its_subscriptions(house: House) -> None:
    await house.ask("/subscribe istanbul-talks")
    await house.publish(*MEDINSKY)
    house.recorder.next = [Refused(why="channel_not_found", final=True, channel_lost=True)]
    await house.deliver.empty()
    async with house.store.read() as session:
        channel = await session.channels.get(DESK.id)
        assert channel is not None
        assert channel.paused == "channel_not_found"
        assert await session.channels.subscriptions(DESK.id)


CALLED = (
    "EU and US call for an unconditional 30-day ceasefire",
    "The European Union and the United States jointly called for a ceasefire of 30 days, the Kremlin said.",
)
ATTENDING = (
    "Zelensky will attend talks in Istanbul",
    "President Volodymyr Zelensky said on Sunday that he will attend the Istanbul talks with Russia himself on Thursday.",
)
LOST = Refused(why="is_archived", final=True, channel_lost=True)


async def test_a_paused_channel_is_left_alone_until_it_is_asked_again_after_an_hour(house: House) -> None:
    await house.ask("/subscribe istanbul-talks level:everything")
    await house.publish(*MEDINSKY)
    house.recorder.next = [LOST]
    await house.deliver.empty()

    await house.publish(*CALLED)
    await house.deliver.empty()
    assert len(house.recorder.sends) == 1

    await house.wait(timedelta(hours=1))
    await house.publish(*ATTENDING)
    await house.deliver.empty()
    assert len(house.recorder.headlines) == len(house.recorder.sends) - 1 > 0
    async with house.store.read() as session:
        channel = await session.channels.get(DESK.id)
    assert channel is not None
    assert channel.paused is None


async def test_a_command_in_a_paused_channel_resumes_it(house: House) -> None:
    await house.ask("/subscribe istanbul-talks level:everything")
    await house.publish(*MEDINSKY)
    house.recorder.next = [LOST]
    await house.deliver.empty()

    await house.ask("/subscriptions")
    await house.publish(*ATTENDING)
    await house.deliver.empty()
    assert house.recorder.headlines


async def test_two_subscriptions_that_ask_for_the_same_alert_bring_it_once(house: House) -> None:
    for line in ("/subscribe all", "/subscribe istanbul-talks", "/subscribe istanbul-talks level:everything"):
        assert (await house.ask(line)).done
    await house.publish(*MEDINSKY)
    await house.deliver.empty()
    assert len(house.recorder.sends) == 1
    await house.ask("/unsubscribe istanbul-talks")
    assert told(await house.ask("/subscriptions")).count("level") == 1


async def test_a_watch_posts_the_articles_that_match_and_no_other(house: House) -> None:
    await house.ask('/watch add grain "grain corridor" AND (Odesa OR Odessa)')
    await house.publish("Ships leave Odesa", "A grain corridor opened on Monday.")
    await house.publish("Grain prices rise", "Odesa was quiet.")
    await house.deliver.empty()
    assert house.recorder.headlines == ["Ships leave Odesa"]


async def test_a_summary_tells_who_leads(house: House) -> None:
    await house.publish(*MEDINSKY)
    assert "Vladimir Medinsky" in told(await house.ask("/summary istanbul-talks"))


HEADS = (
    (
        "Kremlin names Medinsky to lead delegation at Istanbul talks",
        "President Vladimir Putin has appointed Vladimir Medinsky to head the Russian delegation at the talks with Ukraine.",
    ),
    (
        "Galuzin replaces Medinsky as head of Russia's delegation",
        (
            "Mikhail Galuzin has replaced Vladimir Medinsky at the head of Russia's delegation to the Istanbul talks with "
            "Ukraine, spokesman Dmitry Peskov told reporters."
        ),
    ),
    (
        "Russia swaps its chief negotiator again: Fomin replaces Galuzin",
        (
            "Moscow has replaced Mikhail Galuzin with Alexander Fomin as head of the Russian delegation in Istanbul, where "
            "talks with Ukraine are due, its foreign ministry announced."
        ),
    ),
    (
        "Kostyukov replaces Fomin at head of Russian team for Istanbul",
        (
            "Igor Kostyukov replaces Alexander Fomin as head of the Russian delegation for the negotiations with Ukraine, "
            "a decree by Putin says."
        ),
    ),
    (
        "Lavrov replaces Kostyukov as Russia's lead negotiator with Ukraine",
        (
            "Foreign Minister Sergei Lavrov has replaced Igor Kostyukov as head of the Russian delegation at the Istanbul "
            "talks, the Kremlin announced late on Wednesday."
        ),
    ),
)


async def test_a_slot_that_keeps_changing_is_edited_until_it_rests_even_over_a_restart(house: House) -> None:
    await house.ask("/subscribe istanbul-talks level:everything")
    for title, text in HEADS[:4]:
        house.ingest = Ingest(house.store, classifier(), make_article, gazetteer())
        await house.publish(title, text)
        await house.deliver.empty()
    first, second = house.recorder.headlines
    assert "Medinsky leads" in first
    assert "Kostyukov replaces Fomin" in second
    assert [text.split(" (")[0] for _, text in house.recorder.threads] == [
        "Russia: Fomin replaces Galuzin as head of its team",
        "Russia: Kostyukov replaces Fomin as head of its team",
    ]

    house.clock.set(house.clock.now() + timedelta(minutes=40))
    await house.publish(*HEADS[4])
    await house.deliver.empty()
    assert "Lavrov replaces Kostyukov" in house.recorder.headlines[2]


async def test_what_was_agreed_and_is_carried_out_a_day_later_in_like_words_is_told(house: House) -> None:
    await house.ask("/subscribe istanbul-talks level:everything")
    text = "Russia and Ukraine {} 300 prisoners from each side on the border with Belarus, both ministries said."
    await house.publish(
        "Russia and Ukraine agree to exchange 300 prisoners each", text.format("have agreed to exchange"), id="a"
    )
    house.clock.set(house.clock.now() + timedelta(hours=26))
    await house.publish(
        "Russia and Ukraine carry out exchange of 300 prisoners each", text.format("carried out an exchange of"), id="b"
    )
    await house.deliver.empty()
    assert len(house.recorder.headlines) == 2
