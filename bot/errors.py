"""What can go wrong, as a family tree; each error speaks to whoever must act.

BotError
├── ConfigError            the operator's settings
├── SeedError              a file under seeds/
├── FeedError              one feed
│   ├── UnreachableFeedError
│   ├── ForbiddenAddressError
│   └── UnreadableFeedError
├── FeedListError          a file that should list feeds
├── StoreError             the database
│   └── NewerDatabaseError
├── QueryError             a watch's query
├── CommandError           what somebody asked
│   └── MissingArgumentError
└── PlatformError          Slack, Discord or the page
"""

from collections.abc import Mapping
from typing import Any


class BotError(Exception):
    """Anything that Dragoman itself reports; its text says what to do.

    Its `str` is English; `bot.locales` tells it in another language.
    """

    def __init__(self, text: str = "", /, **facts: Any) -> None:
        """Say what went wrong.

        Args:
            text: In English, facts as ``{name}``.
            facts: What the text names; another error is told inside of this one.
        """
        super().__init__(text.format(**facts) if facts else text)
        self.text = text
        self.facts = facts


class Either(tuple[str, ...]):
    """Names to choose from, told as `a`, `b` or `c`."""

    __slots__ = ()

    @property
    def quoted(self) -> list[str]:
        """Each as it can be typed."""
        return [f"`{name}`" for name in self]

    def __str__(self) -> str:
        *others, last = self.quoted
        return f"{', '.join(others)} or {last}" if others else last


class ConfigError(BotError):
    """One or more settings cannot be used; one line for each."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class SeedError(BotError):
    """A seed file says something that cannot be."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}")


class FeedError(BotError):
    """A feed could not be read; the round goes on without it."""

    def __init__(self, url: str, what: str) -> None:
        super().__init__(f"{url}: {what}")
        self.url = url
        self.what = what


class UnreachableFeedError(FeedError):
    """No answer, or one that is not a feed's: DNS, TLS, time-out, status."""


class ForbiddenAddressError(FeedError):
    """The guard refuses the address that the feed leads to."""


class UnreadableFeedError(FeedError):
    """The bytes are in no feed format we know."""


class FeedListError(BotError):
    """A file that should list feeds does not, or cannot be read."""

    def __init__(self, name: str, what: str, **facts: Any) -> None:
        super().__init__("{name} {what}.", name=name, what=BotError(what, **facts))


class StoreError(BotError):
    """The database cannot be used."""


class NewerDatabaseError(StoreError):
    """The database was written by a newer Dragoman."""

    def __init__(self, place: str, revision: str) -> None:
        super().__init__(
            f"{place} was written by a newer Dragoman (revision {revision}). Upgrade, or name another database."
        )


class QueryError(BotError):
    """A watch's query does not parse; ``column`` counts from 1."""

    def __init__(self, query: str, column: int, what: str, **facts: Any) -> None:
        said = BotError(what, **facts)
        super().__init__("{what} (at character {column} of `{query}`)", what=said, column=column, query=query)
        self.column = column


class CommandError(BotError):
    """What somebody asked cannot be done; the text is the answer they read."""


class MissingArgumentError(CommandError):
    """A command lacks what it needs; a platform that has forms can ask for it."""

    def __init__(self, command: str, arguments: Mapping[str, str], text: str, /, **facts: Any) -> None:
        super().__init__(text, **facts)
        #: The command's name.
        self.command = command
        #: What was said, by option name.
        self.arguments = arguments


class PlatformError(BotError):
    """A platform cannot be started or spoken to."""
