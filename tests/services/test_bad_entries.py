"""Entries with wrong dates, wrong order or wrong ids are kept and told rightly."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.feed import Entry, EntryRef
from tests.house import START, House, open_house

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
