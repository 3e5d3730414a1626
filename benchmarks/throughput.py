"""What placing an article costs, with few and with many in the window: ``python -m benchmarks.throughput``."""

import resource
import sys
from collections.abc import Iterable
from itertools import islice
from statistics import median
from time import process_time

from benchmarks.load import articles
from bot.domain.feed import Article
from bot.track.cluster import Clusters

FEW, MANY = 5_000, 50_000
MEASURED = 2_000
DAYS = 4.5
ROUNDS = 6


def report() -> None:
    """Print articles a second on one core, how the cost grows, and the memory."""
    found = {size: _Window(size) for size in (FEW, MANY)}
    # Turn by turn, so that whatever else the machine does falls on both.
    for _ in range(ROUNDS):
        for window in found.values():
            window.measure()
    few, many = (median(window.seconds) for window in found.values())
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(
        f"throughput: duplicates and clusters, {MEASURED} articles after a window was filled, middle of {ROUNDS} rounds"
    )
    print(f"  {FEW} in the window      {MEASURED / few:.0f} articles a CPU second")
    print(f"  {MANY} in the window     {MEASURED / many:.0f} articles a CPU second, cost {many / few - 1:+.0%}")
    print(f"  most memory, with both windows {resident:.0f} MB")


class _Window:
    """A window filled with so many articles, and what the next ones cost."""

    def __init__(self, size: int) -> None:
        self._stream = articles(size + ROUNDS * MEASURED, DAYS)
        self._clusters = Clusters()
        self.seconds: list[float] = []
        self._spend(islice(self._stream, size))

    def measure(self) -> None:
        self.seconds.append(self._spend(list(islice(self._stream, MEASURED))))

    def _spend(self, some: Iterable[Article]) -> float:
        began = process_time()
        for article in some:
            self._clusters.add(article)
        return process_time() - began


if __name__ == "__main__":
    report()
