"""While a newer toban is at work on the same database, what only that one knows is left to it.

During an upgrade either may claim what the newer one took in or planned: a verb that this one has not, a step
of an action that it cannot make.  To refuse it, or to stumble over it, would be our mistake.
"""

import logging
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.arguments import UsageError
from bot.flow.path import Path
from bot.flow.plan import parse
from bot.operation import Operation, State
from bot.store import migrate, operations, steps
from bot.store.operations import Claim
from bot.store.schema import HEAD

log = logging.getLogger("toban.engine")
A_WHILE = timedelta(minutes=10)  # an upgrade takes less; then nobody newer is there any more
SOON = timedelta(seconds=1)


def left(path: Path, held: Claim) -> bool:
    """Let go of an operation that this toban does not know enough for, if a newer one may claim it."""
    if not path.db.is_shared or not path.db.read(lambda tx: _is_theirs(path, tx, held.number)):
        return False
    path.db.write(lambda tx: operations.release(tx, held, path.now() + SOON))
    log.info("operation %s is left to a newer toban", held.number, extra={"action": "engine.left"})
    return True


def _is_theirs(path: Path, tx: Connection, number: int) -> bool:
    if migrate.stands(tx) <= HEAD:
        return False
    operation = operations.get(tx, number)
    if operation is None or path.now() >= _until(operation):
        return False
    return not (_fits(path, operation.ask.line) and steps.actions(tx, number) <= path.actions.keys())


def _until(operation: Operation) -> datetime:
    """As long as somebody newer may come; one that was agreed to says itself when it is too late."""
    if operation.state is State.QUEUED and operation.expires is not None:
        return operation.expires
    return (operation.started or operation.created) + A_WHILE


def _fits(path: Path, line: str) -> bool:
    try:
        parse(path, line)
    except UsageError:
        return False
    return True
