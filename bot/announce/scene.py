"""What the words of one post are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.announce.names import Names
from bot.domain.event import Event
from bot.domain.story import Change, Report, Story, Value


@dataclass(frozen=True, slots=True)
class Scene:
    """What the clauses of one post are made of."""

    story: Story
    reports: Mapping[str, Report]
    names: Names
    #: The year that readers take for granted.
    year: int
    changes: Sequence[Change] = field(default=())
    #: What posts have told of each slot so far.
    standing: Mapping[str, Value | None] = field(default_factory=dict)

    def event(self, change: Change) -> Event | None:
        """Return the event that a change is told by: of its own kind if there is one."""
        events = [self.reports[id_].event for id_ in change.reports if id_ in self.reports]
        return next((event for event in events if event.kind == change.kind), events[0] if events else None)
