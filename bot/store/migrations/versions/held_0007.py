"""Posts that wait for more of their kind."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Key, Moment

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make room for them."""
    op.create_table(
        "held",
        sa.Column("id", Key, nullable=False),
        sa.Column("story", Key, nullable=False),
        sa.Column("workspace", Key),
        sa.Column("due", Moment, nullable=False),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("held_due", "held", ["due"])
    op.create_index("held_story", "held", ["story"])
