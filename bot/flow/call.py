"""One call to AWS: its intent is committed before it, its outcome after.

What happens when the process dies: before the intent's commit nothing was done; after it the batch is
INTENDED, the call may have happened, and `recover` goes by the action's replay rule; after the
outcome's commit the steps are AWAITING, and their waits find them.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from aws.errors import AwsError, Throttled, Unreachable
from bot.bell import Topic
from bot.command import Action, Batch, Called
from bot.flow.lines import of_operation, of_steps
from bot.flow.path import Path
from bot.operation import BatchState, Operation, StepRow, StepState
from bot.refusals import said
from bot.store import audit, batches, operations, outbox, steps, waits
from bot.store.audit import Event
from bot.store.batches import BatchRow
from bot.store.operations import Claim
from bot.store.waits import Group
from bot.words import Words

Rows = tuple[StepRow, ...]
AT_ONCE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Hand:
    """One worker's hold on one operation while it carries it out."""

    path: Path
    held: Claim
    operation: Operation

    def action(self, name: str) -> Action:
        """The action of this name."""
        return self.path.actions[name]


# -- the call --------------------------------------------------------------------------------------


def call(hand: Hand, batch: BatchRow, rows: Rows) -> datetime | None:
    """Make the call whose intent is committed; returns when to come back, None when it has its outcome."""
    path, action = hand.path, hand.action(batch.action)
    try:
        called = action.call(path.world(hand.operation), as_batch(hand, batch, rows))
    except AwsError as error:
        if error.maybe_done:  # it stays INTENDED, and `recover` goes on
            return path.now() + patience(batch.tries)
        why, again = said(error, batch.place.account), isinstance(error, Throttled | Unreachable)
        return path.db.write(lambda tx: _refused(hand, tx, batch, rows, why, again=again))
    answered(hand, batch, rows, called)
    return None


def as_batch(hand: Hand, batch: BatchRow, rows: Rows) -> Batch:
    """The batch as its action sees it."""
    needed = {key for row in rows for key in row.step.needs}
    made = hand.path.db.read(lambda tx: steps.results(tx, batch.operation, needed)) if needed else {}
    return Batch(batch.operation, batch.token, batch.place, tuple(row.step for row in rows), made)


def patience(tries: int) -> timedelta:
    """How long to wait after so many tries: 2, 4, 8 … at most 60 seconds.  Pure."""
    return timedelta(seconds=min(2**tries, 60))


# -- what is committed before and after --------------------------------------------------------------


def intend(hand: Hand, tx: Connection, rows: Rows) -> BatchRow:
    """Commit the intent to make one call, with its audit lines."""
    now, step = hand.path.now(), rows[0].step
    token = f"toban-{hand.held.number}-{uuid.uuid4().hex[:16]}"
    batch = batches.intend(tx, hand.held.number, step.action, step.target.place, token, now)
    steps.move(tx, [row.id for row in rows], StepState.SENT, batch=batch.id)
    audit.write(
        tx,
        *of_steps(
            hand.operation, Event.STEP_INTENDED, now, [row.step for row in rows], batch=batch.id, detail=token
        ),
    )
    return batch


def answered(hand: Hand, batch: BatchRow, rows: Rows, called: Called) -> None:
    """Commit AWS's yes: from here on the steps are awaited."""
    action, now = hand.action(batch.action), hand.path.now()

    def change(tx: Connection) -> None:
        operations.still_ours(tx, hand.held)
        batches.answer(tx, batch, BatchState.ANSWERED, now, request_id=called.request_id)
        ids = [row.id for row in rows]
        steps.move(tx, ids, StepState.AWAITING)
        made = {row.id: called.results.get(row.step.key, "") for row in rows}
        steps.note_results(tx, {row: result for row, result in made.items() if result})
        group = Group(batch.action, batch.place)
        waits.add(tx, batch.operation, group, ids, now, first=AT_ONCE, within=action.within)
        _audit_answer(hand, tx, batch, BatchState.ANSWERED, called.request_id)
        outbox.touch(tx, batch.operation, now, progress=True)

    hand.path.db.write(change)
    hand.path.ring(Topic.WAITS, Topic.MAIL)


def _refused(
    hand: Hand, tx: Connection, batch: BatchRow, rows: Rows, why: Words, *, again: bool
) -> datetime | None:
    """AWS said no: the same later, or in halves, since one bad id refuses a whole call."""
    operations.still_ours(tx, hand.held)
    batches.answer(tx, batch, BatchState.REFUSED, hand.path.now(), error=why)
    _audit_answer(hand, tx, batch, BatchState.REFUSED, "", str(why))
    if again:
        return put_off(hand, tx, rows, why)
    if len(rows) == 1 or rows[0].step.group:
        finish(hand, tx, rows, StepState.FAILED, why)
    else:
        steps.plan_again(tx, [row.id for row in rows], chunk=(len(rows) + 1) // 2)
    return None


def put_off(hand: Hand, tx: Connection, rows: Rows, why: Words) -> datetime | None:
    """Nothing was done: the same later, but not for ever; returns when."""
    operations.still_ours(tx, hand.held)
    tries = max(row.tries for row in rows) + 1
    if tries >= hand.path.limits.tries:
        finish(hand, tx, rows, StepState.FAILED, why)
        return None
    steps.plan_again(tx, [row.id for row in rows], tries=tries)
    return hand.path.now() + patience(tries)


def finish(hand: Hand, tx: Connection, rows: Rows, to: StepState, why: Words | None) -> None:
    """End these steps, and say so in the audit log."""
    if not rows:
        return
    steps.move(tx, [row.id for row in rows], to, why)
    detail = str(why) if why else ""
    audit.write(
        tx,
        *of_steps(
            hand.operation,
            Event.STEP_ENDED,
            hand.path.now(),
            [row.step for row in rows],
            outcome=to,
            detail=detail,
        ),
    )
    outbox.touch(tx, hand.held.number, hand.path.now(), progress=True)


def _audit_answer(
    hand: Hand, tx: Connection, batch: BatchRow, outcome: str, request_id: str, detail: str = ""
) -> None:
    audit.write(
        tx,
        of_operation(
            hand.operation,
            Event.STEP_ANSWERED,
            hand.path.now(),
            batch=batch.id,
            action=batch.action,
            account=batch.place.account,
            region=batch.place.region,
            outcome=outcome,
            request_id=request_id,
            detail=detail,
        ),
    )
