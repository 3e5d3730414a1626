"""Stories that a channel does not want to hear of for a while."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Key

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of mutes."""
    op.create_table(
        "mutes",
        sa.Column("channel", Key, nullable=False),
        sa.Column("story", Key, nullable=False),
        sa.Column("mute", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "story"),
    )
