"""Learns from our own corpus what fills a slot where several things may.

Run as ``python -m benchmarks.train_slots``. The package's weights know the whole
corpus; ``bench_slots`` and ``bench_classify`` learn their own without the held-out
part. The options of a labelled event compete; weights are those under which the right
ones are likeliest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.corpus import Labelled, read
from benchmarks.train_classifier import WEIGHTS
from bot import seeds
from bot.classify import Classifier
from bot.classify.choices import Choices, pack
from bot.domain.actor import Gazetteer

T = TypeVar("T")

#: A sign counts if so many options have it; and how freely each slot's weights may grow.
RARE = {"stage": 3, "modality": 5, "venue": 3, "when": 3}
FREEDOM = {"stage": 0.3, "modality": 0.1, "venue": 0.15, "when": 0.2}
#: A day is right if its date is.
DAY = 10
STEPS = 100
#: The score of an option that is not right among those that are; what is as good as nothing; what is not worth keeping.
NEVER = -1e9
TINY = 1e-9
SMALL = 0.02


class Options(NamedTuple):
    """Of what a slot of one event had to be chosen."""

    slot: str
    conflict: str
    #: The signs of each, and whether it is right.
    signs: tuple[frozenset[str], ...]
    are_right: tuple[bool, ...]


class Listener:
    """Chooses as rules say and keeps what there was to choose from."""

    def __init__(self) -> None:
        self.heard: dict[str, list[tuple[Any, frozenset[str]]]] = {}

    def best(self, slot: str, options: Iterable[tuple[T, Iterable[str]]], rule: T) -> T | None:
        """Return what rules say."""
        # Of two persons' events the first is heard.
        self.heard.setdefault(slot, [(value, frozenset(signs)) for value, signs in options])
        return rule


def main() -> None:
    """Learn from the whole corpus and write the package's file."""
    gazetteer = seeds.gazetteer(seeds.packaged())
    weights = learn(options(read(), gazetteer))
    arrays: dict[str, Any] = pack(weights)
    np.savez_compressed(WEIGHTS / "en-slots.npz", **arrays)
    print(f"{len(weights)} signs, {(WEIGHTS / 'en-slots.npz').stat().st_size} bytes")


def taught(texts: Sequence[Labelled], gazetteer: Gazetteer) -> Choices:
    """Return the choices that some texts teach."""
    return Choices(learn(options(texts, gazetteer)))


def options(texts: Sequence[Labelled], gazetteer: Gazetteer) -> list[Options]:
    """Return of what every slot of every labelled event of some texts had to be chosen."""
    listener = Listener()
    classifier = Classifier(gazetteer, chooser=listener)
    found: list[Options] = []
    for text in texts:
        for true in text.events:
            if "words" not in true or true["words"] not in text.text:
                continue
            listener.heard = {}
            place = (true["kind"], text.text.index(true["words"]), len(true["words"]))
            classifier.filled(text.text, [place], published=text.published)
            for slot, heard in listener.heard.items():
                are_right = [_is(true, slot, value) for value, _ in heard]
                if not any(are_right):
                    # What the text does not tell is better left empty.
                    are_right = [value is None for value, _ in heard]
                if any(are_right) and not all(are_right):
                    found.append(Options(slot, text.conflict, tuple(signs for _, signs in heard), tuple(are_right)))
    return found


def _is(true: dict[str, Any], slot: str, value: str | None) -> bool:
    wanted = true.get(slot)
    if wanted is None or value is None:
        return wanted is value
    return str(wanted)[:DAY] == value[:DAY] if slot == "when" else str(wanted) == value


def learn(found: Sequence[Options]) -> dict[str, float]:
    """Return the weight of each sign."""
    by_slot: defaultdict[str, list[Options]] = defaultdict(list)
    for one in found:
        by_slot[one.slot].append(one)
    return {f"{slot} {sign}": weight for slot, rows in sorted(by_slot.items()) for sign, weight in _weights(slot, rows)}


def _weights(slot: str, rows: Sequence[Options]) -> Iterator[tuple[str, float]]:
    """Yield the signs of one slot with the weights under which the right options are likeliest."""
    counts = Counter(sign for row in rows for signs in row.signs for sign in signs)
    known = {name: column for column, name in enumerate(sorted(sign for sign in counts if counts[sign] >= RARE[slot]))}
    columns = [[known[sign] for sign in signs if sign in known] for row in rows for signs in row.signs]
    flat = np.array([column for row in columns for column in row], dtype=np.int32)
    matrix = csr_matrix(
        (np.ones(len(flat)), flat, np.cumsum([0, *map(len, columns)])), shape=(len(columns), len(known))
    )
    starts = np.cumsum([0, *(len(row.signs) for row in rows)])[:-1]
    sizes = [len(row.signs) for row in rows]
    are_right = np.array([is_right for row in rows for is_right in row.are_right])

    def shares(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return each option's share of its event's, and the logarithm of what the shares are of."""
        most = np.maximum.reduceat(scores, starts)
        lifted = np.exp(scores - np.repeat(most, sizes))
        sums = np.add.reduceat(lifted, starts)
        return lifted / np.repeat(sums, sizes), np.log(np.maximum(sums, TINY)) + most

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        of_all, all_told = shares(scores)
        of_right, right_told = shares(np.where(are_right, scores, NEVER))
        penalty = weights @ weights / (2 * FREEDOM[slot])
        slope = matrix.T @ (of_all - of_right) + weights / FREEDOM[slot]
        return float((all_told - right_told).sum() + penalty), slope

    found = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    yield from ((name, float(found.x[column])) for name, column in known.items() if abs(found.x[column]) > SMALL)


if __name__ == "__main__":
    main()
