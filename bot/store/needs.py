"""What steps wait for, as rows; and how many of these rows still hold each of them back.

The number stands beside the step and is reckoned anew, for those that wait for it, whenever a step moves.
So what is ready is found by an index, however many thousands are not.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import islice

from sqlalchemy import (
    BigInteger,
    Connection,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)

from bot.operation import STEP_ENDS, StepState
from bot.plan import Step
from bot.store.instant import instant
from bot.store.schema import step_needs, steps


class Kind(StrEnum):
    """What a step waits for."""

    NEEDS = "needs"  # that the other is done
    FOLLOWS = "follows"  # that the other's call is over, however it went
    UNDOES = "undoes"  # that the other was called, of which this is the way back


TOGETHER = 500
"""Rows of one statement: the JSON of all steps would be the largest thing in memory."""

LOST = -1
"""What is waited for will never be."""


def of(step: Step) -> tuple[tuple[str, Kind], ...]:
    """What a step waits for, by the others' keys.  Pure.

    A way back needs nothing to have gone well: what it needs has only to be over.
    """
    needed = Kind.FOLLOWS if step.undoes else Kind.NEEDS
    pairs = [(key, needed) for key in step.needs] + [(key, Kind.FOLLOWS) for key in step.follows]
    return tuple(dict.fromkeys([*pairs, *([(step.undoes, Kind.UNDOES)] if step.undoes else [])]))


def add(tx: Connection, operation: int, planned: Sequence[Step]) -> None:
    """Store what the steps of an operation wait for.  Raises KeyError for a key that no step has."""
    waiting = ((step.key, key, kind) for step in planned for key, kind in of(step))
    ids: dict[str, int] = {}
    while some := list(islice(waiting, TOGETHER)):
        ids = ids or _ids(tx, operation)
        tx.execute(_NEW, [{"step": ids[step], "needs": ids[key], "kind": kind} for step, key, kind in some])


def _ids(tx: Connection, operation: int) -> dict[str, int]:
    """Of every step of an operation, by its key."""
    query = select(steps.c.key, steps.c.id).where(steps.c.operation == operation)
    return {row.key: row.id for row in tx.execute(query)}


def reckon(tx: Connection, moved: Collection[int], at: datetime) -> None:
    """These steps have moved: reckon anew how many hold back each planned step that waits for one of them.

    A moment holds back like a step; one that is a while after what is waited for is put off from now.
    """
    if moved:
        tx.execute(_RECKON, {"moved": list(moved), "at": instant(at)})


def lost(tx: Connection, operation: int, most: int) -> dict[int, tuple[str, Kind]]:
    """Planned steps that can never be called any more, and which other step is why."""
    rows = tx.execute(_WHY_LOST, {"number": operation, "most": most})
    return {row.step: (row.key, Kind(row.kind)) for row in rows}


# -- statements, built once --------------------------------------------------------------------------

_NEW = insert(step_needs)

IS_LOST = and_(steps.c.waits_for == LOST, steps.c.action > "")
"""Every action has a name; saying so lets SQLite's planner prefer the index of what is ready."""

_OTHER = steps.alias("other")
_WAITING = step_needs.c.kind
_NOT_YET = or_(
    and_(_WAITING == Kind.NEEDS, _OTHER.c.state != StepState.DONE),
    and_(_WAITING != Kind.NEEDS, _OTHER.c.state.in_((StepState.PLANNED, StepState.SENT))),
)
_NEVER = or_(
    and_(_WAITING == Kind.NEEDS, _OTHER.c.state.in_(STEP_ENDS - {StepState.DONE})),
    and_(_WAITING == Kind.UNDOES, _OTHER.c.state.in_(STEP_ENDS), _OTHER.c.batch.is_(None)),
)
_MOMENT = case((steps.c.not_before.is_(null()), 0), else_=1)
_HOLDING = (
    select(
        case(
            (func.max(case((_NEVER, 1), else_=0)) == 1, LOST),
            else_=func.sum(case((_NOT_YET, 1), else_=0)) + _MOMENT,
        )
    )
    .select_from(step_needs.join(_OTHER, _OTHER.c.id == step_needs.c.needs))
    .where(step_needs.c.step == steps.c.id)
    .scalar_subquery()
)
_MOVED = select(step_needs.c.step).where(step_needs.c.needs.in_(bindparam("moved", expanding=True)))
_AFTER_A_WHILE = bindparam("at", type_=BigInteger) + steps.c.pause
_PUT_OFF = case((steps.c.not_before < _AFTER_A_WHILE, _AFTER_A_WHILE), else_=steps.c.not_before)
_RECKON = (
    update(steps)
    .where(steps.c.id.in_(_MOVED), steps.c.state == StepState.PLANNED)
    .values(waits_for=func.coalesce(_HOLDING, _MOMENT), not_before=_PUT_OFF)
)
_WHY_LOST = (
    select(step_needs.c.step, _OTHER.c.key, step_needs.c.kind)
    .select_from(
        steps.join(step_needs, step_needs.c.step == steps.c.id).join(
            _OTHER, _OTHER.c.id == step_needs.c.needs
        )
    )
    .where(
        steps.c.operation == bindparam("number"),
        steps.c.state == literal(StepState.PLANNED, literal_execute=True),
        IS_LOST,
        _NEVER,
    )
    .limit(bindparam("most"))
)
