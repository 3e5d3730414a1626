"""Which stage of its kind a sentence tells, and which kind a denial concerns."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from bot.classify.analysis import Passage
from bot.classify.chunks import Hit
from bot.classify.grammar import Clause
from bot.classify.lexicon import Form
from bot.classify.modality import DENIABLE
from bot.kinds import CATALOGUE

#: The stage that is most common where the words do not tell.
USUAL = {
    "delegation-changed": "replaced",
    "talks-scheduled": "dated",
    "talks-held": "continuing",
    "prisoner-exchange": "carried-out",
}
#: Of kinds that one act tells, those that a denial concerns first: a role in a delegation is no mere presence.
_FIRST = (("delegation-named", "delegation-changed"), ("attendance-confirmed", "attendance-declined"))
#: Kinds that a denial or refusal may concern, surest words first.
_DENIABLE = ("ceasefire-violated", "talks-scheduled", "talks-held", "attendance-confirmed", "agreement-reached")
#: What a frame tied by grammar, one that stands near, and a word in the act's clause weigh beside a word elsewhere.
SURE, NEAR, INSIDE = 3.0, 1.0, 2.0
#: Beginnings as short as this must be whole words: "end", "add".
WHOLE = 3
#: What lies ahead under these stages is only agreed.
_DONE = {"prisoner-exchange": "carried-out", "humanitarian-access": "open"}

Cues = Mapping[str, Mapping[str, Sequence[tuple[str, ...]]]]


@cache
def cues(language: str) -> Cues:
    """Return a language's words for stages."""
    path = resources.files("bot.classify") / "lexicons" / language / "stages.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        kind: {stage: [tuple(cue.split()) for cue in found] for stage, found in rows.items()}
        for kind, rows in table.items()
    }


def stage(passage: Passage, kind: str, part: Clause, cued: Mapping[str, float], *, is_ahead: bool) -> str | None:
    """Return the stage for which frames and words speak most, else the usual one.

    Args:
        passage: The sentence.
        kind: What it tells.
        part: The clause that tells it.
        cued: How much the lexicon's words speak for each stage.
        is_ahead: It is told of the future.
    """
    stages = CATALOGUE[kind].stages
    if not stages:
        return None
    scores = dict.fromkeys(stages, 0.0) | dict(cued)
    for found in passage.frames:
        if found.kind == kind and found.stage in scores:
            scores[found.stage] += SURE if found.is_sure else NEAR
    best = max(stages, key=lambda name: scores[name])
    told = best if scores[best] else USUAL.get(kind)
    if kind == "prisoner-exchange" and part.act is not None and _is_bare(part, part.act):
        return "agreed"  # "provides that they hand over": a bare verb tells what is to be done
    return "agreed" if is_ahead and told == _DONE.get(kind) else told


def weigh_cues(passage: Passage, kind: str, part: Clause, table: Cues) -> dict[str, float]:
    """Return how much the lexicon's words speak for each stage that has such words."""
    return {
        name: max((_weight(passage.reading.norms, phrase, part) for phrase in phrases), default=0.0)
        for name, phrases in table.get(kind, {}).items()
    }


def _is_bare(part: Clause, act: Hit) -> bool:
    return act.form is Form.BASE and any(mention.end == act.start for mention in part.subjects)


def about(passage: Passage, kind: str) -> str | None:
    """Return the kind that a denial concerns."""
    if kind != "accusation" or not passage.reading.has("denial"):
        return None
    denial = min(hit.start for hit in passage.reading.marks["denial"])
    after = sorted(
        (found for found in passage.frames if found.kind in DENIABLE and found.act.start > denial),
        key=lambda found: (not found.is_sure, found.act.start, [found.kind not in kinds for kinds in _FIRST]),
    )
    if after and after[0].is_sure:
        return after[0].kind
    kinds = {found.kind for found in passage.frames}
    return next((other for other in _DENIABLE if other in kinds), None)


def _weight(norms: Sequence[str], phrase: tuple[str, ...], part: Clause) -> float:
    """Return how much a cue weighs in a sentence; a phrase of several words weighs a little more."""
    size = len(phrase)
    places = [
        place
        for place in range(len(norms) - size + 1)
        if (_begins(norms[place], phrase[0]) if size == 1 else tuple(norms[place : place + size]) == phrase)
    ]
    if not places:
        return 0.0
    inside = any(part.start <= place < part.end for place in places)
    return (INSIDE if inside else 1.0) + (0.5 if size > 1 else 0.0)


def _begins(norm: str, cue: str) -> bool:
    return norm == cue if len(cue) <= WHOLE else norm.startswith(cue)
