"""Calls without an answer: they may or may not have happened, and the replay rule says what may be done.

The same for an answer that was cut off a moment ago and for a process that died in the middle.
"""

from datetime import datetime

from sqlalchemy import Connection

from aws.errors import AwsError
from bot.command import Called, Replay
from bot.flow.call import Hand, Rows, answered, as_batch, call, finish, patience
from bot.flow.choose import compare
from bot.flow.lines import of_steps
from bot.operation import BatchState, StepState
from bot.store import audit, batches, operations, steps
from bot.store.audit import Event
from bot.store.batches import BatchRow
from bot.words import words as _


def unanswered(hand: Hand) -> tuple[BatchRow, ...]:
    """The batches of this operation whose intent has no outcome."""
    return hand.path.db.read(lambda tx: batches.intended(tx, hand.held.number))


def settle(hand: Hand, batch: BatchRow) -> datetime | None:
    """Find out or repeat, as the action allows; returns when to come back, None when it is settled."""
    action, now = hand.action(batch.action), hand.path.now()
    rows = hand.path.db.read(lambda tx: steps.of_batch(tx, batch.id))
    if action.replay is Replay.BY_TAG and action.find is not None:
        if now < (visible := batch.intended + action.settles):
            return visible
        try:
            found = action.find(hand.path.world(hand.operation), as_batch(hand, batch, rows))
        except AwsError:
            return _give_up_or(hand, batch, now + patience(batch.tries))
        if found is not None:
            answered(hand, batch, rows, found)
            return None
    if not _may_repeat(hand, action.replay, batch):
        _unknown(hand, batch)
        return None
    return _repeat(hand, batch, rows)


def _repeat(hand: Hand, batch: BatchRow, rows: Rows) -> datetime | None:
    """Make the same call again, unless AWS shows that the first one did it all."""
    action, now = hand.action(batch.action), hand.path.now()
    try:
        seen = action.look(hand.path.world(hand.operation), batch.place, [row.step for row in rows])
    except AwsError:
        return _give_up_or(hand, batch, now + patience(batch.tries))
    if len(compare(rows, seen).already) == len(rows):
        answered(hand, batch, rows, Called(""))
        return None
    again = hand.path.db.write(lambda tx: _intend_again(hand, tx, batch))
    return call(hand, again, rows)


def _may_repeat(hand: Hand, replay: Replay, batch: BatchRow) -> bool:
    if replay is Replay.AT_MOST_ONCE or batch.tries >= hand.path.limits.repeats:
        return False
    return not hand.path.db.read(lambda tx: operations.still_ours(tx, hand.held))


def _give_up_or(hand: Hand, batch: BatchRow, later: datetime) -> datetime | None:
    """Looking failed too: later again, within the action's own time limit."""
    if hand.path.now() - batch.intended > hand.action(batch.action).within:
        _unknown(hand, batch)
        return None
    return later


def _intend_again(hand: Hand, tx: Connection, batch: BatchRow) -> BatchRow:
    now = hand.path.now()
    operations.still_ours(tx, hand.held)
    batches.try_again(tx, batch, now)
    rows = steps.of_batch(tx, batch.id)
    detail = f"{batch.token}, try {batch.tries + 1}"
    audit.write(
        tx,
        *of_steps(
            hand.operation,
            Event.STEP_INTENDED,
            now,
            [row.step for row in rows],
            batch=batch.id,
            detail=detail,
        ),
    )
    (current,) = [one for one in batches.intended(tx, batch.operation) if one.id == batch.id]
    return current


def _unknown(hand: Hand, batch: BatchRow) -> None:
    why = _("the answer was cut off and may not be asked for again: please look at it in AWS")

    def change(tx: Connection) -> None:
        operations.still_ours(tx, hand.held)
        rows = steps.of_batch(tx, batch.id)
        batches.answer(tx, batch, BatchState.UNKNOWN, hand.path.now(), error=why)
        finish(hand, tx, rows, StepState.UNKNOWN, why)

    hand.path.db.write(change)
