"""Workspaces that have let us in."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Key

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of installations."""
    op.create_table(
        "installations",
        sa.Column("platform", Key, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("installation", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace"),
    )
