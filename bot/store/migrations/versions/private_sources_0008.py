"""Articles of private feeds among a story's sources."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Key

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Say of each source who sees it, and find a workspace's own lines of a log by it."""
    op.add_column("memberships", sa.Column("workspace", Key))
    op.create_index("log_workspace", "log", ["workspace"])
