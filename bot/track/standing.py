"""A value with those who say it: the one that leads a slot, or a rival."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.event import Modality
from bot.domain.feed import EntryRef
from bot.domain.story import Rival, Slot, Value
from bot.track.candidate import Candidate
from bot.track.times import days


@dataclass(slots=True)
class Standing:
    """A value, since when it holds, how firmly, and on whose word."""

    value: Value
    since: datetime
    firmness: int
    modality: Modality
    attribution: str | None
    kind: str
    side: str
    day: date | None
    reports: dict[str, None] = field(default_factory=dict)
    origins: dict[str, None] = field(default_factory=dict)
    outlets: dict[str, None] = field(default_factory=dict)
    replaced: Value | None = None
    #: When it was last said.
    last: datetime | None = None
    #: The entries that say so.
    refs: set[EntryRef] = field(default_factory=set)

    @classmethod
    def of(cls, new: Candidate) -> "Standing":
        """Return the standing that a claim gives its value."""
        span = days(new.event.when)
        standing = cls(
            value=new.value,
            since=new.at,
            firmness=new.firmness,
            modality=new.event.modality,
            attribution=new.event.attribution,
            kind=new.event.kind,
            side=new.side,
            day=span[1] if span else None,
        )
        standing.join(new)
        return standing

    def join(self, new: Candidate) -> None:
        """Add another source; a firmer one of the same kind lends its modality and its speaker.

        To name the day to which talks were put off is no firmer word that they were.
        """
        self.reports[new.id] = None
        self.origins[new.source.origin] = None
        self.outlets[new.source.outlet] = None
        self.refs.add(new.source.ref)
        self.last = new.at
        if new.firmness > self.firmness and new.event.kind == self.kind:
            self.firmness, self.modality = new.firmness, new.event.modality
            self.attribution, self.side = new.event.attribution, new.side

    def inherit(self, other: "Standing") -> None:
        """Take over those who said so before."""
        self.reports = other.reports | self.reports
        self.origins = other.origins | self.origins
        self.outlets = other.outlets | self.outlets

    def slot(self, rivals: Iterable["Standing"] = (), denied: Value | None = None) -> Slot:
        """Return it as the slot that readers see."""
        return Slot(
            value=self.value,
            since=self.since,
            modality=self.modality,
            attribution=self.attribution,
            kind=self.kind,
            reports=tuple(self.reports),
            origins=tuple(self.origins),
            outlets=tuple(self.outlets),
            replaced=self.replaced,
            rivals=tuple(
                Rival(value=rival.value, attribution=rival.attribution, reports=tuple(rival.reports))
                for rival in rivals
            ),
            denied=denied,
        )
