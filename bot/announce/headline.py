"""The line that a desk reads in three seconds: who says so, a colon, what holds now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.announce.board import written
from bot.announce.clauses import Clause, clauses
from bot.announce.conflict import conflict
from bot.announce.scene import Scene
from bot.announce.slots import parse
from bot.announce.speakers import falls_away, is_own_word, is_unnamed, spoken, unnamed
from bot.announce.width import LIMIT, shorten, width
from bot.announce.wording import fill, optional_parts
from bot.domain.event import Modality
from bot.domain.story import Cause, Change

MARKS: Mapping[Cause, str] = {
    Cause.CORRECTION: "Correction",
    Cause.RESOLVED: "Accounts now agree",
}


_NAMED_AS_WRONG = frozenset({"talks/date", "talks/venue", "delegation/head", "talks/round", "talks/host"})


def headline(scene: Scene) -> str:
    """Return at most 90 characters on what changed; the scene's changes have one cause."""
    # A rumour that a firm word confirms has become true; nothing replaced it.
    firm = tuple(replace(change, before=None) if change.before == change.after else change for change in scene.changes)
    scene = replace(scene, changes=firm)
    told = clauses(scene)
    if not told:
        return shorten(scene.story.title, scene)
    cause = told[0].changes[0].cause
    if cause is Cause.CONFLICT:
        return conflict(scene, told[0].changes[0])
    mark = MARKS.get(cause)
    if mark:
        return _mended(scene, mark)
    speaker = _speaker(scene, told[0])
    return _assemble(scene, speaker, [_of_its_own(told[0], speaker, scene), *told[1:]])


def _of_its_own(clause: Clause, speaker: str, scene: Scene) -> Clause:
    """Return the clause with "its team" where the party itself speaks."""
    path = parse(clause.changes[0].slot)
    if path.family.startswith("delegation/") and speaker == scene.names.short(path.name):
        return replace(clause, facts={**clause.facts, "partys": "its"})
    return clause


def _mended(scene: Scene, mark: str) -> str:
    """Return what holds now; what was told before is named as wrong, not as the past."""
    told = clauses(replace(scene, changes=tuple(replace(change, before=None) for change in scene.changes)))
    line = _assemble(scene, mark, told)
    slot = told[0].changes[0].slot
    wrong = next(change.before for change in scene.changes if change.slot == slot)
    if mark == MARKS[Cause.CORRECTION] and wrong and parse(slot).family in _NAMED_AS_WRONG:
        longer = f"{line}, not {written(slot, wrong, scene.names, scene.year)}"
        return longer if width(longer, scene) <= LIMIT else line
    return line


def taken_back(scene: Scene, change: Change, along: Sequence[Change] = (), *, by_word: bool) -> str:
    """Return the line for a value that no longer counts.

    Args:
        scene: The story, with its names and reports.
        change: ``before`` holds what was told.
        along: What the same post told with it.
        by_word: Somebody denied it; otherwise its source took it back.
    """
    told = replace(change, cause=Cause.CHANGE, before=None, after=change.before, modality=Modality.ASSERTED)
    others = (each if each.cause is Cause.CHANGE else replace(each, after=each.before) for each in along)
    with_it = (replace(each, cause=Cause.CHANGE, before=None, attribution=None, reports=()) for each in others)
    old = replace(
        scene, changes=(replace(told, attribution=None, reports=()), *(each for each in with_it if each.after))
    )
    return _assemble(old, "Denied" if by_word else "Withdrawn", clauses(old))


def _assemble(scene: Scene, prefix: str, told: Sequence[Clause]) -> str:
    """Return prefix and clauses, with as much as fits.

    Args:
        scene: The story, with its names and reports.
        prefix: What stands before the colon, or nothing.
        told: The clauses, the weightiest first.
    """
    lead = f"{prefix}: " if prefix else ""
    wording = told[0].message.done
    for keep in range(optional_parts(wording), -1, -1):
        line = lead + (fill(wording, told[0].facts, told[0].several, keep) or _title(told[0])) + _doubt(told[0])
        if prefix and line.startswith(f"{lead}{prefix} "):
            line = line.removeprefix(lead)
        if width(line, scene) <= LIMIT:
            break
    for clause in told[1:]:
        more = _second(scene, clause, told[0])
        if more and width(f"{line}; {more}", scene) <= LIMIT:
            line = f"{line}; {more}"
            break
    return shorten(line[:1].upper() + line[1:], scene)


def _second(scene: Scene, clause: Clause, first: Clause) -> str | None:
    """Return a further clause if the first one's speaker may say it."""
    same = clause.changes[0].attribution == first.changes[0].attribution
    if not same or clause.weight < min(first.weight - 4, 7):
        return None
    return fill(clause.message.done, clause.facts, clause.several, 0)


def _doubt(clause: Clause) -> str:
    """Return the mark of an act that its speaker ties to a condition; "expected" says it already."""
    change = clause.changes[0]
    tied = change.modality is Modality.CONDITIONAL and parse(change.slot).family != "attendance"
    return " (conditional)" if tied else ""


def _title(clause: Clause) -> str:
    return clause.facts.get("title", clause.changes[0].kind.replace("-", " "))


def _speaker(scene: Scene, clause: Clause) -> str:
    """Return who says so; nobody stands before a clause whose subject speaks for himself."""
    change, names = clause.changes[0], scene.names
    attribution = (change.attribution or "").strip()
    if attribution and is_unnamed(attribution, names):
        return unnamed(attribution, change, names)
    if change.modality is Modality.ALLEGED and not attribution:
        return unnamed(attribution, change, names)
    speaker = spoken(attribution, names) if attribution else ""
    own = clause.facts.get("who", "")
    is_person = parse(change.slot).family == "attendance"
    if clause.message.act and own and clause.actors and (speaker or not is_person):
        return "" if _is_own(clause, speaker, attribution, scene) or falls_away(scene, change) else speaker
    if falls_away(scene, change):
        return ""
    is_subject = "{who}" in clause.message.done or own == clause.facts.get("names")
    if change.slot == "talks/status" and change.kind == "talks-held":
        return speaker  # that they sit is seen by whoever is there; no outlet need vouch for it
    alone = own if len(clause.actors) == 1 and not is_person and not is_subject else ""
    return speaker or alone or (change.outlets[0] if change.outlets else "")


def _is_own(clause: Clause, speaker: str, attribution: str, scene: Scene) -> bool:
    return speaker in {"", clause.facts.get("who", "")} or is_own_word(attribution, clause, scene.names)
