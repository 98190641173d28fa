"""What AWS's bill says by day, what asking for it cost, AWS's forecasts, and budgets."""

import sqlalchemy as sa
from alembic import op

from bot.store.instant import Moment

revision = "0006"
down_revision = "0005"
kind = "expand"


def upgrade() -> None:
    """Make the tables; of days before there is nothing."""
    op.create_table(
        "cost_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_names")),
        sa.UniqueConstraint("name", name=op.f("uq_cost_names_name")),
    )
    op.create_table(
        "cost_days",
        sa.Column("cut", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("payer", sa.Integer(), nullable=False),
        sa.Column("asked", Moment(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cut", "day", "payer", name=op.f("pk_cost_days")),
    )
    op.create_table(
        "costs",
        sa.Column("cut", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("payer", sa.Integer(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cut", "day", "payer", "account", "key", name=op.f("pk_costs")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cost_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payer", sa.String(length=60), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=400), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_requests")),
        sa.UniqueConstraint(
            "payer", "day", "purpose", "number", name=op.f("uq_cost_requests_payer_day_purpose_number")
        ),
    )
    op.create_index("ix_cost_requests_at", "cost_requests", ["at"], unique=False)
    op.create_table(
        "cost_forecasts",
        sa.Column("payer", sa.String(length=60), nullable=False),
        sa.Column("made", sa.String(length=10), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("payer", "made", name=op.f("pk_cost_forecasts")),
    )
    op.create_table(
        "budgets",
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_budgets")),
    )
