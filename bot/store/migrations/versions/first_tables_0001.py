"""The first tables."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Key, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    waiting = sa.text("status = 'waiting'")
    op.create_table(
        "alerts",
        _number(),
        sa.Column("id", Key, nullable=False),
        sa.Column("story", Key, nullable=False),
        sa.Column("mode", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.Column("card", sa.Text()),
        sa.UniqueConstraint("id", name="alerts_identity"),
    )
    op.create_index("alerts_at", "alerts", ["at"])
    op.create_index("alerts_story", "alerts", ["story", "at"])
    op.create_table(
        "articles",
        _number(),
        sa.Column("feed", Key, nullable=False),
        sa.Column("entry", Key, nullable=False),
        sa.Column("link", Key, nullable=False),
        sa.Column("workspace", Key),
        sa.Column("fetched", Moment, nullable=False),
        sa.Column("known", sa.Text(), nullable=False),
        sa.Column("article", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.UniqueConstraint("feed", "entry", name="articles_identity"),
    )
    op.create_index("articles_fetched", "articles", ["fetched"])
    op.create_index("articles_link", "articles", ["feed", "link"])
    op.create_table(
        "channels",
        sa.Column("id", Key, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "feeds",
        sa.Column("id", Key, nullable=False),
        sa.Column("workspace", Key),
        sa.Column("due", Moment, nullable=False),
        sa.Column("leased_until", Moment),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("feeds_due", "feeds", ["due"])
    op.create_table(
        "log",
        _number(),
        sa.Column("story", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.UniqueConstraint("story", "id", name="log_identity"),
    )
    op.create_index("log_story", "log", ["story", "number"])
    op.create_table(
        "memberships",
        _number(),
        sa.Column("story", Key, nullable=False),
        sa.Column("feed", Key, nullable=False),
        sa.Column("entry", Key, nullable=False),
        sa.Column("membership", sa.Text(), nullable=False),
        sa.UniqueConstraint("story", "feed", "entry", name="memberships_identity"),
    )
    op.create_index("memberships_article", "memberships", ["feed", "entry"])
    op.create_table(
        "outbox",
        _number(),
        sa.Column("channel", Key, nullable=False),
        sa.Column("alert", Key, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("status", Key, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("posted", sa.Boolean(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("not_before", Moment),
        sa.Column("leased_until", Moment),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.UniqueConstraint("channel", "alert", "rank", name="outbox_identity"),
    )
    op.create_index("outbox_alert", "outbox", ["alert"])
    op.create_index("outbox_waiting", "outbox", ["channel", "number"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "stories",
        _number(),
        sa.Column("id", Key, nullable=False),
        sa.Column("workspace", Key),
        sa.Column("story", sa.Text(), nullable=False),
        sa.UniqueConstraint("id", name="stories_identity"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("channel", Key, nullable=False),
        sa.Column("story", Key, nullable=False),
        sa.Column("subscription", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "story"),
    )
    op.create_table(
        "watches",
        sa.Column("channel", Key, nullable=False),
        sa.Column("name", Key, nullable=False),
        sa.Column("watch", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "name"),
    )


def _number() -> "sa.Column[int]":
    return sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True)
