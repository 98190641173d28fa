"""The moments that planned steps wait for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
kind = "expand"


def upgrade() -> None:
    """Add the columns; no step that was planned before waits for a moment."""
    op.add_column("steps", sa.Column("not_before", sa.BigInteger(), nullable=True))
    op.add_column("steps", sa.Column("pause", sa.BigInteger(), nullable=True))
    held = sa.text("state = 'planned' and not_before is not null")
    op.create_index(
        "ix_steps_held", "steps", ["operation", "not_before"], sqlite_where=held, postgresql_where=held
    )
