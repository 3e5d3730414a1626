"""The readers that listen to every sentence: linear ones, each with an ear of its own, and the network."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.classify import network
from bot.classify.analysis import Passage
from bot.classify.linear import Linear, Matrix, pack, unpack

#: The share of the linear reader of classes in what both say.
MIX = 0.65
#: A sentence of which the reader of classes says no more than this, or all linear readers no more than that, for its
#: likeliest kind is not heard further: of 4,000 such, none had a chance of 0.2.
HOPELESS = -5.0
QUIET = -4.0


class Ear(NamedTuple):
    """What a reader learns from."""

    features: Callable[[Passage], set[str]]
    #: Whether rare features tell more.
    weighs: bool


#: One row for each linear reader, in the order of `Said`.
EARS = {
    "classes": Ear(lambda passage: passage.features, weighs=False),
    "words": Ear(lambda passage: passage.wording, weighs=True),
    "scenes": Ear(lambda passage: passage.scene, weighs=True),
}


class Said(NamedTuple):
    """What each reader says of a sentence: log-odds of every kind, and last of any event at all."""

    classes: Matrix
    words: Matrix
    scenes: Matrix
    network: Matrix


class Readers:
    """The trained readers."""

    def __init__(self, by_name: Mapping[str, Linear], heard_in_order: network.Network) -> None:
        self.by_name = by_name
        self._network = heard_in_order

    def read(self, passage: Passage) -> Said:
        """Return what all say of a sentence."""
        linear = {name: self._hear(name, passage) for name in EARS}
        return Said(**linear, network=self._network.scores(passage.sequence))

    def read_if_telling(self, passage: Passage) -> Said | None:
        """Return what all say of a sentence, ``None`` as soon as it is plain that it tells nothing."""
        classes = self._hear("classes", passage)
        if classes[:-1].max() < HOPELESS:
            return None
        words, scenes = self._hear("words", passage), self._hear("scenes", passage)
        _, means = blended(classes, words, scenes)
        if means[:-1].max() < QUIET:
            return None
        return Said(classes, words, scenes, self._network.scores(passage.sequence))

    def _hear(self, name: str, passage: Passage) -> Matrix:
        return self.by_name[name].scores(EARS[name].features(passage))

    def stored(self) -> dict[str, NDArray[Any]]:
        """Return the arrays that a package file holds of them."""
        arrays = network.pack(self._network)
        for name, linear in self.by_name.items():
            arrays |= pack(linear, f"{name}_")
        return arrays


def blended(classes: Matrix, words: Matrix, scenes: Matrix) -> tuple[Matrix, Matrix]:
    """Return what the readers of classes and words say together, and what all linear readers do."""
    mixed = np.asarray(MIX * classes + (1 - MIX) * words, dtype=np.float32)
    return mixed, np.asarray((mixed + scenes) / 2, dtype=np.float32)


def stored(arrays: Mapping[str, NDArray[Any]]) -> Readers:
    """Return the readers that training wrote."""
    return Readers({name: unpack(arrays, f"{name}_") for name in EARS}, network.unpack(arrays))
