"""Learns the weights of the linear reader and of the judge from our own corpus.

Run as ``python -m benchmarks.train_classifier``. The package's weights know the
whole corpus; `bench_classify` trains its own without the held-out part.
"""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from benchmarks.corpus import Labelled, read
from benchmarks.train_network import Tokens, fit_network
from bot import seeds
from bot.classify import judge
from bot.classify.analysis import Analyst, Passage
from bot.classify.judge import KINDS
from bot.classify.lexicon import load
from bot.classify.linear import Linear
from bot.classify.readers import EARS, Readers
from bot.domain.actor import Gazetteer
from bot.kinds import TABLE

WEIGHTS = Path(__file__).parent.parent / "bot" / "classify" / "weights"
#: A feature counts if so many sentences have it.
RARE = 2
FOLDS = 5
STRENGTH = 24.0
#: So many steps of the solver: more change nothing held out (mean precision 0.597, at 150 steps 0.596).
STEPS = 40
#: The log-odds of a kind that no text tells.
NEVER = -6.0
#: An event is told if its chance reaches this; words among many (weight 2 or less) must be surer.
POINT = 0.57
WORD_POINT = 0.7

Rows = list[tuple[Passage, np.ndarray, str]]


def main() -> None:
    """Train, write the package's file, and print how many sentences were learned from."""
    options = argparse.ArgumentParser()
    options.add_argument("--seeds", type=Path, default=None)
    chosen = options.parse_args()
    texts = read()
    arrays = train(texts, seeds.gazetteer(chosen.seeds or seeds.packaged()))
    WEIGHTS.mkdir(exist_ok=True)
    np.savez_compressed(WEIGHTS / "en.npz", **arrays)
    print(f"{len(texts)} texts, {len(arrays['classes_weights'])} features, {(WEIGHTS / 'en.npz').stat().st_size} bytes")


def train(texts: Sequence[Labelled], gazetteer: Gazetteer, analyst: Analyst | None = None) -> dict[str, Any]:
    """Return the arrays of a trained classifier."""
    analyst = analyst or Analyst(load("en"), gazetteer)
    read_texts = [(text, analyst.passages(text.text)) for text in texts]
    rows = located(read_texts)
    groups = np.array([group for _, _, group in rows])
    labels = np.array([row[1] for row in rows])
    heard = {name: [ear.features(row[0]) for row in rows] for name, ear in EARS.items()}
    sequences = [row[0].sequence for row in rows]
    said: list[Any] = [None] * len(rows)
    folds = list(GroupKFold(FOLDS).split(groups, groups=groups))
    with ProcessPoolExecutor(
        mp_context=get_context("fork"), initializer=_share, initargs=(heard, sequences, labels)
    ) as pool:
        whole = pool.submit(_taught, np.arange(len(rows)))
        for (_, test_rows), taught in zip(folds, pool.map(_taught, [chosen for chosen, _ in folds]), strict=True):
            for row in test_rows:
                said[row] = taught.read(rows[row][0])
        readers = whole.result()
    signs = np.concatenate([judge.evidence(row[0], told) for row, told in zip(rows, said, strict=True)])
    weighing = LogisticRegression(C=0.5, max_iter=3000).fit(signs, labels.reshape(-1))
    return {
        **readers.stored(),
        "judge": weighing.coef_[0].astype(np.float32),
        "judge_bias": weighing.intercept_[0].astype(np.float32),
        "threshold": np.array([WORD_POINT if kind.weight < 3 else POINT for kind in TABLE], dtype=np.float32),  # noqa: PLR2004,
    }


#: What the processes that learn have in common: they are forked, so that nothing is copied.
_shared: tuple[Mapping[str, Sequence[set[str]]], Sequence[Tokens], np.ndarray]


def _share(*shared: Any) -> None:
    global _shared  # noqa: PLW0603
    _shared = shared
    threadpool_limits(1)  # each process has its core; more threads on it only wait for each other


def _taught(chosen: np.ndarray) -> Readers:
    """Return readers that learned from some of the shared rows."""
    heard, sequences, labels = _shared
    linear = {
        name: fit([found[row] for row in chosen], labels[chosen], weigh=EARS[name].weighs)
        for name, found in heard.items()
    }
    return Readers(linear, fit_network([sequences[row] for row in chosen], labels[chosen]))


