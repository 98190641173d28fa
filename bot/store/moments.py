"""The moments that planned steps wait for: each holds its step back like one more step that it needs.

What waits only for its moment has `waits_for` 1; the moment comes, and it is ready like any other.  So a
plan without moments costs nothing here, and one with them is woken once, when the first of them comes.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Connection, bindparam, exists, func, literal, select, update

from bot.operation import StepState
from bot.plan import Step
from bot.store.instant import length
from bot.store.needs import Kind
from bot.store.schema import step_needs, steps


def hold(tx: Connection, operation: int, planned: Sequence[Step], at: datetime) -> None:
    """Hold back those of these new steps that have a moment, or a while, to wait for.

    A while begins anew whenever something moves that the step needs or follows (`bot.store.needs`).
    """
    waiting = [one for one in planned if one.not_before or one.after_a_while]
    if waiting:
        tx.execute(_HOLD, [{"number": operation, "of": one.key, **_columns(one, at)} for one in waiting])


def _columns(step: Step, at: datetime) -> dict[str, object]:
    begins = [
        moment for moment in (step.not_before, step.after_a_while and at + step.after_a_while) if moment
    ]
    return {"until": max(begins), "long": step.after_a_while and length(step.after_a_while)}


def put_off(tx: Connection, ids: Collection[int], until: datetime) -> None:
    """These planned steps, that were ready, wait until then."""
    tx.execute(_PUT_OFF, {"ids": list(ids), "until": until})


def upcoming(tx: Connection, operation: int) -> datetime | None:
    """The first moment that a step of an operation waits for, and for nothing else."""
    first: datetime | None = tx.execute(_FIRST, {"number": operation}).scalar_one()
    return first


def no_longer(tx: Connection, operation: int) -> None:
    """The ways back of an operation wait for no moment any more: somebody wants it to end now."""
    tx.execute(_NO_LONGER, {"number": operation})


def has_come(tx: Connection, operation: int, now: datetime) -> bool:
    """Whether such a moment has come."""
    return tx.execute(_COME, {"number": operation, "now": now}).first() is not None


def let_go(tx: Connection, operation: int, now: datetime) -> None:
    """What waited for a moment that has come is ready."""
    tx.execute(_LET_GO, {"number": operation, "now": now})


# -- statements, built once; the planner takes a partial index only for what is written out ----------

IS_HELD = (
    steps.c.state == literal(StepState.PLANNED, literal_execute=True),
    steps.c.not_before > literal(0, BigInteger, literal_execute=True),
)
"""Every moment is after 1970; saying so lets SQLite's planner take the index of what is held."""

_ONLY = (
    steps.c.operation == bindparam("number"),
    *IS_HELD,
    steps.c.waits_for == literal(1, literal_execute=True),
)
_UNTIL = bindparam("until", type_=steps.c.not_before.type)
_HAS_COME = (*_ONLY, steps.c.not_before <= bindparam("now", type_=steps.c.not_before.type))
_HOLD = (
    update(steps)
    .where(steps.c.operation == bindparam("number"), steps.c.key == bindparam("of"))
    .values(not_before=_UNTIL, pause=bindparam("long"), waits_for=steps.c.waits_for + 1)
)
_PUT_OFF = (
    update(steps)
    .where(steps.c.id.in_(bindparam("ids", expanding=True)))
    .values(not_before=_UNTIL, waits_for=1)
)
_FIRST = select(func.min(steps.c.not_before)).where(*_ONLY)
_COME = select(steps.c.id).where(*_HAS_COME).limit(1)
_NO_LONGER = (
    update(steps)
    .where(
        steps.c.operation == bindparam("number"),
        *IS_HELD,
        steps.c.waits_for > 0,
        exists().where(step_needs.c.step == steps.c.id, step_needs.c.kind == Kind.UNDOES),
    )
    .values(not_before=None, pause=None, waits_for=steps.c.waits_for - 1)
)
_LET_GO = update(steps).where(*_HAS_COME).values(not_before=None, waits_for=0)
