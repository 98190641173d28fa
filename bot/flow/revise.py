"""An answer that was not final when it was given: it is made anew, and its message edited in place.

The verb plans the same line again, with the moment that it was asked, and sees what has become known since.
A plan that would change something is no answer, and a person who may not ask any more gets none.
"""

import logging
from datetime import timedelta

from sqlalchemy import Connection, update

from aws.errors import AwsError
from bot.arguments import UsageError
from bot.bell import Topic
from bot.canonical import plan_to_json
from bot.flow.path import Path
from bot.flow.plan import AT_MOST, Planned, make, next_look
from bot.plan import Plan
from bot.store import operations, outbox
from bot.store.operations import Claim
from bot.store.schema import operations as table

log = logging.getLogger("toban.flow")
LATER = timedelta(hours=1)  # when it cannot be made now


def revise(path: Path, held: Claim) -> None:
    """Make an answer anew, show it where it says something new, and come back when it says so."""
    operation = path.db.read(lambda tx: operations.get(tx, held.number))
    if operation is None or operation.plan is None:
        path.db.write(lambda tx: operations.release(tx, held, None))
        return
    try:
        planned = make(path, operation)
    except (AwsError, UsageError) as error:
        log.info("answer %s is not made anew now: %s", held.number, error, extra={"action": "revise.later"})
        later = path.now() + LATER if path.now() < operation.ask.at + AT_MOST else None
        path.db.write(lambda tx: operations.release(tx, held, later))
        return
    path.db.write(lambda tx: _store(path, tx, held, planned))
    path.ring(Topic.MAIL)


def _store(path: Path, tx: Connection, held: Claim, planned: Planned) -> None:
    operation = operations.guard(tx, held)
    if not planned.decision.allowed or planned.plan.steps:
        operations.release(tx, held, None)
        return
    if _says(planned.plan) != _says(operation.plan):
        stored = plan_to_json(planned.plan)
        tx.execute(update(table).where(table.c.id == held.number).values(plan=stored))
        outbox.renew(tx, held.number, path.now())
    operations.release(tx, held, next_look(operation, planned.plan, path.now()))


def _says(plan: Plan | None) -> object:
    """What is to be read in it, without when it is looked at again."""
    return plan and {**plan_to_json(plan), "again": None}
