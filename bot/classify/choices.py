"""Which of several things fills a slot: options weighed by signs of grammar that our own corpus taught."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.classify.linear import SCALE

T = TypeVar("T")

#: Where rules tell nothing and a slot may stay empty, an option is told from this chance on.
POINT = 0.5
#: What rules tell stands unless another option, silence among them, is so many times likelier.
LIKELIER = 2.0


class Chooser(Protocol):
    """Who chooses among a slot's options."""

    def best(self, slot: str, options: Iterable[tuple[T, Iterable[str]]], rule: T) -> T | None:
        """Return what fills a slot, given each option's signs and what rules of grammar say."""
        ...


class Ruled:
    """The choices of a language that nobody has weighed yet: what rules say."""

    def best(self, slot: str, options: Iterable[tuple[T, Iterable[str]]], rule: T) -> T | None:
        """Return what rules say."""
        return rule


class Choices:
    """Weights of signs, those of all slots together: a sign begins with its slot's name.

    Options compete: the chance of one is its share of all, silence among them where a slot may stay empty
    (a conditional logit; McFadden, "Conditional logit analysis of qualitative choice behavior", 1974).
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights: dict[str, dict[str, float]] = {}
        for name, weight in weights.items():
            slot, _, sign = name.partition(" ")
            self._weights.setdefault(slot, {})[sign] = weight

    def chances(self, slot: str, options: Iterable[tuple[T, Iterable[str]]]) -> dict[T, float]:
        """Return the chance of each option to be the right one of all; one told twice has the chance of both."""
        known = self._weights.get(slot, {})
        scores: list[float] = []
        values: list[T] = []
        for value, signs in options:
            scores.append(sum([known[sign] for sign in signs if sign in known]))
            values.append(value)
        if not values:
            return {}
        shares = np.exp(np.array(scores) - max(scores))
        found: dict[T, float] = {}
        for value, share in zip(values, (shares / shares.sum()).tolist(), strict=True):
            found[value] = found.get(value, 0.0) + share
        return found

    def best(self, slot: str, options: Iterable[tuple[T, Iterable[str]]], rule: T) -> T | None:
        """Return what rules tell unless another option is far likelier; where they tell nothing, the likeliest."""
        chances = self.chances(slot, options)
        if not chances:
            return rule
        best = max(chances, key=chances.__getitem__)
        if rule is not None:
            return best if chances[best] > LIKELIER * chances.get(rule, 1.0) else rule
        return best if chances[best] >= POINT or None not in chances else None


def pack(weights: Mapping[str, float]) -> dict[str, NDArray[Any]]:
    """Return the arrays that a package file holds: weights as bytes with one scale."""
    values = np.array(list(weights.values()), dtype=np.float32)
    scale = np.abs(values).max() / SCALE
    return {
        "names": np.frombuffer("\n".join(weights).encode(), dtype=np.uint8),
        "weights": np.round(values / scale).astype(np.int8),
        "scale": np.array([scale], dtype=np.float32),
    }


def unpack(arrays: Mapping[str, NDArray[Any]]) -> Choices:
    """Return the choices that `pack` wrote."""
    names = arrays["names"].tobytes().decode().split("\n")
    return Choices(dict(zip(names, (arrays["weights"] * arrays["scale"]).tolist(), strict=True)))
