"""Articles gathered by what they are about, online: a label is given at once and never changes.

Each cluster keeps the sum of its articles as weighted words. An article goes
to the likest cluster (cosine) if that is like enough for its age, the article's
length and the number of clusters, else it starts one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import nlargest
from math import exp, log, sqrt

from bot.domain.feed import Article, EntryRef
from bot.track.copies import Copies
from bot.track.twins import is_twin
from bot.track.vectors import Headline, Scales, Vector

#: A cluster that rests so long has faded to about a third ...
FADES = timedelta(days=8)
#: ... and after so long nothing is like enough to join it, whatever it says.
GONE = FADES * 3

# So much likeness joins a long text, and so much more one of few words: what two texts have in common by chance
# falls with the root of their length, and the most that one has with any of n grows with the root of log n.
LIKE = 0.08
LIKE_SHORT = 0.2
#: As many clusters as we always reckon with.
FEWEST = 30
#: A title of so few words that names nothing, "Live updates", is like any other of its kind.
TERSE = 2

# Candidates have one of the article's heaviest words; of each word so many of the latest clusters
# are looked at, and of all so many compared.
HEAVIEST = 8
LATEST = 30
COMPARED = 8
# When a cluster has more words than the first, its heaviest are kept, as many as the second.
FULL, KEPT = 160, 80
# So many of the latest headlines tell whether another is only built alike.
HEADLINES = 4
# After so many articles we look for what is gone.
SWEEP = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article belongs."""

    cluster: str
    duplicate_of: EntryRef | None


@dataclass(slots=True)
class _Cluster:
    last: datetime
    #: The sum of its articles' vectors, and the square of that sum's length.
    weights: dict[str, float] = field(default_factory=dict)
    square: float = 0.0
    #: What brings that sum to length 1.
    scale: float = 1.0
    #: Those of its latest articles.
    headlines: tuple[Headline, ...] = ()


class Clusters:
    """The clusters of a stream of articles."""

    def __init__(self, sweep: int = SWEEP) -> None:
        self._sweep = sweep
        self._copies = Copies()
        self._scales = Scales()
        self._clusters: dict[int, _Cluster] = {}
        self._by_word: dict[str, list[int]] = {}
        self._of: dict[EntryRef, int] = {}
        self._opened = 0
        self._added = 0

    def add(self, article: Article) -> Place:
        """Return the cluster of an article; a copy goes where its original went."""
        trace = self._copies.add(article)
        words = self._scales.weigh(article)
        number = self._of.get(trace.duplicate_of) if trace.duplicate_of else None
        if number is None:
            number = self._likest(words, article.published)
        if number is None:
            number = self._open(article.published)
        self._join(number, words, article.published)
        self._of[article.ref] = number
        self._added += 1
        if self._added % self._sweep == 0:
            self._forget(article.fetched)
        return Place(cluster=f"c{number}", duplicate_of=trace.duplicate_of)

    def _likest(self, words: Vector, at: datetime) -> int | None:
        """Return the cluster that is like enough, if there is one; of equals the oldest."""
        if words.size <= TERSE and not words.headline.names:
            return None
        chance = sqrt(log(max(FEWEST, len(self._clusters))) / max(1, words.size))
        enough = LIKE + LIKE_SHORT * chance
        near = ((self._likeness(words.weights, number, at), -number) for number in self._candidates(words.weights))
        for _, number in sorted((each for each in near if each[0] >= enough), reverse=True):
            if not is_twin(words, self._clusters[-number].headlines, self._clusters[-number].weights):
                return -number
        return None

    def _candidates(self, words: Mapping[str, float]) -> list[int]:
        """Return the clusters that have most of the heaviest words, few enough to be compared whole."""
        shared: dict[int, float] = {}
        for weight, word in nlargest(HEAVIEST, ((weight, word) for word, weight in words.items())):
            for number in self._by_word.get(word, ())[-LATEST:]:
                cluster = self._clusters[number]
                shared[number] = shared.get(number, 0.0) + weight * cluster.weights.get(word, 0.0) * cluster.scale
        return [
            -number for _, number in nlargest(COMPARED, ((likeness, -number) for number, likeness in shared.items()))
        ]

    def _likeness(self, words: Mapping[str, float], number: int, at: datetime) -> float:
        cluster = self._clusters[number]
        has = cluster.weights
        shared = sum(weight * has[word] for word, weight in words.items() if word in has)
        return shared * cluster.scale * exp(-abs(at - cluster.last) / FADES)

    def _open(self, at: datetime) -> int:
        self._opened += 1
        self._clusters[self._opened] = _Cluster(last=at)
        return self._opened

    def _join(self, number: int, vector: Vector, at: datetime) -> None:
        cluster, words = self._clusters[number], vector.weights
        cluster.headlines = (*cluster.headlines[1 - HEADLINES :], vector.headline)
        cluster.last = max(cluster.last, at)
        for word, weight in words.items():
            before = cluster.weights.get(word)
            if before is None:
                self._by_word.setdefault(word, []).append(number)
            cluster.weights[word] = (before or 0.0) + weight
            cluster.square += weight * (weight + 2 * (before or 0.0))
        if len(cluster.weights) > FULL:
            heaviest = nlargest(KEPT, cluster.weights, key=lambda word: (cluster.weights[word], word))
            cluster.weights = {word: cluster.weights[word] for word in heaviest}
            cluster.square = sum(weight * weight for weight in cluster.weights.values())
        cluster.scale = 1 / (sqrt(cluster.square) or 1.0)

    def _forget(self, now: datetime) -> None:
        """Let go of the clusters that nothing can join any more, when they are a quarter of all."""
        gone = sum(now - each.last > GONE for each in self._clusters.values())
        if gone * 4 < len(self._clusters):
            return
        self._clusters = {number: each for number, each in self._clusters.items() if now - each.last <= GONE}
        self._of = {ref: number for ref, number in self._of.items() if number in self._clusters}
        self._by_word = {}
        for number, cluster in self._clusters.items():
            for word in cluster.weights:
                self._by_word.setdefault(word, []).append(number)
