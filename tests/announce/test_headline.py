"""What a desk reads first."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.announce.headline import headline
from bot.announce.messages import LEDGER, SLOTS
from bot.announce.scene import Scene
from bot.announce.wording import fill
from bot.domain.event import Event
from bot.domain.story import Change, Value
from bot.kinds import CATALOGUE
from tests.announce.cases import scene_of
from tests.announce.newsroom import ISTANBUL

GOLDEN = Path(__file__).parent.parent / "data" / "headlines.toml"
CASES = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["case"]
IDS_OF_CASES = [f"{number}: {case['says']}" for number, case in enumerate(CASES, start=1)]


@pytest.mark.parametrize("case", CASES, ids=IDS_OF_CASES)
def test_a_headline_says_what_holds_now(case: Mapping[str, Any]) -> None:
    assert headline(scene_of(case)) == case["says"]


@pytest.mark.parametrize("case", CASES, ids=IDS_OF_CASES)
def test_no_headline_is_longer_than_a_phone_shows_or_shouts(case: Mapping[str, Any]) -> None:
    told = headline(scene_of(case))

    assert len(told) <= 90
    assert not {"!", "?", "{", "<", "|", "["} & set(told)


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_every_kind_has_words_even_if_nobody_is_named(kind: str) -> None:
    told = headline(scene_of({"kind": kind, "changes": {f"ledger/{kind}/-/-/-/-": ["", "x"]}}))

    assert told.startswith("Meridian Wire: ")


@pytest.mark.parametrize(
    "slot", [*sorted({f"{family}/A/B" for family, _ in SLOTS if "/" not in family}), "talks/unheard-of"]
)
def test_every_slot_has_words_for_values_that_nobody_foresaw(slot: str) -> None:
    told = headline(scene_of({"kind": "meeting", "changes": {slot: ["", "unforeseen"]}}))

    assert told
    assert len(told) <= 90


@pytest.mark.parametrize("wording", sorted({message.done for message in (*SLOTS.values(), *LEDGER.values())}))
def test_several_subjects_take_the_plural_verb(wording: str) -> None:
    facts = dict.fromkeys(
        [
            "who",
            "others",
            "head",
            "before",
            "partys",
            "place",
            "venue",
            "date",
            "members",
            "joined",
            "left",
            "names",
            "parties",
            "value",
            "fact",
            "ceasefire",
            "a_ceasefire",
            "deal",
            "exchange",
            "subject",
            "first",
            "second",
            "wrong",
            "matter",
            "terms",
            "title",
        ],
        "they",
    )

    assert "[" not in (fill(wording, facts, {"who"}) or "")
    assert "[" not in (fill(wording, facts, ()) or "")


NAMES = {"Russia": "Ukraine", "Ukraine": "Russia"}
IDS = {"rus": "ukr", "ukr": "rus"}


def swapped(text: str) -> str:
    """Return the text with the parties' names exchanged."""
    return text.replace("Russia", "\0").replace("Ukraine", "Russia").replace("\0", "Ukraine")


def swapped_value(value: Value | None) -> Value | None:
    if isinstance(value, str):
        return swapped(value)
    return tuple(swapped(name) for name in value) if isinstance(value, tuple) else value


def swapped_event(event: Event) -> Event:
    return replace(
        event,
        actors=tuple(
            replace(actor, id=IDS.get(actor.id or "", actor.id), name=NAMES.get(actor.name, actor.name))
            for actor in event.actors
        ),
        attribution=swapped(event.attribution) if event.attribution else None,
    )


def swapped_change(change: Change) -> Change:
    return replace(
        change,
        slot=swapped(change.slot),
        before=swapped_value(change.before),
        after=swapped_value(change.after),
        attribution=swapped(change.attribution) if change.attribution else None,
        rivals=tuple(
            replace(rival, attribution=swapped(rival.attribution) if rival.attribution else None)
            for rival in change.rivals
        ),
    )


def swapped_scene(scene: Scene) -> Scene:
    return replace(
        scene,
        reports={id_: replace(report, event=swapped_event(report.event)) for id_, report in scene.reports.items()},
        changes=tuple(swapped_change(change) for change in scene.changes),
    )


@settings(max_examples=200, deadline=None)
@given(
    kind=some.sampled_from(sorted(CATALOGUE)),
    slot=some.sampled_from(sorted({family.replace("*", "other") for family, _ in SLOTS})),
    by=some.sampled_from(["Russia", "Ukraine", "Turkey"]),
    to=some.sampled_from(["Russia", "Ukraine", "Front for the Liberation of the Upper Highlands and the Coast"]),
    attribution=some.sampled_from([None, "Russia", "Ukraine", "two officials", "Hakan Fidan"]),
    venue=some.sampled_from([None, "Istanbul", "the Palace of the Congress of Nations by the Lake"]),
    modality=some.sampled_from(["asserted", "planned", "alleged", "conditional"]),
    cause=some.sampled_from(["change", "conflict", "resolved", "correction"]),
)
def test_swapping_the_parties_swaps_the_headline_and_nothing_else(  # noqa: PLR0913, PLR0917
    kind: str, slot: str, by: str, to: str, attribution: str | None, venue: str | None, modality: str, cause: str
) -> None:
    keys = {"delegation": f"delegation/{by}/head", "attendance": f"attendance/{by}", "ledger": "ledger/x"}
    key = keys.get(slot.partition("/")[0], slot if "/" in slot else f"{slot}/{by}/{to}")
    case = {
        "kind": kind,
        "by": [by],
        "to": [to],
        "attribution": attribution,
        "venue": venue,
        "modality": modality,
        "cause": cause,
        "changes": {key: ["", to]},
        "rivals": [{"value": "another", "attribution": by}],
    }
    scene = scene_of(case, replace(ISTANBUL, persons=()))

    assert headline(swapped_scene(scene)) == swapped(headline(scene))
