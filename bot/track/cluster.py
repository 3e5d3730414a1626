"""Articles gathered by what they are about, online: a label is given at once and never changes.

Each cluster keeps the mean of its articles as weighted words. An article goes
to the likest cluster if that is like enough for its age, else it starts one.
Words are weighed by how rare they have been so far (tf-idf); names and
numbers weigh more, since they tell one event from the next of its sort.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp, log, sqrt

from bot.domain.feed import Article, EntryRef
from bot.track.copies import Copies
from bot.track.words import STOP, WORD, body, stem

#: A cluster that rests so long has faded to about a third.
FADES = timedelta(days=20)
#: So much likeness joins, between 0 and 1.
LIKE = 0.14

TITLE = 2.5
NAME = 1.6
# Of a text, so many characters; of a cluster, so many of its heaviest words.
LEAD = 500
KEPT = 100
# Candidates share one of the article's heaviest words.
HEAVIEST = 12
LATEST = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article belongs."""

    cluster: str
    duplicate_of: EntryRef | None


@dataclass(slots=True)
class _Cluster:
    label: str
    last: datetime
    size: int = 0
    weights: dict[str, float] = field(default_factory=dict)


class Clusters:
    """The clusters of a stream of articles."""

    def __init__(self) -> None:
        self._copies = Copies()
        self._clusters: list[_Cluster] = []
        self._by_word: dict[str, list[int]] = {}
        self._of: dict[EntryRef, int] = {}
        self._seen: Counter[str] = Counter()
        self._articles = 0

    def add(self, article: Article) -> Place:
        """Return the cluster of an article; a copy goes where its original went."""
        trace = self._copies.add(article)
        words = self._weigh(article)
        number = self._of.get(trace.duplicate_of) if trace.duplicate_of else None
        if number is None:
            number = self._likest(words, article.published)
        if number is None:
            number = len(self._clusters)
            self._clusters.append(_Cluster(label=f"c{number + 1}", last=article.published))
        self._join(number, words, article.published)
        self._of[article.ref] = number
        return Place(cluster=self._clusters[number].label, duplicate_of=trace.duplicate_of)

    def _weigh(self, article: Article) -> dict[str, float]:
        """Return an article's words with their weights, of length 1 together."""
        counts: dict[str, float] = {}
        for text, weight in ((article.title, TITLE), (body(article.title, article.text)[:LEAD], 1.0)):
            for place, word in enumerate(WORD.findall(text)):
                named = word[:1].isdigit() or (place > 0 and word[:1].isupper())
                root = stem(word)
                counts[root] = counts.get(root, 0.0) + weight * (NAME if named else 1.0)
        words = {word: count for word, count in counts.items() if word not in STOP and len(word) > 1}
        self._articles += 1
        self._seen.update(words.keys())
        weights = {word: (1 + log(1 + count)) * self._rarity(word) for word, count in words.items()}
        return _unit(weights)

    def _rarity(self, word: str) -> float:
        return log((self._articles + 20) / (self._seen[word] + 1)) + 0.2

    def _likest(self, words: dict[str, float], at: datetime) -> int | None:
        heaviest = sorted(words, key=lambda word: (-words[word], word))[:HEAVIEST]
        near = {number for word in heaviest for number in self._by_word.get(word, ())[-LATEST:]}
        ranked = ((self._likeness(words, self._clusters[number], at), -number) for number in near)
        likeness, number = max(ranked, default=(0.0, 0))
        return -number if likeness >= LIKE else None

    def _likeness(self, words: dict[str, float], cluster: _Cluster, at: datetime) -> float:
        age = abs(at - cluster.last) / FADES
        shared = sum(weight * cluster.weights.get(word, 0.0) for word, weight in words.items())
        return shared * exp(-age)

    def _join(self, number: int, words: dict[str, float], at: datetime) -> None:
        cluster = self._clusters[number]
        share = 1 / (cluster.size + 1)
        mean = {word: weight * (1 - share) for word, weight in cluster.weights.items()}
        for word, weight in words.items():
            mean[word] = mean.get(word, 0.0) + weight * share
        heaviest = sorted(mean, key=lambda word: (-mean[word], word))[:KEPT]
        fresh = set(heaviest) - cluster.weights.keys()
        cluster.weights = _unit({word: mean[word] for word in heaviest})
        cluster.size, cluster.last = cluster.size + 1, max(cluster.last, at)
        for word in sorted(fresh):
            self._by_word.setdefault(word, []).append(number)


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}
