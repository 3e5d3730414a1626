"""Headlines by hand: what an event and its changes say, read from TOML."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.announce.scene import Scene
from bot.domain.event import Actor, Event, Evidence, Modality, Role
from bot.domain.story import Cause, Change, Report, Rival, Story, Value
from tests.announce.newsroom import ISTANBUL, NAMES
from tests.builders import MONDAY, source

_ROLES = {"by": Role.SOURCE, "to": Role.TARGET, "host": Role.HOST, "mediator": Role.MEDIATOR}


def scene_of(case: Mapping[str, Any], story: Story = ISTANBUL) -> Scene:
    """Return the scene that a case describes; a case of several events lists them under ``with``."""
    parts = [case, *({**case, **more} for more in case.get("with", ()))]
    reports, changes = {}, []
    for number, part in enumerate(parts):
        event = _event(part)
        reports[f"r{number}"] = Report(event=event, source=source(hours=number, outlet="Meridian Wire"))
        changes += [_change(part, event, slot, values, f"r{number}") for slot, values in part["changes"].items()]
    return Scene(story=story, reports=reports, names=NAMES, year=2025, changes=tuple(changes))


def _event(case: Mapping[str, Any]) -> Event:
    fields = ("stage", "person", "venue", "when", "about", "attribution", "terms", "role")
    return Event(
        kind=case["kind"],
        modality=Modality(case.get("modality", "asserted")),
        actors=tuple(_actors(case)),
        evidence=Evidence(start=0, end=1, words="x"),
        **{field: case[field] for field in fields if field in case},
    )


def _actors(case: Mapping[str, Any]) -> Iterator[Actor]:
    for key, role in _ROLES.items():
        for name in case.get(key, ()):
            person, actor = NAMES.person(name), NAMES.actor(name)
            known = person or actor
            yield Actor(id=known.id if known else None, name=name, role=role, party=person.party if person else None)


def _change(case: Mapping[str, Any], event: Event, slot: str, values: list[Any], report: str) -> Change:
    before, after = (_value(value) for value in values)
    return Change(
        kind=event.kind,
        slot=slot,
        cause=Cause(case.get("cause", "change")),
        before=before,
        after=after,
        modality=event.modality,
        attribution=event.attribution,
        since=MONDAY,
        reports=(report,),
        origins=tuple(case.get("origins", ("Meridian Wire",))),
        outlets=("Meridian Wire",),
        rivals=tuple(
            Rival(value=rival["value"], attribution=rival.get("attribution"), reports=())
            for rival in case.get("rivals", ())
        ),
    )


def _value(value: Any) -> Value | None:
    if value == "":
        return None
    return tuple(value) if isinstance(value, list) else value
