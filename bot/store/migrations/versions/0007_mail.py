"""Letters that go by mail: the address of each."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
kind = "expand"


def upgrade() -> None:
    """Add the column; no letter went by mail before."""
    op.add_column(
        "outbox",
        sa.Column("address", sa.String(length=254), nullable=False, server_default=sa.text("''")),
    )
