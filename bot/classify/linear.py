"""The linear reader: one weight for each feature and kind, learned from our own corpus."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from sys import intern
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
#: Weights are kept as bytes of this size.
SCALE = 127.0


@dataclass(frozen=True)
class Linear:
    """Weights by feature; rows of ``weights`` are features, columns kinds and, last, any event at all."""

    vocabulary: Mapping[str, int]
    #: As learned, or as bytes that `scale` turns into what was learned.
    weights: Matrix | NDArray[np.int8]
    scale: Matrix
    #: How much a feature tells, squared: rare ones tell more.
    squares: Matrix
    bias: Matrix

    def scores(self, found: Iterable[str]) -> Matrix:
        """Return a log-odds for each column."""
        known = self.vocabulary
        rows = [known[feature] for feature in found if feature in known]
        if not rows:
            return self.bias
        length = float(self.squares[rows].sum()) ** 0.5
        return np.asarray(self.weights[rows].sum(axis=0) * self.scale / length + self.bias, dtype=np.float32)

    def weight(self, feature: str, column: int) -> float:
        """Return what a known feature weighs for a column."""
        return float(self.weights[self.vocabulary[feature], column] * self.scale[column])


def pack(linear: Linear, prefix: str) -> dict[str, NDArray[Any]]:
    """Return the arrays that a package file holds: weights as bytes with one scale for each column."""
    scale = np.abs(linear.weights).max(axis=0) / SCALE
    return {
        f"{prefix}names": np.frombuffer("\n".join(linear.vocabulary).encode(), dtype=np.uint8),
        f"{prefix}weights": np.round(linear.weights / scale).astype(np.int8),
        f"{prefix}scale": scale.astype(np.float32),
        f"{prefix}squares": linear.squares.astype(np.float16),
        f"{prefix}bias": linear.bias.astype(np.float32),
    }


def unpack(arrays: Mapping[str, NDArray[Any]], prefix: str) -> Linear:
    """Return the reader that `pack` wrote."""
    names = arrays[f"{prefix}names"].tobytes().decode().split("\n")
    return Linear(
        # The readers share most of their features; interned, they share the strings too.
        vocabulary={intern(name): row for row, name in enumerate(names)},
        weights=arrays[f"{prefix}weights"],
        scale=arrays[f"{prefix}scale"],
        squares=arrays[f"{prefix}squares"].astype(np.float32),
        bias=arrays[f"{prefix}bias"],
    )


class Weights:
    """The package's trained arrays of one language, read once."""

    def __init__(self, language: str) -> None:
        self._file = resources.files("bot.classify") / "weights" / f"{language}.npz"

    @property
    def are_there(self) -> bool:
        """Tell whether the language was ever trained."""
        return self._file.is_file()

    @cached_property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays of the file."""
        with resources.as_file(self._file) as path, np.load(path, allow_pickle=False) as stored:
            return dict(stored)
