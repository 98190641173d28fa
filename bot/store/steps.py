"""The steps of operations: what was planned, and where each stands."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, insert, select, update

from aws.alike import Alike
from bot import words
from bot.canonical import step_from_json, step_to_json
from bot.operation import STEP_MOVES, BatchState, IllegalMove, StepRow, StepState
from bot.plan import Step
from bot.store import needs
from bot.store.schema import batches, steps, waits

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
_FROM = steps.c.state.in_(bindparam("sources", expanding=True))
_NEW = insert(steps)
_MOVE = update(steps).where(_THESE, _FROM)
_ONE = steps.c.id == bindparam("one")
_SEND = (
    update(steps)
    .where(_ONE, steps.c.state == StepState.PLANNED)
    .values(state=StepState.SENT, batch=bindparam("by"))
)
_MADE = update(steps).where(_ONE).values(result=bindparam("made"))
_BECAUSE = update(steps).where(_ONE).values(reason=bindparam("why"))
_BATCHS = select(batches.c.operation).where(batches.c.id == bindparam("batch")).scalar_subquery()
_SENT = select(steps).where(
    steps.c.operation == _BATCHS,  # an index leads to its steps, none to those of a batch
    steps.c.batch == bindparam("batch"),
    steps.c.state == StepState.SENT,
)
_RESULTS = select(steps.c.key, steps.c.result).where(_OF, steps.c.key.in_(bindparam("keys", expanding=True)))

# -- reads ---------------------------------------------------------------------------------------


def rows(
    tx: Connection, operation: int, states: Collection[StepState] = tuple(StepState)
) -> tuple[StepRow, ...]:
    """The steps of an operation in these states, in the plan's order."""
    query = select(steps).where(steps.c.operation == operation, steps.c.state.in_(states))
    alike = Alike()
    return tuple(row_of(row, alike) for row in tx.execute(query.order_by(steps.c.id)))


def ids(tx: Connection, operation: int, state: StepState) -> tuple[int, ...]:
    """The steps of an operation in this state, by their ids alone."""
    query = select(steps.c.id).where(steps.c.operation == operation, steps.c.state == state)
    return tuple(tx.execute(query).scalars())


def of_batch(tx: Connection, batch: int) -> tuple[StepRow, ...]:
    """The steps that one call carries and that have no answer yet."""
    return tuple(row_of(row) for row in tx.execute(_SENT.order_by(steps.c.id), {"batch": batch}))


def some(tx: Connection, operation: int, most: int) -> tuple[StepRow, ...]:
    """A few steps to show: trouble first, then what is under way, then the rest in the plan's order."""
    return tuple(row_of(row) for row in tx.execute(_SOME, {"number": operation, "most": most}))


def counts(tx: Connection, operation: int) -> dict[StepState, int]:
    """How many steps of an operation are in each state."""
    return {StepState(state): n for state, n in tx.execute(_COUNTS, {"number": operation})}


def states(tx: Connection, operation: int) -> dict[str, StepState]:
    """Where each step stands, by its key."""
    query = select(steps.c.key, steps.c.state).where(steps.c.operation == operation)
    return {key: StepState(state) for key, state in tx.execute(query)}


def actions(tx: Connection, operation: int) -> frozenset[str]:
    """What the operation's steps do, by its names."""
    query = select(steps.c.action).where(steps.c.operation == operation).distinct()
    return frozenset(tx.execute(query).scalars())


def results(tx: Connection, operation: int, keys: Collection[str]) -> dict[str, str]:
    """What these steps made, by their keys."""
    if not keys:
        return {}
    return {row.key: row.result for row in tx.execute(_RESULTS, {"number": operation, "keys": list(keys)})}


def were_refused(tx: Connection, operation: int, keys: Collection[str]) -> bool:
    """Whether AWS refused the last call of each of these steps."""
    query = select(steps.c.key).join(batches, batches.c.id == steps.c.batch)
    refused = query.where(
        steps.c.operation == operation, steps.c.key.in_(keys), batches.c.state == BatchState.REFUSED
    )
    return set(tx.execute(refused).scalars()) == set(keys)


