"""The steps of operations: what was planned, and where each stands."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, insert, select, update

from bot import words
from bot.canonical import step_from_json, step_to_json
from bot.operation import STEP_MOVES, IllegalMove, StepRow, StepState
from bot.plan import Step
from bot.store.schema import steps, waits

# -- statements, built once: building one takes longer than running it ---------------------------

_RANK = case(
    {
        StepState.UNKNOWN: 0,
        StepState.FAILED: 1,
        StepState.SKIPPED: 2,
        StepState.SENT: 3,
        StepState.AWAITING: 3,
    },
    value=steps.c.state,
    else_=4,
)
_OF = steps.c.operation == bindparam("number")
_SOME = select(steps).where(_OF).order_by(_RANK, steps.c.id).limit(bindparam("most"))
_COUNTS = select(steps.c.state, func.count()).where(_OF).group_by(steps.c.state)
_THESE = steps.c.id.in_(bindparam("ids", expanding=True))
_SHOWN = (
    select(steps.c.key, waits.c.shows)
    .join(waits, waits.c.step == steps.c.id)
    .where(_THESE, waits.c.shows.is_not(None))
)
_MOVE = update(steps).where(_THESE, steps.c.state.in_(bindparam("sources", expanding=True)))

# -- reads ---------------------------------------------------------------------------------------


def rows(
    tx: Connection, operation: int, states: Collection[StepState] = tuple(StepState)
) -> tuple[StepRow, ...]:
    """The steps of an operation in these states, in the plan's order."""
    query = select(steps).where(steps.c.operation == operation, steps.c.state.in_(states))
    return tuple(_row(row) for row in tx.execute(query.order_by(steps.c.id)))


def of_batch(tx: Connection, batch: int) -> tuple[StepRow, ...]:
    """The steps that one call carries and that have no answer yet."""
    query = select(steps).where(steps.c.batch == batch, steps.c.state == StepState.SENT)
    return tuple(_row(row) for row in tx.execute(query.order_by(steps.c.id)))


def some(tx: Connection, operation: int, most: int) -> tuple[StepRow, ...]:
    """A few steps to show: trouble first, then what is under way, then the rest in the plan's order."""
    return tuple(_row(row) for row in tx.execute(_SOME, {"number": operation, "most": most}))


def counts(tx: Connection, operation: int) -> dict[StepState, int]:
    """How many steps of an operation are in each state."""
    return {StepState(state): n for state, n in tx.execute(_COUNTS, {"number": operation})}


def states(tx: Connection, operation: int) -> dict[str, StepState]:
    """Where each step stands, by its key."""
    query = select(steps.c.key, steps.c.state).where(steps.c.operation == operation)
    return {key: StepState(state) for key, state in tx.execute(query)}


def results(tx: Connection, operation: int, keys: Collection[str]) -> dict[str, str]:
    """What these steps made, by their keys."""
    if not keys:
        return {}
    query = select(steps.c.key, steps.c.result).where(steps.c.operation == operation)
    return {row.key: row.result for row in tx.execute(query.where(steps.c.key.in_(keys)))}


def shown(tx: Connection, ids: Collection[int]) -> dict[str, words.Words]:
    """What AWS showed of these steps at the last look, by their keys."""
    if not ids:
        return {}
    rows = tx.execute(_SHOWN, {"ids": list(ids)})
    return {key: words.from_json(shows) for key, shows in rows if shows}


# -- changes -------------------------------------------------------------------------------------


def add(tx: Connection, operation: int, planned: Iterable[Step]) -> None:
    """Store the steps of a plan."""
    new = [
        {
            "operation": operation,
            "key": step.key,
            "action": step.action,
            "account": step.target.account,
            "region": step.target.region,
            "resource": step.target.id,
            "body": step_to_json(step),
            "state": StepState.PLANNED,
        }
        for step in planned
    ]
    if new:
        tx.execute(insert(steps), new)


def move(
    tx: Connection,
    ids: Collection[int],
    to: StepState,
    reason: words.Words | None = None,
    **columns: object,
) -> None:
    """Move these steps, all or none.  Raises IllegalMove when one is not where this move starts."""
    sources = [state for state, targets in STEP_MOVES.items() if to in targets]
    stored = {"state": to, "reason": reason and words.to_json(reason), **columns}
    moved = tx.execute(_MOVE, {"ids": list(ids), "sources": sources, **stored})
    if moved.rowcount != len(ids):
        raise IllegalMove(f"{moved.rowcount} of {len(ids)} steps could become {to}")


def plan_again(
    tx: Connection, ids: Collection[int], *, tries: int | None = None, chunk: int | None = None
) -> None:
    """The call was certainly not carried out: these steps are planned as before."""
    changed: dict[str, object] = {"state": StepState.PLANNED, "batch": None}
    changed |= {} if tries is None else {"tries": tries}
    changed |= {} if chunk is None else {"chunk": chunk}
    tx.execute(
        update(steps)
        .where(steps.c.id.in_(ids), steps.c.state.in_((StepState.PLANNED, StepState.SENT)))
        .values(**changed)
    )


def note_results(tx: Connection, made: Mapping[int, str]) -> None:
    """Store what the steps made."""
    for step, result in made.items():
        tx.execute(update(steps).where(steps.c.id == step).values(result=result))


def _row(row: Row[Any]) -> StepRow:
    return StepRow(
        id=row.id,
        step=step_from_json(row.body),
        state=StepState(row.state),
        reason=words.from_json(row.reason) if row.reason else None,
        result=row.result,
        batch=row.batch,
        chunk=row.chunk,
        tries=row.tries,
    )
