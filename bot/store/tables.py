"""The schema, the same in SQLite and PostgreSQL.

Columns hold what we look things up by; everything else of a noun stands in
its JSON document. `number` counts rows in order of arrival.
"""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

#: In characters. PostgreSQL indexes no more than 2,704 bytes, three keys together at most.
LONGEST_KEY = 200


class Key(TypeDecorator[str]):
    """A text to look things up by, whatever a feed wrote into it.

    Too long ones, and those with characters that a database refuses (NUL,
    lone surrogates), are kept as a hash: the document holds the original.
    """

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Compare by code points in both databases."""
        return String(collation="C") if dialect.name == "postgresql" else String()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the key that stands for the text."""
        if value is None or (len(value) <= LONGEST_KEY and value.isprintable()):
            return value
        return f"sha256:{sha256(value.encode(errors='surrogatepass')).hexdigest()}"


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; in SQLite as ISO text of one width, which sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use PostgreSQL's own type where there is one."""
        return DateTime(timezone=True) if dialect.name == "postgresql" else String(32)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return the moment as the database takes it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} names no zone")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


def _number() -> Column[int]:
    return Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


metadata = MetaData()

feeds = Table(
    "feeds",
    metadata,
    Column("id", Key, primary_key=True),
    Column("workspace", Key),
    Column("due", Moment, nullable=False),
    #: Machine time.
    Column("leased_until", Moment),
    Column("feed", Text, nullable=False),
    Column("state", Text, nullable=False),
    Index("feeds_due", "due"),
)

#: Addresses of feeds that somebody removed, as `bot.domain.address` spells them.
removed_feeds = Table(
    "removed_feeds",
    metadata,
    Column("address", Key, primary_key=True),
)

#: Subscriptions at hubs; moments are machine time.
pushes = Table(
    "pushes",
    metadata,
    Column("feed", Key, primary_key=True),
    Column("token", Key, nullable=False),
    Column("due", Moment, nullable=False),
    Column("push", Text, nullable=False),
    UniqueConstraint("token", name="pushes_token"),
    Index("pushes_due", "due"),
)

articles = Table(
    "articles",
    metadata,
    _number(),
    Column("feed", Key, nullable=False),
    Column("entry", Key, nullable=False),
    Column("link", Key, nullable=False),
    Column("workspace", Key),
    Column("fetched", Moment, nullable=False),
    Column("known", Text, nullable=False),
    #: Null for an entry that was only seen.
    Column("article", Text),
    #: As JSON; null once it is forgotten.
    Column("text", Text),
    UniqueConstraint("feed", "entry", name="articles_identity"),
    Index("articles_link", "feed", "link"),
    Index("articles_fetched", "fetched"),
)

stories = Table(
    "stories",
    metadata,
    _number(),
    Column("id", Key, nullable=False),
    Column("workspace", Key),
    Column("story", Text, nullable=False),
    UniqueConstraint("id", name="stories_identity"),
)

log = Table(
    "log",
    metadata,
    _number(),
    Column("story", Key, nullable=False),
    Column("id", Key, nullable=False),
    Column("entry", Text, nullable=False),
    #: Null for what everybody sees.
    Column("workspace", Key),
    #: Who wrote it; null for the program.
    Column("person", Key),
    UniqueConstraint("story", "id", name="log_identity"),
    Index("log_story", "story", "number"),
    Index("log_person", "person"),
    Index("log_workspace", "workspace"),
)

memberships = Table(
    "memberships",
    metadata,
    _number(),
    Column("story", Key, nullable=False),
    Column("feed", Key, nullable=False),
    Column("entry", Key, nullable=False),
    Column("membership", Text, nullable=False),
    #: Null for what everybody sees.
    Column("workspace", Key),
    UniqueConstraint("story", "feed", "entry", name="memberships_identity"),
    Index("memberships_article", "feed", "entry"),
)