def shown(tx: Connection, ids: Collection[int]) -> dict[str, words.Words]:
    """What AWS showed of these steps at the last look, by their keys."""
    if not ids:
        return {}
    rows = tx.execute(_SHOWN, {"ids": list(ids)})
    return {key: words.from_json(shows) for key, shows in rows if shows}


# -- changes -------------------------------------------------------------------------------------


def add(tx: Connection, operation: int, planned: Sequence[Step]) -> None:
    """Store the steps of a plan, and what each waits for."""
    for start in range(0, len(planned), needs.TOGETHER):
        tx.execute(_NEW, [_new(operation, step) for step in planned[start : start + needs.TOGETHER]])
    needs.add(tx, operation, planned)


def _new(operation: int, step: Step) -> dict[str, object]:
    return {
        "operation": operation,
        "key": step.key,
        "action": step.action,
        "account": step.target.account,
        "region": step.target.region,
        "resource": step.target.id,
        "body": step_to_json(step),
        "state": StepState.PLANNED,
        "together": step.group,
        "waits_for": len(needs.of(step)),
    }


def send(tx: Connection, by: Mapping[int, int]) -> None:
    """These steps go out, each with its batch; all or none.  Raises IllegalMove when one is not planned."""
    sent = tx.execute(_SEND, [{"one": step, "by": batch} for step, batch in by.items()])
    if sent.rowcount != len(by):
        raise IllegalMove(f"{sent.rowcount} of {len(by)} steps could be sent")


def move(
    tx: Connection,
    ids: Collection[int],
    to: StepState,
    at: datetime,
    reason: words.Words | None = None,
) -> None:
    """Move these steps, all or none.  Raises IllegalMove when one is not where this move starts."""
    sources = [state for state, targets in STEP_MOVES.items() if to in targets]
    stored = {"state": to, "reason": reason and words.to_json(reason)}
    moved = tx.execute(_MOVE, {"ids": list(ids), "sources": sources, **stored})
    if moved.rowcount != len(ids):
        raise IllegalMove(f"{moved.rowcount} of {len(ids)} steps could become {to}")
    needs.reckon(tx, ids, at)


def move_each(tx: Connection, to: StepState, at: datetime, why: Mapping[int, words.Words]) -> None:
    """Move these steps, each with its own reason, all or none.  Raises IllegalMove as `move` does.

    Mostly all have the same, which goes with the move; the others are written one by one.
    """
    if not why:
        return
    ((usual, _),) = Counter(why.values()).most_common(1)
    move(tx, why, to, at, usual)
    if others := {step: reason for step, reason in why.items() if reason != usual}:
        tx.execute(_BECAUSE, [{"one": step, "why": words.to_json(said)} for step, said in others.items()])


def plan_again(
    tx: Connection,
    ids: Collection[int],
    *,
    tries: int | None = None,
    chunk: int | None = None,
    reason: words.Words | None = None,
) -> None:
    """The call was certainly not carried out: these steps are planned as before."""
    new = {"tries": tries, "chunk": chunk, "reason": reason and words.to_json(reason)}
    known = {name: value for name, value in new.items() if value is not None}
    changed = {"state": StepState.PLANNED, "batch": None, **known}
    tx.execute(
        update(steps)
        .where(steps.c.id.in_(ids), steps.c.state.in_((StepState.PLANNED, StepState.SENT)))
        .values(**changed)
    )


def note_results(tx: Connection, made: Mapping[int, str]) -> None:
    """Store what the steps made."""
    if made:
        tx.execute(_MADE, [{"one": step, "made": result} for step, result in made.items()])


def row_of(row: Row[Any], alike: Alike | None = None) -> StepRow:
    """The step a row holds; who reads many hands in what they have in common."""
    return StepRow(
        id=row.id,
        step=step_from_json(row.body, alike),
        state=StepState(row.state),
        reason=words.from_json(row.reason) if row.reason else None,
        result=row.result,
        batch=row.batch,
        chunk=row.chunk,
        tries=row.tries,
        until=row.not_before if row.waits_for == 1 else None,
    )
