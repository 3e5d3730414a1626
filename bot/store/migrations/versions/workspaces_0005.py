"""Lines of a log and alerts that a workspace has of its own."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Key

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Say of each line and alert who sees it, and of each line who wrote it."""
    op.add_column("alerts", sa.Column("workspace", Key))
    op.add_column("log", sa.Column("workspace", Key))
    op.add_column("log", sa.Column("person", Key))
    op.create_index("log_person", "log", ["person"])
