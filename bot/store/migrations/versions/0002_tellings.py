"""How operations went, in the words of their verbs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
kind = "expand"


def upgrade() -> None:
    """A row for each operation whose verb tells how it went."""
    op.create_table(
        "tellings",
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("well", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["operation"], ["operations.id"], name=op.f("fk_tellings_operation")),
        sa.PrimaryKeyConstraint("operation", name=op.f("pk_tellings")),
    )
