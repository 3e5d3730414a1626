from collections.abc import AsyncIterator

import pytest

from bot import commands
from bot.commands.complete import Choices
from bot.domain.command import Completes
from tests.house import DESK, House, open_house, told


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/summary istambul-talks", "Did you mean `istanbul-talks`?"),
        ("/summary xyzzy", "No story `xyzzy`. `/stories` lists them."),
        ("/subscribe istanbul-talks level:loud", "`level:loud` is not a level; use key, normal or everything."),
        ("/subscribe istanbul-talks kinds:wars", "`wars` is not a kind; choose from delegation-named"),
        ("/unsubscribe istanbul-talks", "This channel does not follow `istanbul-talks`."),
        ("/watch add grain AND", "`AND` is not expected here"),
        ("/watch add a/b word", "cannot be a watch's name"),
        ("/watch add truce AND Odesa", "A watch has a name first, then its query: `/watch add truce truce AND Odesa`."),
        ("/watch add (truce OR pause) AND Odesa", "`/watch add truce (truce OR pause) AND Odesa`"),
        ("/watch remove grain", "No watch `grain` here."),
        ("/feeds remove nothing", "No feed `nothing`."),
        ("/feeds add https://example.org/", "these tests have none"),
        ("/nonsense", "There is no command `/nonsense`."),
    ],
)
async def test_a_wrong_line_is_answered_privately_with_what_to_do(house: House, line: str, answer: str) -> None:
    reply = await house.ask(line)
    assert answer in reply.text
    assert reply.private
    assert not reply.done


async def test_subscribing_is_listed_changed_and_ended(house: House) -> None:
    assert "level key" in told(await house.ask("/subscribe istanbul-talks level:key"))
    assert "istanbul-talks · level key" in told(await house.ask("/subscriptions"))
    await house.ask("/subscribe ukraine-talks level:everything kinds:meeting,demand")
    assert "istanbul-talks · level everything, only demand, meeting" in told(await house.ask("/subscriptions"))
    assert (await house.ask("/unsubscribe istanbul-talks")).done
    assert "follows nothing" in told(await house.ask("/subscriptions"))


async def test_subscribing_shows_what_would_have_been_sent(house: House) -> None:
    await house.publish(
        "Putin, Trump to skip Istanbul talks", "Vladimir Putin will not attend the talks with Ukraine in Istanbul."
    )
    assert "Putin" in told(await house.ask("/subscribe istanbul-talks"))


async def test_only_a_manager_may_change_what_a_channel_hears(house: House) -> None:
    reply = await house.ask("/subscribe all", manager=False)
    assert not reply.done
    assert "Only who may manage this channel" in reply.text
    assert (await house.ask("/stories", manager=False)).done


async def test_watches_are_kept_listed_and_removed(house: House) -> None:
    await house.ask("/watch add grain “grain corridor” OR Odesa*")
    assert 'grain: "grain corridor" OR Odesa*' in told(await house.ask("/watch list"))
    assert (await house.ask("/watch remove grain")).done
    assert "No watches here" in told(await house.ask("/watch list"))


async def test_a_watch_of_the_same_name_tells_what_it_replaces(house: House) -> None:
    await house.ask("/watch add grain Odesa")
    assert "Kherson, and no longer: Odesa" in told(await house.ask("/watch add grain Kherson"))


async def test_the_title_of_an_answer_holds_plain_text(house: House) -> None:
    reply = await house.ask("/subscribe istanbul-talks")
    assert reply.card is not None
    assert reply.card.title == "This channel follows Istanbul talks (istanbul-talks), level normal"


async def test_an_unknown_kind_is_answered_with_the_near_ones(house: House) -> None:
    answer = told(await house.ask("/subscribe all kinds:ceasefire"))
    assert "ceasefire-agreed" in answer
    assert "sanctions" not in answer


async def test_help_lists_every_command(house: House) -> None:
    text = told(await house.ask("/help"))
    for command in commands.TABLE:
        assert (f"/{command.name}" in text) != command.operator


async def test_stories_and_feeds_are_listed(house: House) -> None:
    assert "istanbul-talks" in told(await house.ask("/stories")) or "page 1 of" in told(await house.ask("/stories"))
    assert "No feeds yet" in told(await house.ask("/feeds list"))


async def test_choices_complete_what_is_typed(house: House) -> None:
    choices = Choices(house.store)
    await choices.refresh()
    assert choices.complete(Completes.STORY, "ista", DESK, "en")[0][0] == "istanbul-talks"
    assert [value for value, _ in choices.complete(Completes.LEVEL, "", DESK, "en")] == ["key", "normal", "everything"]
    assert len(choices.complete(Completes.KIND, "", DESK, "en")) <= 25
