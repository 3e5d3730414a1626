"""The judge: weighs what the frames, the linear reader and the setting say, and gives each kind a chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.classify.analysis import Passage
from bot.classify.mentions import ACTORS, AGENTS, Sort
from bot.classify.readers import Said, blended
from bot.kinds import TABLE

#: What `evidence` tells of a sentence and a kind, in this order; after them each kind has a place for each of `OWN`.
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
    "likely",
    "very-likely",
    "detection-likely",
    "detection-very-likely",
    "ahead",
    "far-ahead",
    "network",
    "network-detected",
    "network-likely",
    "network-very-likely",
    "network-ahead",
    "network-far-ahead",
    "network-agrees",
    "network-or-linear",
    "network-and-linear",
)
#: What each kind weighs for itself: that it is this kind, what the linear readers say, that anything happens, and
#: what the network says.
OWN = ("kind", "linear", "detected", "network")
FOREIGN = ("labour", "sport", "business", "domestic", "culture", "science")
#: Marks of the lexicon that are signs.
MARKS = ("opinion", "memory", "hypothetical", "conditional", "relative", "death", "direct")
#: The kinds, in the order of the catalogue.
KINDS = tuple(kind.name for kind in TABLE)
_MANY = 4.0
#: Log-odds from which on more of them counts otherwise: a line bends there.
LIKELY = -2.0
DETECTED = -1.5
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
        return _chance(np.asarray(logits, dtype=np.float32))


def unpack(arrays: Mapping[str, NDArray[Any]]) -> Judge:
    """Return the judge that training wrote."""
    return Judge(arrays["judge"], float(arrays["judge_bias"]), arrays["threshold"])


def evidence(passage: Passage, said: Said) -> Matrix:
    """Return one row of signs for each kind.

    Args:
        passage: The sentence.
        said: What the linear readers say of it.
    """
    mixed, means = blended(said.classes, said.words, said.scenes)
    scores, detected = np.asarray(mixed[:-1], dtype=np.float32), float(mixed[-1])
    mean, mean_detected = means[:-1], float(means[-1])
    ahead = np.asarray(mean - _best_other(mean), dtype=np.float32)
    sure, near = _framed(passage)
    told: dict[str, Matrix | float] = {
        "linear": scores,
        "rivals": _best_other(scores),
        "any": float(np.logaddexp.reduce(scores)),
        "frame": sure,
        "near-frame": near,
        "both": sure * scores,
        "frame-rivals": sure.sum() - sure,
        "detected": detected,
        "weaker": np.asarray(np.minimum(said.classes, said.words)[:-1], dtype=np.float32),
        "scene": said.scenes[:-1],
        "scene-detected": float(said.scenes[-1]),
        "likely": np.maximum(mean - LIKELY, 0),
        "very-likely": np.maximum(mean, 0),
        "detection-likely": max(mean_detected - DETECTED, 0),
        "detection-very-likely": max(mean_detected, 0),
        "ahead": ahead,
        "far-ahead": np.maximum(ahead, 0),
        **_in_order(said.network, mean),
        **_setting(passage),
    }
    rows = np.zeros((len(KINDS), len(SIGNS) + len(OWN) * len(KINDS)), dtype=np.float32)
    for column, sign in enumerate(SIGNS):
        rows[:, column] = told[sign]
    own = (1.0, mean / _MANY, mean_detected / _MANY, said.network[:-1] / _MANY)
    rows[:, len(SIGNS) :] = np.hstack([np.diag(np.broadcast_to(value, len(KINDS))) for value in own])
    return rows


def _in_order(network: Matrix, mean: Matrix) -> dict[str, Matrix | float]:
    """Return the signs of the network, alone and beside what the linear readers say together."""
    scores = network[:-1]
    ahead = np.asarray(scores - _best_other(scores), dtype=np.float32)
    return {
        "network": scores,
        "network-detected": float(network[-1]),
        "network-likely": np.maximum(scores - LIKELY, 0),
        "network-very-likely": np.maximum(scores, 0),
        "network-ahead": ahead,
        "network-far-ahead": np.maximum(ahead, 0),
        "network-agrees": np.asarray(_chance(scores) * _chance(mean), dtype=np.float32),
        "network-or-linear": np.asarray(np.maximum(scores, mean), dtype=np.float32),
        "network-and-linear": np.asarray(np.minimum(scores, mean), dtype=np.float32),
    }


def _chance(logits: Matrix) -> Matrix:
    return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float32)


def _framed(passage: Passage) -> tuple[Matrix, Matrix]:
    place = {kind: row for row, kind in enumerate(KINDS)}
    sure, near = np.zeros(len(KINDS), dtype=np.float32), np.zeros(len(KINDS), dtype=np.float32)
    for found in passage.frames:
        (sure if found.is_sure else near)[place[found.kind]] = 1.0
    return sure, near


def _best_other(scores: Matrix) -> Matrix:
    second, first = np.sort(scores)[-2:]
    return np.asarray(np.where(scores >= first, second, first), dtype=np.float32)


def _setting(passage: Passage) -> dict[str, float]:
    reading = passage.reading
    agents = [mention for mention in reading.mentions if mention.sort in AGENTS]
    named = {mention.name for mention in agents if mention.sort in ACTORS or mention.sort is Sort.PERSON}
    return {
        "no-actor": float(not agents),
        "one-actor": float(len(named) == 1),
        "unknown-only": float(bool(agents) and all(mention.id is None for mention in agents)),
        "question": float("?" in reading.norms),
        **{mark: float(bool(reading.marks.get(mark))) for mark in MARKS},
        "foreign-domain": _many(sum(reading.domains.get(domain, 0) for domain in FOREIGN)),
        "diplomacy": _many(reading.domains.get("diplomacy", 0)),
        "battle": _many(reading.domains.get("battle", 0)),
        "text-foreign": _many(sum(passage.setting.get(domain, 0) for domain in FOREIGN)),
        "text-diplomacy": _many(passage.setting.get("diplomacy", 0)),
        "text-battle": _many(passage.setting.get("battle", 0)),
        "year": float("V:year" in passage.features),
        "lead": float(passage.order == 0),
    }


def _many(count: int) -> float:
    return min(count, _MANY) / _MANY
