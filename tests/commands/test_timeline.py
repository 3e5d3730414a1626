"""What changed in a story, in time."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import commands
from bot.announce.picture import Moment, Summary
from bot.announce.timeline import ALT, alternative, span_of
from bot.domain.command import Call, Reply
from bot.domain.picture import Picture, Timeline
from bot.locales import ENGLISH
from tests.house import DESK, House, open_house, told

AT = datetime(2025, 5, 14, 12, 30, tzinfo=UTC)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


def summary(*events: Moment) -> Summary:
    """Return a summary of a story in which these things happened."""
    return Summary(story="s", title="The talks", headline="", place="", now=AT, timeline=events)


def event(number: int) -> Moment:
    """Return a change, one a day."""
    return Moment(at=AT + timedelta(days=number), kind="talks-held", headline=f"Round {number} begins", entries=())


async def test_a_timeline_tells_the_changes_oldest_first(house: House) -> None:
    await house.publish("Putin to skip Istanbul talks", "Putin will not attend the talks with Ukraine in Istanbul.")
    await house.publish(
        "Kremlin: Medinsky to lead Russian delegation in Istanbul",
        "The Kremlin said on Wednesday that Vladimir Medinsky will head the Russian delegation at the Istanbul talks.",
    )

    answer = told(await house.ask("/timeline istanbul-talks"))

    assert "Istanbul talks: 2 changes, 14 May 2025" in answer
    assert answer.index("⟨2025-05-14T08:01Z⟩ · ") < answer.index("⟨2025-05-14T08:02Z⟩ · ")


async def test_a_story_in_which_nothing_changed_says_so_and_is_not_drawn(house: House) -> None:
    reply = await house.ask("/timeline yemen-peace")

    assert "Yemen peace: no change yet" in told(reply)
    assert reply.picture is None


async def test_pictures_are_drawn_only_for_who_can_see_them(house: House) -> None:
    asked: list[Timeline] = []

    async def draw(timeline: Timeline, name: str, alt: str) -> Picture:
        asked.append(timeline)
        return Picture(name=name, light=b"", dark=b"", alt=alt)

    await house.publish("Putin to skip Istanbul talks", "Putin will not attend the talks with Ukraine in Istanbul.")
    desk = replace(house.desk, draw=draw)
    call = Call(command="timeline", arguments={"story": "istanbul-talks"}, channel=DESK)

    blind, seeing = [await commands.answer(desk, replace(call, pictures=sees)) for sees in (False, True)]

    assert blind.picture is None
    assert seeing.picture is not None
    assert seeing.picture.name == "istanbul-talks-timeline"
    assert seeing.picture.alt.startswith("Timeline of Istanbul talks, 1 change, 14 May 2025. 14 May, 08:01 UTC: ")
    [drawn] = asked
    assert [(mark.family, mark.key) for mark in drawn.marks] == [("attendance", True)]
    assert isinstance(seeing, Reply)


@pytest.mark.parametrize(
    ("days", "words"),
    [((), "no change yet"), ((0,), "1 change, 14 May 2025"), ((0, 2), "2 changes, 14 May to 16 May 2025")],
)
def test_the_span_of_a_story_is_told_in_words(days: tuple[int, ...], words: str) -> None:
    assert span_of(summary(*map(event, days)), ENGLISH) == words


def test_years_are_told_where_they_differ() -> None:
    assert span_of(summary(event(0), event(365)), ENGLISH) == "2 changes, 14 May 2025 to 14 May 2026"


def test_the_words_for_a_picture_keep_their_limit_and_the_latest_changes() -> None:
    events = [event(number) for number in range(40)]

    words = alternative(summary(*events), events, ENGLISH)

    assert len(words) <= ALT
    assert words.endswith("Round 39 begins.")
    assert "Round 0 begins" not in words
