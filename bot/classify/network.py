"""The network: hears words in their order through windows, and keeps what each window is best at.

Every token is the sum of its signs' vectors; filters run over windows of tokens; the loudest answer of each filter
over the sentence is weighed for every kind (a convolutional network after Kim 2014). It hears what happens beside
what, where the linear readers hear only what is there, so that a second event in a sentence is not drowned by the first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
#: Vectors are kept as bytes of this size.
SCALE = 127.0


@dataclass(frozen=True)
class Network:
    """A trained network.

    Shapes: ``vectors`` (signs, size), ``filters`` (window * size, filters), ``weights`` (filters, kinds + 1).
    """

    vocabulary: Mapping[str, int]
    #: As learned, or as bytes that `scale` turns into what was learned.
    vectors: Matrix | NDArray[np.int8]
    scale: Matrix
    filters: Matrix
    offset: Matrix
    weights: Matrix
    bias: Matrix

    @property
    def window(self) -> int:
        """How many tokens a filter hears at once."""
        return int(self.filters.shape[0] // self.vectors.shape[1])

    def scores(self, tokens: Sequence[Sequence[str]]) -> Matrix:
        """Return a log-odds for every kind, and last for any event at all."""
        side = self.window // 2
        heard = np.zeros((len(tokens) + 2 * side, self.vectors.shape[1]), dtype=np.float32)
        known = self.vocabulary
        for place, signs in enumerate(tokens, side):
            rows = [known[sign] for sign in signs if sign in known]
            if rows:
                heard[place] = self.vectors[rows].sum(axis=0) * self.scale
        answers = windows(heard[None], self.window)[0] @ self.filters + self.offset
        loudest = np.maximum(answers.max(axis=0), 0)
        return np.asarray(loudest @ self.weights + self.bias, dtype=np.float32)


def windows(heard: Matrix, window: int) -> Matrix:
    """Return each window's vectors side by side.

    Args:
        heard: (sentences, tokens + window - 1, size).
        window: How many tokens a window has.

    Returns:
        (sentences, tokens, window * size).
    """
    count = heard.shape[1] - window + 1
    return np.concatenate([heard[:, place : place + count] for place in range(window)], axis=2)


def pack(network: Network) -> dict[str, NDArray[Any]]:
    """Return the arrays that a package file holds: vectors as bytes with one scale for each place of a vector."""
    scale = np.abs(network.vectors).max(axis=0) / SCALE
    return {
        "network_names": np.frombuffer("\n".join(network.vocabulary).encode(), dtype=np.uint8),
        "network_vectors": np.round(network.vectors / scale).astype(np.int8),
        "network_scale": scale.astype(np.float32),
        "network_filters": network.filters.astype(np.float16),
        "network_offset": network.offset.astype(np.float32),
        "network_weights": network.weights.astype(np.float16),
        "network_bias": network.bias.astype(np.float32),
    }


def unpack(arrays: Mapping[str, NDArray[Any]]) -> Network:
    """Return the network that `pack` wrote."""
    names = arrays["network_names"].tobytes().decode().split("\n")
    return Network(
        vocabulary={name: row for row, name in enumerate(names)},
        vectors=arrays["network_vectors"],
        scale=arrays["network_scale"],
        filters=arrays["network_filters"].astype(np.float32),
        offset=arrays["network_offset"],
        weights=arrays["network_weights"].astype(np.float32),
        bias=arrays["network_bias"],
    )
