"""How the state at a week's end compares with its gold file, slot by slot."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.announce.summary import Summary

#: A slot, what is right, and what the program holds.
Row = tuple[str, Any, Any]


def compare(gold: Mapping[str, Any], summary: Summary | None, held: Mapping[str, Any]) -> list[Row]:
    """Return a row for each slot of a story that the gold file names.

    Args:
        gold: The story's final state as written down.
        summary: Where the program says that the story stands; ``None``: it knows of no such story.
        held: The story's slots by key, for what a summary does not tell.
    """
    return [*_teams(gold, summary), *_people(gold, summary), *_table(gold, summary), *_prisoners(gold, held)]


def lines(rows: Mapping[str, list[Row]]) -> list[str]:
    """Return the figures, and each wrong slot."""
    every = [(story, *row) for story, told in rows.items() for row in told]
    wrong = [row for row in every if row[2] != row[3]]
    told = [f"final slots   {len(every)}, right {len(every) - len(wrong)} ({1 - len(wrong) / max(1, len(every)):.2f})"]
    return [*told, *(f"wrong    {story} {slot}: {held!r}, not {right!r}" for story, slot, right, held in wrong)]


def _teams(gold: Mapping[str, Any], summary: Summary | None) -> Iterator[Row]:
    for party, team in gold.get("delegations", {}).items():
        known = summary.delegations.get(party) if summary else None
        yield f"{party} head", team["head"], known.head if known else None
        if "members" in team:
            yield f"{party} members", sorted(team["members"]), sorted(known.members) if known else []


def _people(gold: Mapping[str, Any], summary: Summary | None) -> Iterator[Row]:
    for person, status in gold.get("attendance", {}).items():
        yield person, status, summary.attendance.get(person) if summary else None


def _table(gold: Mapping[str, Any], summary: Summary | None) -> Iterator[Row]:
    talks, truce = gold.get("talks", {}), gold.get("ceasefire", {})
    if "status" in talks:
        yield "talks", talks["status"], summary.talks if summary else None
    if "venue" in talks:
        yield "venue", talks["venue"], summary.venue if summary else None
    if "date" in talks:
        yield "date", talks["date"], summary.date if summary else None
    if "status" in truce:
        yield "ceasefire", truce["status"], summary.ceasefire if summary else None
    if "terms" in truce:
        yield "ceasefire terms", dict(truce["terms"]), dict(summary.terms) if summary else None


def _prisoners(gold: Mapping[str, Any], held: Mapping[str, Any]) -> Iterator[Row]:
    prisoners = gold.get("prisoners", {})
    if "status" in prisoners:
        pairs = [slot.value for key, slot in held.items() if key.startswith("prisoners/") and "+" in key]
        yield "prisoners", prisoners["status"], pairs[-1] if pairs else None
    if "each_side" in prisoners:
        terms = held["prisoners/terms"].value if "prisoners/terms" in held else {}
        yield "prisoners each", prisoners["each_side"], terms.get("each_side")
