"""Whatever people correct and undo again, all is as if nobody had touched it."""

import random
from collections.abc import Sequence

import pytest

from bot.demo import recording
from bot.domain.feed import Entry
from bot.domain.story import StoryState
from bot.services.replay import read_entry
from bot.track.fold import fold
from bot.views import arrangement_of, articles_of, log_of, stories_of
from tests.house import DESK, House, open_house

# The days on which rumours, lists, denials and edits meet.
ENTRIES = slice(60, 100)
STORIES = ("istanbul-talks", "iran-nuclear-talks", "russia-us-talks", "gaza-ceasefire")


async def seen(house: House, workspace: str | None) -> dict[str, tuple[str, StoryState, Sequence[object]]]:
    """Return every story as a workspace sees it: its title, state and sources."""
    async with house.store.read() as session:
        arrangement = await arrangement_of(session, workspace)
        return {
            story.id: (
                story.title,
                fold(await log_of(session, story.id, arrangement)),
                sorted(await articles_of(session, story.id, arrangement)),
            )
            for story in await stories_of(session, arrangement)
            if story.merged_into is None and story.split_from is None
        }


def line(chance: random.Random, number: int) -> str:
    """Return something that a person may do."""
    one, other = chance.sample(STORIES, 2)
    return chance.choice(
        (
            f"/wrong {one}",
            f"/story move {one}",
            f"/story move {one} to:{other}",
            f"/story merge {one} {other}",
            f"/story split {one} part-{number} Putin OR Kremlin",
            f"/story rename {one} name-{number} Another name",
        )
    )


@pytest.mark.parametrize("seed", range(2))
async def test_a_workspace_that_undoes_all_sees_what_everybody_sees(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a choice of words, not secrets
    entries: list[Entry] = [read_entry(number, line) for number, line in enumerate(list(recording())[ENTRIES], 1)]
    async with open_house() as house:
        await house.ask("/subscribe all level:everything")
        done = 0
        for number, entry in enumerate(entries):
            house.clock.set(max(house.clock.now(), entry.fetched))
            await house.gathered()
            await house.ingest.take([entry])
            if number % 6 == 0:
                done += (await house.ask(line(chance, number))).done
        assert done > 3
        assert await seen(house, DESK.workspace) != await seen(house, None)

        while (reply := await house.ask("/corrections list")).card is not None:
            name = reply.card.sections[0].lines[0].split()[0]
            assert (await house.ask(f"/corrections undo {name}")).done
        async with house.store.read() as session:
            arrangement = await arrangement_of(session, DESK.workspace)
        assert not arrangement.heirs
        assert not arrangement.moved
        assert await seen(house, DESK.workspace) == await seen(house, None)
