"""The line that a desk reads in three seconds: who says so, a colon, what holds now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.announce.clauses import Clause, Scene, clauses
from bot.announce.conflict import conflict
from bot.announce.speakers import falls_away, is_own_word, is_unnamed, spoken, unnamed
from bot.announce.width import LIMIT, shorten, width
from bot.announce.wording import fill, optional_parts
from bot.domain.event import Modality
from bot.domain.story import Cause, Change

MARKS: Mapping[Cause, str] = {
    Cause.CORRECTION: "Correction",
    Cause.RESOLVED: "Accounts now agree",
}


def headline(scene: Scene) -> str:
    """Return at most 90 characters on what changed; the scene's changes have one cause."""
    told = clauses(scene)
    if not told:
        return shorten(scene.story.title)
    cause = told[0].changes[0].cause
    if cause is Cause.CONFLICT:
        return conflict(scene, told[0].changes[0])
    mark = MARKS.get(cause)
    if mark:
        return _assemble(scene, mark, told, plain=True)
    speaker, plain = _speaker(scene, told[0])
    return _assemble(scene, speaker, told, plain=plain)


def taken_back(scene: Scene, change: Change, *, by_word: bool) -> str:
    """Return the line for a value that no longer counts.

    Args:
        scene: The story, with its names and reports.
        change: ``before`` holds what was told.
        by_word: Somebody denied it; otherwise its source took it back.
    """
    told = replace(change, cause=Cause.CHANGE, before=None, after=change.before, modality=Modality.ASSERTED)
    old = replace(scene, changes=(replace(told, attribution=None, reports=()),))
    return _assemble(old, "Denied" if by_word else "Withdrawn", clauses(old), plain=True)


def _assemble(scene: Scene, prefix: str, told: Sequence[Clause], *, plain: bool) -> str:
    """Return prefix and clauses, with as much as fits.

    Args:
        scene: The story, with its names and reports.
        prefix: What stands before the colon, or nothing.
        told: The clauses, the weightiest first.
        plain: Clauses stand with their subjects; otherwise the prefix is the first one's subject.
    """
    lead = f"{prefix}: " if prefix else ""
    wording = told[0].message.done if plain else (told[0].message.said or told[0].message.done)
    for keep in range(optional_parts(wording), -1, -1):
        line = lead + (fill(wording, told[0].facts, told[0].several, keep) or _title(told[0]))
        if width(line, scene) <= LIMIT:
            break
    for clause in told[1:]:
        more = _second(scene, clause, told[0])
        if more and width(f"{line}; {more}", scene) <= LIMIT:
            line = f"{line}; {more}"
            break
    return shorten(line if prefix else line[:1].upper() + line[1:])


def _second(scene: Scene, clause: Clause, first: Clause) -> str | None:
    """Return a further clause if the first one's speaker may say it."""
    same = clause.changes[0].attribution == first.changes[0].attribution
    if not same or clause.weight < min(first.weight - 4, 7):
        return None
    return fill(clause.message.done, clause.facts, clause.several, 0)


def _title(clause: Clause) -> str:
    return clause.facts.get("title", clause.changes[0].kind.replace("-", " "))


def _speaker(scene: Scene, clause: Clause) -> tuple[str, bool]:
    """Return who says so, and whether the clause keeps its own subject."""
    change, names = clause.changes[0], scene.names
    attribution = (change.attribution or "").strip()
    if change.modality is Modality.ALLEGED and is_unnamed(attribution, names):
        return unnamed(attribution, change, names), True
    speaker = spoken(attribution, names) if attribution else ""
    own = clause.facts.get("who", "")
    if clause.message.said and own and clause.actors:
        if not speaker or is_own_word(attribution, clause, names):
            return own, False
        return ("" if falls_away(scene, change) else speaker), True
    if falls_away(scene, change):
        return "", True
    return speaker or own or (change.outlets[0] if change.outlets else ""), True
