"""Indexes with which a long queue costs no more to look at than a short one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the indexes."""
    leased = sa.text("leased_until IS NOT NULL")
    parts = sa.text("status = 'waiting' AND rank > 0")
    op.create_index("outbox_leased", "outbox", ["channel"], sqlite_where=leased, postgresql_where=leased)
    op.create_index("outbox_parts", "outbox", ["alert"], sqlite_where=parts, postgresql_where=parts)
