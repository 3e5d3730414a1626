"""The linear reader: one weight for each feature and kind, learned from our own corpus."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
#: Weights are kept as bytes of this size.
SCALE = 127.0


@dataclass(frozen=True)
class Linear:
    """Weights by feature; rows of ``weights`` are features, columns kinds."""

    kinds: tuple[str, ...]
    vocabulary: Mapping[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, found: Iterable[str]) -> NDArray[np.float32]:
        """Return a log-odds for each kind."""
        known = self.vocabulary
        rows = [known[feature] for feature in found if feature in known]
        if not rows:
            return self.bias
        return np.asarray(self.weights[rows].sum(axis=0) / len(rows) ** 0.5 + self.bias, dtype=np.float32)


def pack(
    kinds: Sequence[str], names: Sequence[str], weights: NDArray[Any], bias: NDArray[Any]
) -> dict[str, NDArray[Any]]:
    """Return the arrays that a package file holds: weights as bytes with one scale for each kind."""
    scale = np.abs(weights).max(axis=0) / SCALE
    return {
        "kinds": np.array(kinds),
        "names": np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": bias.astype(np.float32),
    }


def unpack(arrays: Mapping[str, NDArray[Any]]) -> Linear:
    """Return the reader that `pack` wrote."""
    names = arrays["names"].tobytes().decode().split("\n")
    return Linear(
        kinds=tuple(str(kind) for kind in arrays["kinds"]),
        vocabulary={name: row for row, name in enumerate(names)},
        weights=arrays["weights"].astype(np.float32) * arrays["scale"],
        bias=arrays["bias"],
    )


class Weights:
    """The package's trained arrays of one language, read once."""

    def __init__(self, language: str) -> None:
        self._language = language

    @cached_property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """The arrays of the file."""
        file = resources.files("bot.classify") / "weights" / f"{self._language}.npz"
        with resources.as_file(file) as path, np.load(path, allow_pickle=False) as stored:
            return dict(stored)
