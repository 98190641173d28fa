"""Schedules that were added from chat, and those of either kind that are paused or skip a run."""

import sqlalchemy as sa
from alembic import op

from bot.store.instant import Moment

revision = "0005"
down_revision = "0004"
kind = "expand"


def upgrade() -> None:
    """Make the table; no schedule of the config is paused, and the last run of each is found by an index."""
    op.add_column(
        "schedules",
        sa.Column("paused_by", sa.String(length=40), nullable=False, server_default=sa.text("''")),
    )
    op.add_column("schedules", sa.Column("paused_at", Moment(), nullable=True))
    op.add_column("schedules", sa.Column("skips", Moment(), nullable=True))
    op.create_table(
        "chat_schedules",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("time", sa.String(length=5), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("most_deletions", sa.Integer(), nullable=False),
        sa.Column("grace", sa.Integer(), nullable=False),
        sa.Column("added", Moment(), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["operation"], ["operations.id"], name=op.f("fk_chat_schedules_operation")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chat_schedules")),
    )
    op.create_index("ix_asks_schedule_id", "asks", ["schedule", "id"], unique=False)
