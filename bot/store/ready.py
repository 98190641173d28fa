"""Lanes: the steps of one action in one place, and which of them can be called now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, exists, func, literal, select, text, tuple_

from aws.account import Place
from bot.operation import StepRow, StepState
from bot.store.needs import IS_LOST, Kind
from bot.store.schema import step_needs, steps
from bot.store.steps import row_of


@dataclass(frozen=True, slots=True)
class Lane:
    """Calls of one action in one place: they share EC2's buckets, and a look."""

    action: str
    place: Place


class Cursor(NamedTuple):
    """How far a lane was read: steps of one group come one after the other."""

    together: str
    id: int


START = Cursor("", 0)


def lanes(tx: Connection, operation: int) -> tuple[Lane, ...]:
    """The lanes of an operation in which a step is ready."""
    rows = tx.execute(_LANES, {"number": operation})
    return tuple(Lane(action, Place(account, region)) for action, account, region in rows)


def ready(tx: Connection, operation: int, lane: Lane, after: Cursor, most: int) -> tuple[StepRow, ...]:
    """Steps of a lane that can be called now; so many at most, but never half a group."""
    given = {"number": operation, **_named(lane), "most": most}
    rows = tx.execute(_READY, {**given, "together": after.together, "after": after.id}).all()
    if len(rows) == most and rows[-1].together:
        rows = [*rows, *tx.execute(_REST, {**given, "together": rows[-1].together, "after": rows[-1].id})]
    return tuple(map(row_of, rows))


def cursor(rows: Sequence[StepRow]) -> Cursor:
    """How far these rows reach."""
    return Cursor(rows[-1].step.group, rows[-1].id) if rows else START


def in_flight(tx: Connection, lane: Lane) -> int:
    """The steps between their call and their end, of all operations."""
    return int(tx.execute(_IN_FLIGHT, _named(lane)).scalar_one())


def is_lost(tx: Connection, operation: int) -> bool:
    """Whether a step is planned that can never be called any more."""
    return tx.execute(_IS_LOST, {"number": operation}).first() is not None


def may_be_cancelled(tx: Connection, operation: int) -> tuple[StepRow, ...]:
    """The planned steps that are no way back."""
    return tuple(map(row_of, tx.execute(_NO_WAY_BACK, {"number": operation})))


def is_cancellable(tx: Connection, operation: int) -> bool:
    """Whether there is such a step."""
    return tx.execute(_NO_WAY_BACK.limit(1), {"number": operation}).first() is not None


def these(tx: Connection, ids: Sequence[int]) -> tuple[StepRow, ...]:
    """These steps, in the plan's order."""
    return tuple(map(row_of, tx.execute(_THESE, {"ids": list(ids)})))


def _named(lane: Lane) -> dict[str, str]:
    return {"action": lane.action, "account": lane.place.account, "region": lane.place.region}


# -- statements, built once; the planner takes a partial index only for a state that is written out --

_PLANNED = (
    steps.c.operation == bindparam("number"),
    steps.c.state == literal(StepState.PLANNED, literal_execute=True),
)
_CAN = (*_PLANNED, steps.c.waits_for == literal(0, literal_execute=True))
_IN_LANE = (
    steps.c.action == bindparam("action"),
    steps.c.account == bindparam("account"),
    steps.c.region == bindparam("region"),
)
_FROM = tuple_(bindparam("together"), bindparam("after"))
_IN_ORDER = (steps.c.together, steps.c.id)
_LANES = select(steps.c.action, steps.c.account, steps.c.region).where(*_CAN).distinct()
_READY = (
    select(steps)
    .where(*_CAN, *_IN_LANE, tuple_(*_IN_ORDER) > _FROM)
    .order_by(*_IN_ORDER)
    .limit(bindparam("most"))
)
_REST = (
    select(steps)
    .where(*_CAN, *_IN_LANE, steps.c.together == bindparam("together"), steps.c.id > bindparam("after"))
    .order_by(steps.c.id)
)
_IN_FLIGHT = select(func.count()).where(*_IN_LANE, text("state in ('sent', 'awaiting')")).select_from(steps)
_IS_LOST = select(steps.c.id).where(*_PLANNED, IS_LOST).limit(1)
_IS_BACK = exists().where(step_needs.c.step == steps.c.id, step_needs.c.kind == Kind.UNDOES)
_NO_WAY_BACK = select(steps).where(*_PLANNED, ~_IS_BACK).order_by(steps.c.id)
_THESE = select(steps).where(steps.c.id.in_(bindparam("ids", expanding=True))).order_by(steps.c.id)
