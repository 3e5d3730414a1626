from bot.demo import recording
from bot.domain.feed import Entry
from bot.feeds.article import make_article
from bot.services.ingest import Ingest
from bot.services.replay import read_entry
from tests.house import House, classifier, gazetteer, open_house

# Rumour, denial, the Kremlin's list, copies and edits: the days on which memory matters most.
ENTRIES = slice(60, 110)
BETWEEN_RESTARTS = 5


async def test_a_restart_changes_nothing_that_is_said() -> None:
    entries = [read_entry(number, line) for number, line in enumerate(list(recording())[ENTRIES], 1)]
    async with open_house() as house:
        undisturbed = await said(house, entries, restart=False)
    async with open_house() as house:
        assert await said(house, entries, restart=True) == undisturbed


async def said(house: House, entries: list[Entry], *, restart: bool) -> list[tuple[str, str, str]]:
    told: list[tuple[str, str, str]] = []
    for number, entry in enumerate(entries):
        if restart and number % BETWEEN_RESTARTS == 0:
            house.ingest = Ingest(house.store, classifier(), make_article, gazetteer())
        said = [*await house.ingest.release(entry.fetched), *await house.ingest.take([entry])]
        told += [(alert.mode, alert.id, alert.headline) for alert in said]
    return told
