"""What a kind of event is: one row of the catalogue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.event import Event
from bot.domain.story import Claim

#: What an event says of a story's slots; one that says nothing goes to the ledger.
Effect = Callable[[Event], tuple[Claim, ...]]


def ledger_only(event: Event) -> tuple[Claim, ...]:
    """Return no claim: the event is a line of the story's ledger."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A language-free pattern: a predicate class, with what it is done to.

    The classes are names that every lexicon gives its own words for.
    """

    #: A predicate class, e.g. ``postpone``.
    does: str
    #: An object class, e.g. ``talks``; ``None`` where the predicate says all.
    to: str | None = None
    #: The stage that this wording means.
    stage: str | None = None


def frame(does: str, to: str | None = None, stage: str | None = None) -> Frame:
    """Return a frame; short, since the catalogue holds hundreds."""
    return Frame(does=does, to=to, stage=stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Every fact about one kind of event, in one place."""

    name: str
    #: In plain words, for the line of place, e.g. ``delegation named``.
    title: str
    #: The name of the file that holds it; kinds of one family share a sign.
    family: str
    #: CAMEO code without a stage, and by stage where it differs.
    cameo: str
    cameo_by_stage: Mapping[str, str] = field(default_factory=dict)
    plover: str
    stages: tuple[str, ...] = ()
    #: How much a desk cares, 1 (a word among many) to 5 (wake the editor).
    weight: int
    #: The wordings that mean it.
    means: tuple[Frame, ...] = ()
    #: What it changes in a story.
    effect: Effect = ledger_only
