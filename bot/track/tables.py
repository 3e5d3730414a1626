"""Who sits at the table: the teams that were named, and those of the host whom a report of the session names."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bot.domain.event import Event, Modality
from bot.domain.story import Slot
from bot.track.people import People
from bot.track.standing import Standing

#: Statuses of talks at which somebody sits, or sat.
HELD = frozenset({"under-way", "recess", "ended"})
#: Who was to come is there now; whoever stays away, or left, is not.
TO_COME = frozenset({"expected", "confirmed"})


def session(told: Iterable[Standing]) -> Standing | None:
    """Return the latest session that somebody has openly told of.

    Args:
        told: The statuses of the talks so far, oldest first.
    """
    held = [
        standing
        for standing in told
        if standing.value in HELD and standing.kind == "talks-held" and standing.modality is Modality.ASSERTED
    ]
    return held[-1] if held else None


def seated(slots: Mapping[str, Slot], held: Standing | None) -> dict[str, Slot]:
    """Return the slots with the named heads and members of all delegations at the table.

    Args:
        slots: The state as it was told.
        held: The latest session; nobody sits at one that was not held.
    """
    present = dict(slots)
    if held is None:
        return present
    end = held.last or held.since
    for key, team in slots.items():
        if not key.startswith("delegation/") or team.modality is Modality.ALLEGED or team.since > end:
            continue
        for person in team.value if isinstance(team.value, tuple) else (str(team.value),):
            known = slots.get(f"attendance/{person}")
            awaited = known is None or (known.value in TO_COME and known.since <= end)
            if person and awaited:
                present[f"attendance/{person}"] = _present(known or replace(team, value=""), held)
    return present


def _present(before: Slot, held: Standing) -> Slot:
    return replace(
        before,
        value="present",
        since=max(before.since, held.since),
        modality=Modality.ASSERTED,
        attribution=held.attribution,
        kind=held.kind,
        reports=tuple(dict.fromkeys((*held.reports, *before.reports))),
        origins=tuple(held.origins),
        outlets=tuple(held.outlets),
        replaced=before.value or None,
        rivals=(),
        denied=None,
    )


def seat_hosts(event: Event, between: Collection[str], people: People) -> Event:
    """Return a session with the persons of the host or mediator whom its words name.

    Args:
        event: Any event.
        between: Actor ids of the story's hosts and mediators.
        people: Who is who.
    """
    if event.kind != "talks-held" or event.modality is not Modality.ASSERTED:
        return event
    there = [
        name
        for name in people.named(event.evidence.words)
        if people.party(name) in between and not people.leads_a_state(name) and name != event.person
    ]
    return replace(event, members=tuple(dict.fromkeys((*event.members, *there)))) if there else event
