"""Workspaces that have thrown us out."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Key, Moment

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table of departures."""
    op.create_table(
        "departures",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace"),
    )
