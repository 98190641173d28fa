"""What steps wait for, as rows."""

import sqlalchemy as sa
from alembic import op

from bot.canonical import step_from_json
from bot.store import needs

revision = "0003"
down_revision = "0002"
kind = "expand"


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
    planned = sa.select(_STEPS.c.operation).where(_STEPS.c.state == "planned").distinct()
    for number in tx.execute(planned).scalars().all():
        query = sa.select(_STEPS.c.id, _STEPS.c.body).where(_STEPS.c.operation == number)
        found = {row.id: step_from_json(row.body) for row in tx.execute(query)}
        grouped = [{"one": id_, "group": step.group} for id_, step in found.items() if step.group]
        if grouped:
            change = sa.update(_STEPS).where(_STEPS.c.id == sa.bindparam("one"))
            tx.execute(change.values(together=sa.bindparam("group")), grouped)
        needs.add(tx, number, tuple(found.values()))
        tx.execute(_RECKON, {"number": number})


# What these read and write is written out: the tables of the code have columns that come later.
_STEPS = sa.table(
    "steps", sa.column("id"), sa.column("operation"), sa.column("state"), sa.column("together"),
    sa.column("body", sa.JSON()),
)  # fmt: skip
_RECKON = sa.text(
    """
    update steps set waits_for = coalesce((
        select case
            when max(case
                when kind = 'needs' and other.state in ('failed', 'skipped', 'unknown') then 1
                when kind = 'undoes' and other.batch is null
                    and other.state in ('done', 'failed', 'skipped', 'unknown') then 1
                else 0 end) = 1 then -1
            else sum(case
                when kind = 'needs' and other.state <> 'done' then 1
                when kind <> 'needs' and other.state in ('planned', 'sent') then 1
                else 0 end)
            end
        from step_needs join steps as other on other.id = step_needs.needs
        where step_needs.step = steps.id
    ), 0)
    where operation = :number and state = 'planned'
    """
)
