"""What steps wait for, as rows."""

import sqlalchemy as sa
from alembic import op

from bot.canonical import step_from_json
from bot.store import needs
from bot.store.schema import steps

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table, and fill it from the steps that are there."""
    op.add_column(
        "steps", sa.Column("together", sa.String(length=200), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("steps", sa.Column("waits_for", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "step_needs",
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("needs", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["needs"], ["steps.id"], name=op.f("fk_step_needs_needs")),
        sa.ForeignKeyConstraint(["step"], ["steps.id"], name=op.f("fk_step_needs_step")),
        sa.PrimaryKeyConstraint("step", "needs", "kind", name=op.f("pk_step_needs")),
    )
    op.create_index(op.f("ix_step_needs_needs"), "step_needs", ["needs"], unique=False)
    _index("ix_steps_ready", ("operation", "waits_for", *_LANE, "together"), "state = 'planned'")
    _index("ix_steps_in_flight", _LANE, "state in ('sent', 'awaiting')")
    _fill(op.get_bind())


_LANE = ("action", "account", "region")


def _index(name: str, columns: tuple[str, ...], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, "steps", list(columns), unique=False, sqlite_where=only, postgresql_where=only)


def _fill(tx: sa.Connection) -> None:
    """The steps of operations that are still under way; the others wait for nothing any more."""
    planned = sa.select(steps.c.operation).where(steps.c.state == "planned").distinct()
    for number in tx.execute(planned).scalars().all():
        query = sa.select(steps.c.id, steps.c.body).where(steps.c.operation == number)
        found = {row.id: step_from_json(row.body) for row in tx.execute(query)}
        grouped = [{"one": id_, "group": step.group} for id_, step in found.items() if step.group]
        if grouped:
            change = sa.update(steps).where(steps.c.id == sa.bindparam("one"))
            tx.execute(change.values(together=sa.bindparam("group")), grouped)
        needs.add(tx, number, tuple(found.values()))
        needs.reckon(tx, tuple(found))
