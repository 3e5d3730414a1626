"""Measures that the benchmarks share: Pearson, F1 by folds, B-cubed."""

import random
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from statistics import correlation

FOLDS = 10
__all__ = ["b_cubed", "correlation", "f1_by_folds"]


def f1_by_folds(scores: Sequence[float], same: Sequence[bool]) -> float:
    """Return F1 of ``score >= threshold``, each tenth judged by the threshold that is best for the other nine."""
    order = list(range(len(scores)))
    random.Random(0).shuffle(order)  # noqa: S311 - folds, no secret
    right = said = 0
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        threshold = _best((scores[at], same[at]) for at in order if at not in held)
        right += sum(same[at] for at in held if scores[at] >= threshold)
        said += sum(scores[at] >= threshold for at in held)
    return 2 * right / max(1, said + sum(same))


def _best(judged: Iterable[tuple[float, bool]]) -> float:
    ranked = sorted(judged, reverse=True)
    true = sum(same for _, same in ranked)
    best, threshold, right = 0.0, 1.0, 0
    for said, (score, same) in enumerate(ranked, 1):
        right += same
        found = 2 * right / (said + true)
        if found > best:
            best, threshold = found, score
    return threshold


def b_cubed(
    truth: Sequence[Hashable], said: Sequence[Hashable], judged: Sequence[bool] | None = None
) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 of labels (Bagga and Baldwin 1998).

    Args:
        truth: The true label of each.
        said: The label that was given.
        judged: Whose figures are averaged; all if ``None``.
    """
    true, guessed, both = Counter(truth), Counter(said), Counter(zip(truth, said, strict=True))
    pairs = [pair for at, pair in enumerate(zip(truth, said, strict=True)) if judged is None or judged[at]]
    precision = sum(both[pair] / guessed[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / true[pair[0]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)
