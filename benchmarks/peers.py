"""What the stories' figures are compared with: plain ways that anybody would try first."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log, sqrt

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

_WORD = re.compile(r"\w+")


def character_cosines(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Return for each pair the cosine of its tf-idf vectors over character 3- to 5-grams, fitted on all of them."""
    fitted = TfidfVectorizer(analyzer="char", ngram_range=(3, 5)).fit(text for pair in pairs for text in pair)
    left, right = (fitted.transform(side) for side in zip(*pairs, strict=True))
    return [float(found) for found in left.multiply(right).sum(axis=1).A1]


def centroid_clusters(texts: Iterable[str], threshold: float) -> list[int]:
    """Return each text's cluster: online, the centroid with the nearest tf-idf cosine, or a new one."""
    seen: Counter[str] = Counter()
    centroids: list[defaultdict[str, float]] = []
    by_word: defaultdict[str, set[int]] = defaultdict(set)
    labels: list[int] = []
    for number, text in enumerate(texts, 1):
        counts = Counter(word for word in _WORD.findall(text.casefold()) if word not in ENGLISH_STOP_WORDS)
        seen.update(counts.keys())
        weights = {word: count * (log((1 + number) / (1 + seen[word])) + 1) for word, count in counts.items()}
        size = _length(weights.values())
        near = {label for word in weights for label in by_word[word]}
        ranked = (
            (_dot(weights, centroids[label]) / size / _length(centroids[label].values()), -label) for label in near
        )
        likeness, label = max(ranked, default=(0.0, 0))
        if likeness >= threshold:
            label = -label
        else:
            label = len(centroids)
            centroids.append(defaultdict(float))
        for word, weight in weights.items():
            centroids[label][word] += weight / size
            by_word[word].add(label)
        labels.append(label)
    return labels


def _dot(one: dict[str, float], other: defaultdict[str, float]) -> float:
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def _length(weights: Iterable[float]) -> float:
    return sqrt(sum(weight * weight for weight in weights)) or 1.0
