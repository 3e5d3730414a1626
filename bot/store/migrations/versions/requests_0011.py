"""What platforms handed us lately."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Key, Moment

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table of requests."""
    op.create_table(
        "requests",
        sa.Column("id", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("requests_at", "requests", ["at"])