alerts = Table(
    "alerts",
    metadata,
    _number(),
    Column("id", Key, nullable=False),
    Column("story", Key, nullable=False),
    Column("mode", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Column("alert", Text, nullable=False),
    Column("card", Text),
    #: Null for what everybody sees.
    Column("workspace", Key),
    UniqueConstraint("id", name="alerts_identity"),
    Index("alerts_story", "story", "at"),
    Index("alerts_at", "at"),
)

held = Table(
    "held",
    metadata,
    Column("id", Key, primary_key=True),
    Column("story", Key, nullable=False),
    Column("workspace", Key),
    #: News time.
    Column("due", Moment, nullable=False),
    Column("alert", Text, nullable=False),
    Index("held_due", "due"),
    Index("held_story", "story"),
)

channels = Table(
    "channels",
    metadata,
    Column("id", Key, primary_key=True),
    Column("workspace", Key, nullable=False),
    Column("channel", Text, nullable=False),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("channel", Key, primary_key=True),
    Column("story", Key, primary_key=True),
    Column("subscription", Text, nullable=False),
)

watches = Table(
    "watches",
    metadata,
    Column("channel", Key, primary_key=True),
    Column("name", Key, primary_key=True),
    Column("watch", Text, nullable=False),
)

mutes = Table(
    "mutes",
    metadata,
    Column("channel", Key, primary_key=True),
    Column("story", Key, primary_key=True),
    Column("mute", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    _number(),
    Column("channel", Key, nullable=False),
    Column("alert", Key, nullable=False),
    #: Its place among the parts of its alert: 0 for the post, n for the n-th line, then the edit.
    Column("rank", Integer, nullable=False),
    Column("status", Key, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    #: The document holds the platform's id of the message.
    Column("posted", Boolean, nullable=False),
    #: An edit was asked for again while it was being sent.
    Column("again", Boolean, nullable=False),
    #: Machine time, both.
    Column("not_before", Moment),
    Column("leased_until", Moment),
    Column("delivery", Text, nullable=False),
    UniqueConstraint("channel", "alert", "rank", name="outbox_identity"),
    Index(
        "outbox_waiting",
        "channel",
        "number",
        sqlite_where=text("status = 'waiting'"),
        postgresql_where=text("status = 'waiting'"),
    ),
    Index("outbox_alert", "alert"),
    #: The few rows that are out, and those that hang on a post.
    Index(
        "outbox_leased",
        "channel",
        sqlite_where=text("leased_until IS NOT NULL"),
        postgresql_where=text("leased_until IS NOT NULL"),
    ),
    Index(
        "outbox_parts",
        "alert",
        sqlite_where=text("status = 'waiting' AND rank > 0"),
        postgresql_where=text("status = 'waiting' AND rank > 0"),
    ),
)

installations = Table(
    "installations",
    metadata,
    Column("platform", Key, primary_key=True),
    Column("workspace", Key, primary_key=True),
    Column("installation", Text, nullable=False),
)

#: Machine time since when a workspace wants us no more.
departures = Table(
    "departures",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("since", Moment, nullable=False),
)

#: What platforms handed us, so that nobody does it a second time; machine time.
requests = Table(
    "requests",
    metadata,
    Column("id", Key, primary_key=True),
    Column("at", Moment, nullable=False),
    Index("requests_at", "at"),
)

#: What makes a row of each table the same row again.
IDENTITY: dict[str, tuple[str, ...]] = {
    "feeds": ("id",),
    "removed_feeds": ("address",),
    "pushes": ("feed",),
    "articles": ("feed", "entry"),
    "stories": ("id",),
    "log": ("story", "id"),
    "memberships": ("story", "feed", "entry"),
    "alerts": ("id",),
    "held": ("id",),
    "channels": ("id",),
    "installations": ("platform", "workspace"),
    "departures": ("workspace",),
    "requests": ("id",),
    "subscriptions": ("channel", "story"),
    "watches": ("channel", "name"),
    "mutes": ("channel", "story"),
    "outbox": ("channel", "alert", "rank"),
}
