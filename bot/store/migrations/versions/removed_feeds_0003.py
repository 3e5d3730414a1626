"""Feeds that somebody removed stay removed."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Key

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make room for their addresses."""
    op.create_table("removed_feeds", sa.Column("address", Key, nullable=False), sa.PrimaryKeyConstraint("address"))
