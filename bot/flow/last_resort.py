"""When nothing can be committed: what is broken on purpose is put back all the same.

A full disk stops everything else: no intent without its row.  But a way back was
written down, agreed to and audited with the way in, so it is called from what can still be read, after a look
that says whether it is so already.  Its steps stay planned; once something can be committed again they are
looked at like any other, and found done.
"""

import logging
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Connection, bindparam, exists, or_, select
from sqlalchemy.exc import DBAPIError

from aws.errors import AwsError
from aws.pace import way_back
from bot import logs
from bot.command import Batch
from bot.flow.choose import compare
from bot.flow.path import Path
from bot.operation import Operation, State, StepRow, StepState
from bot.store import operations as all_
from bot.store.needs import Kind
from bot.store.schema import operations, step_needs, steps
from bot.store.steps import results, row_of

log = logging.getLogger("toban.flow")


def put_back(path: Path, error: Exception) -> int:
    """Call every way back whose moment has come, if the database failed; returns how many were called."""
    if not isinstance(error, DBAPIError):
        return 0
    due = path.db.read(lambda tx: _due(tx, path))
    return sum(_called(path, *one) for one in due)


def _called(path: Path, operation: Operation, row: StepRow, made: dict[str, str]) -> int:
    with logs.about(operation=operation.number, ask=operation.ask.key):
        return _one(path, operation, row, made)


def _one(path: Path, operation: Operation, row: StepRow, made: dict[str, str]) -> int:
    step, action, world = row.step, path.actions[row.step.action], path.world(operation)
    try:
        with way_back():
            seen = action.look(world, step.target.place, [step])
            if not compare([row], seen).as_planned:
                return 0
            token = f"last-resort-{operation.number}-{row.id}"
            action.call(world, Batch(operation.number, token, step.target.place, (step,), made))
    except AwsError as error:
        log.warning("%s was not put back: %s", step.target.id, error, extra={"action": "last-resort.failed"})
        return 0
    log.warning(
        "%s was put back though nothing can be committed", step.target.id, extra={"action": "last-resort"}
    )
    return 1


def _due(tx: Connection, path: Path) -> list[tuple[Operation, StepRow, dict[str, str]]]:
    """The ways back that wait for nothing, or for a moment that has come; with what the other steps made."""
    rows = tx.execute(_DUE, {"now": path.now()}).all()
    found = []
    for number, alike in groupby(rows, lambda row: int(row.operation)):
        operation = all_.get(tx, number)
        if operation is not None:
            found += [(operation, one, _made(tx, number, one)) for one in map(row_of, alike)]
    return found


def _made(tx: Connection, number: int, row: StepRow) -> dict[str, str]:
    keys: Sequence[str] = (*row.step.needs, *row.step.follows, row.step.undoes)
    return results(tx, number, keys)


_DUE = (
    select(steps)
    .where(
        steps.c.state == StepState.PLANNED,
        exists().where(step_needs.c.step == steps.c.id, step_needs.c.kind == Kind.UNDOES),
        exists().where(operations.c.id == steps.c.operation, operations.c.state == State.RUNNING),
        or_(
            steps.c.waits_for == 0,
            (steps.c.waits_for == 1)
            & (steps.c.not_before <= bindparam("now", type_=steps.c.not_before.type)),
        ),
    )
    .order_by(steps.c.operation, steps.c.id)
)
