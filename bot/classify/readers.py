"""The linear readers that listen to every sentence, each with an ear of its own."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from numpy.typing import NDArray

from bot.classify.analysis import Passage
from bot.classify.linear import Linear, Matrix, unpack


class Ear(NamedTuple):
    """What a reader learns from."""

    features: Callable[[Passage], set[str]]
    #: Whether rare features tell more.
    weighs: bool


#: One row for each reader, in the order of `Said`.
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


class Readers:
    """The trained readers."""

    def __init__(self, by_name: Mapping[str, Linear]) -> None:
        self.by_name = by_name

    def read(self, passage: Passage) -> Said:
        """Return what all say of a sentence."""
        return Said(*(self.by_name[name].scores(ear.features(passage)) for name, ear in EARS.items()))


def stored(arrays: Mapping[str, NDArray[Any]]) -> Readers:
    """Return the readers that training wrote."""
    return Readers({name: unpack(arrays, f"{name}_") for name in EARS})
