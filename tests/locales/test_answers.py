"""What a story's reader is answered in another language than English, in a whole house."""

from collections.abc import AsyncIterator

import pytest

from bot import commands
from bot.commands.parse import parse_line
from bot.domain.audience import Channel
from bot.domain.command import Call, Reply
from tests.house import DESK, House, open_house, told

FRENCH = Channel(id="recorder:desk:paris", platform="recorder", workspace="desk", address="paris", name="paris")
TITLE = "Kremlin names Medinsky to lead delegation at Istanbul talks"
TEXT = (
    "President Vladimir Putin has appointed Vladimir Medinsky to head the Russian delegation at the talks "
    "with Ukraine in Istanbul on 15 May."
)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await house.publish(TITLE, TEXT)
        await house.publish(
            "EU calls for 30-day ceasefire",
            "The European Union called on Wednesday for an unconditional ceasefire of 30 days between Russia and "
            "Ukraine before the Istanbul talks.",
            outlet="Continental Post",
        )
        yield house


async def test_an_alert_is_framed_in_its_channel_s_language_and_says_the_same() -> None:
    """Who says what stays as it was written; what stands around it is said anew, after an edit too."""
    async with open_house() as house:
        await house.ask("/subscribe istanbul-talks")
        await house.ask("/subscribe istanbul-talks", channel=FRENCH)
        house.recorder.languages[FRENCH.id] = "fr"
        await house.publish(TITLE, TEXT)
        await house.deliver.empty()
        [english], [french] = house.recorder.cards_in(DESK), house.recorder.cards_in(FRENCH)
        await house.publish(TITLE, TEXT, outlet="Straits Daily")
        await house.deliver.empty()
        [edited] = house.recorder.cards_in(FRENCH)

    assert (french.title, french.bullets, french.at) == (english.title, english.bullets, english.at)
    assert english.place == "istanbul-talks · delegation named"
    assert french.place == "istanbul-talks · délégation nommée"
    assert [(fact.label, fact.before) for fact in french.facts] == [("Délégation\u00a0: Russie", "non nommé")]
    assert "Vladimir Medinsky (chef)" in french.facts[0].after
    assert [button.label for button in french.buttons] == ["Résumé", "Mettre en sourdine", "Erroné"]
    assert [button.value for button in french.buttons] == [button.value for button in english.buttons]
    assert french.foot == "1 média, 1 origine · source unique"
    assert edited.foot.startswith("2 médias")


async def ask(house: House, line: str, language: str) -> Reply:
    command, arguments = parse_line(line, commands.TABLE)
    call = Call(command=command.name, arguments=arguments, channel=DESK, manager=True, language=language)
    return await commands.answer(house.desk, call)


async def test_a_summary_tells_state_labels_and_countries_in_the_reader_s_language(house: House) -> None:
    answer = told(await ask(house, "/summary istanbul-talks", "de"))

    assert "Wer leitet  Russland: Vladimir Medinsky" in answer
    assert "30 Tage, bedingungslos" in answer
    assert "keine Waffenruhe" in answer
    assert "2 Artikel, 2 Ursprünge" in answer
    assert "Who leads" not in answer


async def test_words_of_sources_and_headlines_stay_as_they_were_written(house: House) -> None:
    reply = await ask(house, "/summary istanbul-talks", "de")
    english = await ask(house, "/summary istanbul-talks", "en")

    assert reply.card is not None
    assert english.card is not None
    assert [part.bullets for part in reply.card.sections] == [part.bullets for part in english.card.sections]
    assert reply.card.sections[-1].title == "Verlauf"
    assert reply.card.sections[-1].lines == english.card.sections[-1].lines


async def test_delegations_and_timeline_are_told_in_the_reader_s_language(house: House) -> None:
    assert "Russland" in told(await ask(house, "/delegations istanbul-talks", "de"))
    assert "Vladimir Medinsky (Leitung)" in told(await ask(house, "/delegations istanbul-talks", "de"))
    assert "2 Änderungen, 14. Mai 2025" in told(await ask(house, "/timeline istanbul-talks", "de"))
