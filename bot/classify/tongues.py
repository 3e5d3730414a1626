"""What is known of one language: who reads its sentences, who judges them, who fills their slots."""

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

from bot.classify import choices, judge, readers, rules
from bot.classify.analysis import Analyst, Passage
from bot.classify.choices import Chooser
from bot.classify.lexicon import load
from bot.classify.linear import Linear, Matrix, Weights
from bot.classify.slots import Filler
from bot.domain.actor import Gazetteer


class Verdicts(Protocol):
    """Who says how likely a sentence tells each kind."""

    #: From which chance on each kind is told.
    threshold: Matrix
    #: The reader whose weights explain a verdict, if one has any.
    linear: Linear | None

    def chances(self, passage: Passage) -> Matrix:
        """Return for each kind the share of such sentences that mean it."""
        ...


class Weighed:
    """The verdicts of readers and a judge that learned from texts of the language."""

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self._readers = readers.stored(arrays)
        self._judge = judge.unpack(arrays)
        self.threshold = self._judge.threshold
        self.linear: Linear | None = self._readers.by_name["classes"]

    def chances(self, passage: Passage) -> Matrix:
        """Return what the judge makes of all that the readers say."""
        said = self._readers.read_if_telling(passage)
        return np.zeros(len(judge.KINDS), dtype=np.float32) if said is None else self._judge.chances(passage, said)


class Ruled:
    """The verdicts of rules, for a language that nobody has weighed yet."""

    def __init__(self) -> None:
        self.threshold = rules.thresholds()
        self.linear: Linear | None = None

    def chances(self, passage: Passage) -> Matrix:
        """Return what the rules say."""
        return rules.chances(passage)


class Tongue:
    """One language with all that reads it."""

    def __init__(
        self,
        language: str,
        gazetteer: Gazetteer,
        arrays: Mapping[str, Any] | None = None,
        chooser: Chooser | None = None,
    ) -> None:
        """Load its folder; its weights of kinds and of slots, where it has any, unless others are given."""
        lexicon = load(language)
        weights = Weights(language)
        slots = Weights(f"{language}-slots")
        self.analyst = Analyst(lexicon, gazetteer)
        self.verdicts: Verdicts = (
            Weighed(arrays) if arrays else Weighed(weights.arrays) if weights.are_there else Ruled()
        )
        chooser = chooser or (choices.unpack(slots.arrays) if slots.are_there else choices.Ruled())
        self.slots = Filler(lexicon, chooser)
