"""Hubs push news to us."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Key, Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make room for what they promised."""
    op.create_table(
        "pushes",
        sa.Column("feed", Key, nullable=False),
        sa.Column("token", Key, nullable=False),
        sa.Column("due", Moment, nullable=False),
        sa.Column("push", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("feed"),
        sa.UniqueConstraint("token", name="pushes_token"),
    )
    op.create_index("pushes_due", "pushes", ["due"])