def located(read_texts: Sequence[tuple[Labelled, list[Passage]]]) -> Rows:
    """Return each sentence with its kinds, where the label tells its words or the text has but one."""
    rows: Rows = []
    unsure: list[tuple[Labelled, list[Passage]]] = []
    for text, passages in read_texts:
        if not text.events or len(passages) == 1 or all("words" in event for event in text.events):
            rows += [(passage, _labels(text, passage, len(passages)), text.conflict) for passage in passages]
        else:
            unsure.append((text, passages))
    linear = fit([row[0].features for row in rows], np.array([row[1] for row in rows]))
    for text, passages in unsure:
        rows += _best(text, passages, linear)
    return rows


def _best(text: Labelled, passages: list[Passage], linear: Linear) -> Rows:
    if not passages:
        return []
    labels = np.zeros((len(passages), len(KINDS)), dtype=np.int8)
    scores = np.array([linear.scores(passage.features) for passage in passages])
    for kind in text.kinds:
        column = KINDS.index(kind)
        sure = [2.0 * any(f.kind == kind and f.is_sure for f in passage.frames) for passage in passages]
        labels[int(np.argmax(scores[:, column] + sure)), column] = 1
    return [(passage, label, text.conflict) for passage, label in zip(passages, labels, strict=True)]


def _labels(text: Labelled, passage: Passage, count: int) -> np.ndarray:
    labels = np.zeros(len(KINDS), dtype=np.int8)
    span = passage.reading.span
    for event in text.events:
        words = event.get("words")
        start = text.text.find(words) if words else -1
        if count == 1 or (words and start < span.end and start + len(words) > span.start):
            labels[KINDS.index(event["kind"])] = 1
    return labels


def fit(features: Sequence[set[str]], labels: np.ndarray, *, weigh: bool = False) -> Linear:
    """Return a linear reader that learned from sentences' features and kinds.

    Args:
        features: One set for each sentence.
        labels: One row for each sentence, one column for each kind.
        weigh: Let rare features tell more (inverse document frequency).
    """
    counts = Counter(feature for found in features for feature in found)
    vocabulary = {name: row for row, name in enumerate(sorted(name for name, n in counts.items() if n >= RARE))}
    told = np.array([np.log(len(features) / counts[name]) if weigh else 1.0 for name in vocabulary])
    matrix = _matrix(features, vocabulary, told)
    labels = np.column_stack([labels, labels.any(axis=1)])
    labels = labels.astype(np.float64)
    weights, bias = _logistic(matrix, labels)
    known = labels.any(axis=0)
    weights = np.where(known, weights * told[:, None], 0.0).astype(np.float32)
    bias = np.where(known, bias, NEVER).astype(np.float32)
    scale = np.ones(weights.shape[1], dtype=np.float32)
    return Linear(vocabulary, weights, scale, (told**2).astype(np.float32), bias)


def _logistic(matrix: csr_matrix, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and bias of logistic regressions, one for each column, learned side by side.

    One L-BFGS over all columns costs a tenth of a solver for each: the sparse product is shared.
    """
    rows, columns = labels.shape
    size = matrix.shape[1]
    matrix = matrix.astype(np.float32)  # half the work, and more exact than the bytes that are kept
    turned = matrix.T.tocsr()
    signs = (2 * labels - 1).astype(np.float32)

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        weights = point.reshape(size + 1, columns).astype(np.float32)
        margins = signs * (matrix @ weights[:-1] + weights[-1])
        slopes = -signs * expit(-margins)
        value = np.logaddexp(0, -margins).sum(dtype=float) * STRENGTH + 0.5 * float((weights[:-1] ** 2).sum())
        slope = np.empty(weights.shape)
        slope[:-1] = STRENGTH * (turned @ slopes) + weights[:-1]
        slope[-1] = STRENGTH * slopes.sum(axis=0)
        return value, slope.ravel()

    start = np.zeros((size + 1, columns))
    start[-1] = logit(np.clip(labels.mean(axis=0), 1 / (2 * rows), 0.5))
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 6})
    weights = found.x.reshape(size + 1, columns)
    return weights[:-1], weights[-1]


def _matrix(features: Sequence[set[str]], vocabulary: dict[str, int], told: np.ndarray) -> csr_matrix:
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for found in features:
        known = sorted(vocabulary[feature] for feature in found if feature in vocabulary)
        length = float((told[known] ** 2).sum()) ** 0.5 or 1.0
        indices += known
        values += [value / length for value in told[known]]
        ends.append(len(indices))
    return csr_matrix((values, indices, ends), shape=(len(features), len(vocabulary)))


if __name__ == "__main__":
    main()
