"""What AWS has to say: events, the troubles they are about, storms of them, and silences."""

import sqlalchemy as sa
from alembic import op

from bot.store.instant import Moment

revision = "0008"
down_revision = "0007"
kind = "expand"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "storms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("began", Moment(), nullable=False),
        sa.Column("last", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storms")),
    )
    op.create_index("ix_storms_channel_last", "storms", ["channel", "last"], unique=False)
    op.create_table(
        "troubles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("region", sa.String(length=30), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("began", Moment(), nullable=False),
        sa.Column("last", Moment(), nullable=False),
        sa.Column("came", Moment(), nullable=False),
        sa.Column("ended", Moment(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("tells", sa.Boolean(), nullable=False),
        sa.Column("acknowledged_by", sa.String(length=40), nullable=False, server_default=sa.text("''")),
        sa.Column("acknowledged_at", Moment(), nullable=True),
        sa.Column("snoozed_until", Moment(), nullable=True),
        sa.Column("silenced_by", sa.String(length=40), nullable=False, server_default=sa.text("''")),
        sa.Column("stage", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("next_stage", Moment(), nullable=True),
        sa.Column("look", Moment(), nullable=True),
        sa.Column("storm", sa.Integer(), nullable=True),
        sa.Column("operation", sa.Integer(), nullable=True),
        sa.Column("begun_by", sa.String(length=300), nullable=False, server_default=sa.text("''")),
        sa.ForeignKeyConstraint(["storm"], ["storms.id"], name=op.f("fk_troubles_storm")),
        sa.ForeignKeyConstraint(["operation"], ["operations.id"], name=op.f("fk_troubles_operation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_troubles")),
    )
    op.create_index("ix_troubles_begun_by", "troubles", ["begun_by", "rule"], unique=False)
    op.create_index("ix_troubles_channel_came", "troubles", ["channel", "came"], unique=False)
    op.create_index("ix_troubles_look", "troubles", ["look"], unique=False)
    op.create_index("ix_troubles_next_stage", "troubles", ["next_stage"], unique=False)
    op.create_index("ix_troubles_rule_subject_id", "troubles", ["rule", "subject", "id"], unique=False)
    op.create_index("ix_troubles_subject_id", "troubles", ["subject", "id"], unique=False)
    op.create_index("ix_troubles_state_id", "troubles", ["state", "id"], unique=False)
    op.create_index("ix_troubles_storm", "troubles", ["storm"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("queue", sa.String(length=100), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("account", sa.String(length=60), nullable=False),
        sa.Column("region", sa.String(length=30), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("came", Moment(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("why", sa.JSON(), nullable=True),
        sa.Column("trouble", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["trouble"], ["troubles.id"], name=op.f("fk_events_trouble")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("key", name=op.f("uq_events_key")),
    )
    op.create_index("ix_events_came", "events", ["came"], unique=False)
    op.create_index("ix_events_trouble", "events", ["trouble"], unique=False)
    op.create_table(
        "silences",
        sa.Column("rule", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("rule", "subject", name=op.f("pk_silences")),
    )
