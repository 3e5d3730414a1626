"""The judge: weighs what the frames, the linear reader and the setting say, and gives each kind a chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.classify.analysis import Passage
from bot.classify.mentions import ACTORS, AGENTS, Sort
from bot.classify.readers import Said
from bot.kinds import TABLE

#: What `evidence` tells of a sentence and a kind, in this order; each kind has a place after them.
SIGNS = (
    "linear",
    "rivals",
    "any",
    "frame",
    "near-frame",
    "both",
    "no-actor",
    "one-actor",
    "unknown-only",
    "question",
    "opinion",
    "memory",
    "hypothetical",
    "conditional",
    "relative",
    "foreign-domain",
    "diplomacy",
    "text-foreign",
    "text-diplomacy",
    "text-battle",
    "battle",
    "death",
    "direct",
    "year",
    "lead",
    "frame-rivals",
    "detected",
    "weaker",
    "scene",
    "scene-detected",
)
FOREIGN = ("labour", "sport", "business", "domestic", "culture", "science")
#: The kinds, one place each after the signs.
KINDS = tuple(kind.name for kind in TABLE)
#: The share of the linear reader of classes in what both say.
MIX = 0.65
_MANY = 4.0
#: So many signs come after those of the setting.
LAST = 5
Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Judge:
    """Weights of the signs, and from which chance on each kind is told."""

    weights: Matrix
    bias: float
    threshold: Matrix

    def chances(self, passage: Passage, said: Said) -> Matrix:
        """Return for each kind the share of such sentences that mean it."""
        logits = evidence(passage, said) @ self.weights + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float32)


def unpack(arrays: Mapping[str, NDArray[Any]]) -> Judge:
    """Return the judge that training wrote."""
    return Judge(arrays["judge"], float(arrays["judge_bias"]), arrays["threshold"])


def evidence(passage: Passage, said: Said) -> Matrix:
    """Return one row of signs for each kind.

    Args:
        passage: The sentence.
        said: What the linear readers say of it.
    """
    told = MIX * said.classes + (1 - MIX) * said.words
    scores, detected = told[:-1], float(told[-1])
    rows = np.zeros((len(KINDS), len(SIGNS) + len(KINDS)), dtype=np.float32)
    rows[:, len(SIGNS) :] = np.eye(len(KINDS))
    place = {kind: row for row, kind in enumerate(KINDS)}
    sure, near = np.zeros(len(KINDS)), np.zeros(len(KINDS))
    for found in passage.frames:
        (sure if found.is_sure else near)[place[found.kind]] = 1.0
    best = np.sort(scores)[-2:]
    rows[:, 0] = scores
    rows[:, 1] = np.where(scores >= best[1], best[0], best[1])
    rows[:, 2] = np.logaddexp.reduce(scores)
    rows[:, 3] = sure
    rows[:, 4] = near
    rows[:, 5] = sure * scores
    rows[:, 6 : len(SIGNS) - LAST] = _setting(passage)
    rows[:, len(SIGNS) - LAST] = sure.sum() - sure
    rows[:, len(SIGNS) - LAST + 1] = detected
    rows[:, len(SIGNS) - LAST + 2] = np.minimum(said.classes, said.words)[:-1]
    rows[:, len(SIGNS) - LAST + 3] = said.scenes[:-1]
    rows[:, len(SIGNS) - LAST + 4] = said.scenes[-1]
    return rows


def _setting(passage: Passage) -> list[float]:
    reading = passage.reading
    agents = [mention for mention in reading.mentions if mention.sort in AGENTS]
    named = {mention.name for mention in agents if mention.sort in ACTORS or mention.sort is Sort.PERSON}
    known = [mention for mention in agents if mention.id is not None]
    return [
        float(not agents),
        float(len(named) == 1),
        float(bool(agents) and not known),
        float("?" in reading.norms),
        *(
            float(bool(reading.marks.get(mark)))
            for mark in ("opinion", "memory", "hypothetical", "conditional", "relative")
        ),
        _many(sum(reading.domains.get(domain, 0) for domain in FOREIGN)),
        _many(reading.domains.get("diplomacy", 0)),
        _many(sum(passage.setting.get(domain, 0) for domain in FOREIGN)),
        _many(passage.setting.get("diplomacy", 0)),
        _many(passage.setting.get("battle", 0)),
        _many(reading.domains.get("battle", 0)),
        float(bool(reading.marks.get("death"))),
        float(bool(reading.marks.get("direct"))),
        float("V:year" in passage.features),
        float(passage.order == 0),
    ]


def _many(count: int) -> float:
    return min(count, _MANY) / _MANY
