"""Failure tests: drills, what their probes were answered, what happened meanwhile, and gates."""

import sqlalchemy as sa
from alembic import op

from bot.store.instant import Moment

revision = "0010"
down_revision = "0009"
kind = "expand"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "drills",
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("spec", sa.JSON(), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("begun", Moment(), nullable=False),
        sa.Column("broken", Moment(), nullable=True),
        sa.Column("going_back", Moment(), nullable=True),
        sa.Column("restored", Moment(), nullable=True),
        sa.Column("ended", Moment(), nullable=True),
        sa.Column("stopped", sa.JSON(), nullable=True),
        sa.Column("verdict", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["operation"], ["operations.id"], name=op.f("fk_drills_operation")),
        sa.PrimaryKeyConstraint("operation", name=op.f("pk_drills")),
    )
    still = sa.text("ended is null")
    op.create_index(
        "ix_drills_open", "drills", ["account"], unique=True, sqlite_where=still, postgresql_where=still
    )
    op.create_table(
        "drill_samples",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["operation"], ["drills.operation"], name=op.f("fk_drill_samples_operation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_samples")),
    )
    op.create_index("ix_drill_samples_operation_until", "drill_samples", ["operation", "until"], unique=False)
    op.create_table(
        "drill_marks",
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("way_back", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.ForeignKeyConstraint(["operation"], ["drills.operation"], name=op.f("fk_drill_marks_operation")),
        sa.PrimaryKeyConstraint("operation", "key", name=op.f("pk_drill_marks")),
    )
    op.create_table(
        "drill_gates",
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["operation"], ["operations.id"], name=op.f("fk_drill_gates_operation")),
        sa.PrimaryKeyConstraint("operation", "stage", name=op.f("pk_drill_gates")),
    )
