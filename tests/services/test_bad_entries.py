"""Entries with wrong dates, wrong order or wrong ids are kept and told rightly."""

from collections.abc import AsyncIterator
from dataclasses import replace as changed
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo import recording
from bot.domain.alert import Mode
from bot.domain.audience import Level
from bot.domain.feed import Entry, EntryRef
from bot.services.replay import read_entry, replay
from tests.house import START, House, open_house, told

TITLE = "Kremlin names Medinsky to lead delegation at Istanbul talks"
TEXT = (
    "President Vladimir Putin has appointed Vladimir Medinsky to head the Russian delegation at the talks with Ukraine."
)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await house.ask("/subscribe all level:everything")
        yield house


def entry(feed: str = "wire", id_: str = "1", **fields: object) -> Entry:
    given = {
        "outlet": feed.title(),
        "url": f"https://{feed}.example/{id_}",
        "title": TITLE,
        "summary": TEXT,
        "published": START,
        "fetched": START,
        **fields,
    }
    return Entry(ref=EntryRef(feed, id_), **given)  # type: ignore[arg-type]


async def test_an_entry_without_a_date_is_news_of_the_moment(house: House) -> None:
    assert await house.ingest.take([entry(published=None)])


async def test_an_entry_from_the_future_is_news_of_the_moment(house: House) -> None:
    [alert, *_] = await house.ingest.take([entry(published=START + timedelta(days=400))])
    assert alert.at == START


@pytest.mark.parametrize("published", [datetime(2024, 1, 1, tzinfo=UTC), START - timedelta(days=40)])
async def test_an_entry_that_is_old_on_first_sight_is_kept_without_a_word(house: House, published: datetime) -> None:
    assert await house.ingest.take([entry(published=published)]) == ()
    async with house.store.read() as session:
        assert await session.articles.get([EntryRef("wire", "1")])


async def test_two_feeds_may_use_one_id(house: House) -> None:
    await house.ingest.take([entry("wire", "1")])
    await house.ingest.take([entry("daily", "1", title="Rain in Ankara", summary="And snow on the hills.")])
    async with house.store.read() as session:
        found = await session.articles.get([EntryRef("wire", "1"), EntryRef("daily", "1")])
    assert {article.title for article in found.values()} == {TITLE, "Rain in Ankara"}


async def test_an_old_entry_under_a_new_id_is_no_news(house: House) -> None:
    assert await house.ingest.take([entry("wire", "1")])
    again = entry("wire", "9", url="https://wire.example/1", fetched=START + timedelta(hours=1))
    assert await house.ingest.take([again]) == ()


async def test_a_batch_is_told_in_the_order_of_publication(house: House) -> None:
    later = entry(
        id_="2",
        title="Umerov to lead Ukrainian delegation in Istanbul",
        summary="President Volodymyr Zelensky appointed Rustem Umerov to head the Ukrainian delegation at the talks with Russia.",
        published=START + timedelta(minutes=5),
        fetched=START + timedelta(minutes=10),
    )
    earlier = entry(fetched=START + timedelta(minutes=10))
    headlines = [alert.headline for alert in await house.ingest.take([later, earlier])]
    assert "Medinsky" in headlines[0]
    assert "Umerov" in headlines[-1]


LAVROV = (
    "President Vladimir Putin has appointed Sergei Lavrov to head the Russian delegation at the talks with Ukraine."
)


async def test_a_feed_that_gives_one_id_to_all_its_articles_loses_none_and_repeats_none(house: House) -> None:
    batch = [
        entry(id_="same", url="https://wire.example/1"),
        entry(
            id_="same",
            url="https://wire.example/2",
            title="Umerov to lead Ukrainian delegation in Istanbul",
            summary="President Volodymyr Zelensky appointed Rustem Umerov to head the Ukrainian delegation at the talks with Russia.",
        ),
    ]
    said = [alert.headline for alert in await house.ingest.take(batch)]
    assert [("Medinsky" in line, "Umerov" in line) for line in said] == [(True, False), (False, True)]
    for hour in (1, 2):
        again = [changed(each, fetched=START + timedelta(hours=hour)) for each in batch[:: (-1) ** hour]]
        assert await house.ingest.take(again) == ()


async def test_other_content_under_the_same_id_at_the_same_moment_is_a_version_once(house: House) -> None:
    first, second = entry(title="Lavrov to lead Russian team in Istanbul", summary=LAVROV), entry()
    await house.ingest.take([first])
    said = await house.ingest.take([second])
    assert [alert.mode for alert in said] == [Mode.EDIT, Mode.THREAD]
    assert "Medinsky" in said[0].headline
    for each in (first, second):
        assert await house.ingest.take([each]) == ()


async def test_what_is_published_earlier_and_arrives_late_turns_nothing_back(house: House) -> None:
    await house.ingest.take([entry(published=START, fetched=START)])
    late = entry(
        "daily",
        title="Lavrov to lead Russian team in Istanbul",
        summary=LAVROV,
        published=START - timedelta(hours=8),
        fetched=START + timedelta(hours=1),
    )
    assert [alert for alert in await house.ingest.take([late]) if alert.mode is Mode.POST] == []
    assert "Vladimir Medinsky" in told(await house.ask("/delegations istanbul-talks"))


async def test_what_is_old_on_first_sight_is_told_where_somebody_asks(house: House) -> None:
    await house.ingest.take([entry(published=START - timedelta(days=40))])
    assert "Vladimir Medinsky" in told(await house.ask("/delegations istanbul-talks"))


async def test_a_recording_that_is_replayed_twice_changes_nothing(house: House) -> None:
    lines = list(recording())[40:90]
    entries = [read_entry(number, line) for number, line in enumerate(lines, 1)]

    async def play() -> list[str]:
        return [alert.id async for alert, _ in replay(entries, house.store, house.ingest, Level.EVERYTHING)]

    async def kept() -> list[object]:
        async with house.store.read() as session:
            stories = await session.stories.all()
            return [
                (story, await session.stories.log(story.id), await session.stories.articles(story.id))
                for story in stories
            ]

    assert await play()
    before = await kept()
    await house.restart()
    assert await play() == []
    assert await kept() == before
