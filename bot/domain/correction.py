"""What a person corrected, and what became of it."""

from dataclasses import dataclass

from bot.domain.story import LogEntry, Story

#: A correction is called by so many characters of its id.
SHORT = 8
#: A note's and a query's longest, in characters.
NOTE_AT_MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction that was carried out."""

    #: The line that stands in the logs.
    entry: LogEntry
    #: The story whose log holds it, as it is called now.
    story: Story
    #: Where things are told now, for a merge, a move or a split.
    into: Story | None = None
    #: How many reports it took back, moved or gave back.
    reports: int = 0
    #: How many posts were edited.
    posts: int = 0


def short(entry: LogEntry) -> str:
    """Return what people call a correction by."""
    return entry.id[:SHORT]
