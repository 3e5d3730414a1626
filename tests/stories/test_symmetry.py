"""The parties' names swapped in a whole week: the alerts swap, and nothing else."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import pytest

from benchmarks.bench_week import STORIES, play
from bot.domain.alert import Alert
from bot.domain.audience import Level

WEEK = (STORIES / "invented-war.jsonl").read_text(encoding="utf-8")

# Names of one build and one length, so that neither is read or cut otherwise for its letters.
INVENTED = (("Vestoria", "Porvale"), ("Karlovia", "Kessund"))
# Two states that the seeds know, each with its capital and its foreign minister.
KNOWN = (
    ("Armenia", "Yerevan", "Ararat Mirzoyan", "Mirzoyan"),
    ("Georgia", "Tbilisi", "Maka Botchorishvili", "Botchorishvili"),
)

Names = tuple[str, ...]


def renamed(parties: Mapping[str, Names]) -> list[str]:
    """Return the week with other names for each party and its capital."""
    names: dict[str, str] = {}
    for old, capital in (("Yarovia", "Kessen"), ("Calvenna", "Portalme")):
        name, seat, *_ = parties[old]
        names |= {old: name, old.upper(): name.upper(), capital: seat, capital.upper(): seat.upper()}
    return re.sub("|".join(names), lambda found: names[found[0]], WEEK).splitlines()


def swapped(text: str, one: Names, other: Names) -> str:
    names = dict(zip((*one, *other), (*other, *one), strict=True))
    names |= {name.upper(): twin.upper() for name, twin in names.items()}
    return re.sub("|".join(sorted(names, key=len, reverse=True)), lambda found: names[found[0]], text)


def told(alert: Alert, one: Names, other: Names, *, swap: bool) -> dict[str, Any]:
    """Return all that a reader sees of an alert, in order, but rows of equal parties in none."""

    def names(text: str) -> str:
        return swapped(text, one, other) if swap else text

    changes = [(change.slot, change.before, change.after, change.attribution) for change in alert.changes]
    return {
        "at": alert.at,
        "kind": alert.kind,
        "level": alert.level,
        "headline": re.sub(r"(\w+) and (\w+)", _pair, names(alert.headline)),
        "bullets": [names(bullet.text) for bullet in alert.bullets],
        "changes": sorted(_unordered(names(repr(change))) for change in changes),
        "sources": (alert.entries, len(alert.outlets), len(alert.origins)),
    }


def _pair(found: re.Match[str]) -> str:
    return " and ".join(sorted(found.groups()))


def _unordered(slot: str) -> str:
    return re.sub(r"[\w ]+(?:\+[\w ]+)+", lambda found: "+".join(sorted(found[0].split("+"))), slot)


@pytest.mark.parametrize(("one", "other"), [INVENTED, KNOWN], ids=["invented states", "known states"])
def test_a_week_with_the_parties_swapped_gives_the_swapped_alerts(one: Names, other: Names) -> None:
    week = asyncio.run(play(renamed({"Yarovia": one, "Calvenna": other}), Level.EVERYTHING))
    mirror = asyncio.run(play(renamed({"Yarovia": other, "Calvenna": one}), Level.EVERYTHING))

    assert len(week.posts) > 15
    assert [told(alert, one, other, swap=False) for alert, _ in week.posts] == [
        told(alert, one, other, swap=True) for alert, _ in mirror.posts
    ]
    assert {_title(end.story.title) for end in week.stories.values() if not end.story.defined} == {
        _title(swapped(end.story.title, one, other)) for end in mirror.stories.values() if not end.story.defined
    }


def _title(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", title))
