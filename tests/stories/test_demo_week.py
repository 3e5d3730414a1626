"""The demo week, replayed whole: how well it must be told, so that no later change loses it unseen."""

import asyncio
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from benchmarks.bench_week import STORIES, Score, Week, finals, play, score
from bot.demo import recording
from bot.domain.audience import Level


@pytest.fixture(scope="module")
def gold() -> Mapping[str, Any]:
    return tomllib.loads((STORIES / "demo-week.gold.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def week() -> Week:
    return asyncio.run(play(recording(), Level.EVERYTHING))


@pytest.fixture(scope="module")
def scored(week: Week, gold: Mapping[str, Any]) -> Score:
    return score(week.posts, gold)


def test_most_posts_tell_a_change_that_a_desk_would_tell(scored: Score, week: Week) -> None:
    assert len(scored.right) / len(week.posts) >= 0.8
    assert len(scored.false) <= 3
    assert len(scored.doubled) <= 4


def test_a_change_is_told_once(scored: Score, week: Week, gold: Mapping[str, Any]) -> None:
    told = len(gold["change"]) - len(scored.missed)

    assert len(week.posts) / told <= 1.0


def test_what_every_desk_wants_is_told(scored: Score, gold: Mapping[str, Any]) -> None:
    wanted = sum(change["must"] for change in gold["change"])
    missed = sum(change["must"] for change in scored.missed)

    assert (wanted - missed) / wanted >= 0.75


def test_no_trap_makes_a_post(scored: Score) -> None:
    assert [alert.headline for alert, why in scored.false if why == "a trap"] == []


def test_no_headline_is_hollow(week: Week) -> None:
    hollow = re.compile(
        r"^(Office|Diplomat|Spokesman|President|Official): |"
        r": (delegation named|demands stated|warning issued|concession offered|accusation made|vote or ruling)$"
    )

    assert [alert.headline for alert, _ in week.posts if hollow.search(alert.headline)] == []


def test_the_main_slots_of_the_talks_end_right(week: Week, gold: Mapping[str, Any]) -> None:
    rows = {slot: (right, held) for slot, right, held in finals(week, gold)["istanbul-talks"]}

    for slot in (
        "Vladimir Medinsky",
        "Rustem Umerov",
        "Hakan Fidan",
        "Russia members",
        "Russia head",
        "Ukraine head",
        "Vladimir Putin",
        "Donald Trump",
        "Volodymyr Zelensky",
        "date",
        "talks",
    ):
        right, held = rows[slot]
        assert held == right, slot
    assert sum(right == held for right, held in rows.values()) >= len(rows) * 2 // 3
