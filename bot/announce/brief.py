"""What is at hand of one story when its changes are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.announce.names import Names
from bot.domain.alert import Alert
from bot.domain.feed import Article, EntryRef
from bot.domain.story import Report, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A story, its reports and texts, and what was told of it so far."""

    story: Story
    #: By log id, for every id that the changes name.
    reports: Mapping[str, Report]
    #: The texts behind them; old ones may be missing.
    articles: Mapping[EntryRef, Article]
    #: The story's alerts so far, newest last; edits may stand in place of
    #: their posts or after them.
    told: Sequence[Alert]
    #: When the changes came: an entry was fetched, or a person corrected
    #: something; news time.
    at: datetime
    #: How actors and persons are called.
    names: Names
