"""Pictures: which file of Slack's shows the chart of a letter."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
kind = "expand"


def upgrade() -> None:
    """Add the column; no letter had a picture before."""
    op.add_column("outbox", sa.Column("picture", sa.JSON(), nullable=True))
