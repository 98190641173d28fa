"""The fourth stage: look once more, then make every call that can be made now."""

from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from aws.errors import AwsError, NoAnswer, Throttled, Unreachable
from bot.flow import end
from bot.flow.call import Hand, Rows, call, finish, intend, put_off
from bot.flow.choose import Compared, choose, compare
from bot.flow.path import Path
from bot.flow.recover import settle, unanswered
from bot.flow.start import start
from bot.operation import StepState
from bot.refusals import said
from bot.store import operations, steps
from bot.store.batches import BatchRow
from bot.store.operations import Claim
from bot.words import words as _


def carry_out(path: Path, held: Claim) -> None:
    """Carry an operation as far as it goes now; its waits, or the clock, wake it again."""
    operation = start(path, held)
    if operation is None:
        return
    hand = Hand(path, held, operation)
    later = _all(path, partial(settle, hand), unanswered(hand))
    while calls := _ready(hand):
        later += _all(path, partial(_carry, hand), calls)
        if later:
            break
    path.db.write(lambda tx: end.settle(path, tx, held, min(later, default=None)))
    path.ring()


def _all(path: Path, work: "partial[datetime | None]", items: "Rows | tuple[object, ...]") -> list[datetime]:
    """Do it for all, side by side; returns when to come back for those that need it."""
    return [moment for moment in path.calls.map(work, items) if moment is not None]


def _ready(hand: Hand) -> tuple[Rows, ...]:
    """The calls that can be made now; steps that can never be made any more are skipped."""

    def change(tx: Connection) -> tuple[Rows, ...]:
        operation = operations.guard(tx, hand.held)
        planned = steps.rows(tx, hand.held.number, (StepState.PLANNED,))
        if operation.cancelled_by:
            why = _("cancelled by {person}", person=operation.cancelled_by)
            finish(hand, tx, planned, StepState.SKIPPED, why)
            return ()
        choice = choose(planned, steps.states(tx, hand.held.number), hand.path.actions)
        for row, why in choice.broken:
            finish(hand, tx, (row,), StepState.SKIPPED, why)
        return choice.batches

    return hand.path.db.write(change)


def _carry(hand: Hand, rows: Rows) -> datetime | None:
    """Carry out one batch; returns when to come back for what could not be done now."""
    path, step = hand.path, rows[0].step
    action = hand.action(step.action)
    try:
        seen = action.look(path.world(hand.operation), step.target.place, [row.step for row in rows])
    except (Throttled, Unreachable, NoAnswer) as error:
        why = said(error)
        return path.db.write(lambda tx: put_off(hand, tx, rows, why))
    except AwsError as error:
        why = said(error)
        path.db.write(lambda tx: finish(hand, tx, rows, StepState.FAILED, why))
        return None
    compared = compare(rows, seen)
    batch = path.db.write(lambda tx: _before_the_call(hand, tx, compared))
    return None if batch is None else call(hand, batch, compared.as_planned)


def _before_the_call(hand: Hand, tx: Connection, compared: Compared) -> BatchRow | None:
    """End what needs no call, commit the intent for the rest; None when there is nothing to call."""
    operation = operations.guard(tx, hand.held)
    finish(hand, tx, compared.already, StepState.DONE, _("it was so already"))
    for row, why in compared.different:
        finish(hand, tx, (row,), StepState.SKIPPED, why)
    if operation.cancelled_by or not compared.as_planned:
        return None
    return intend(hand, tx, compared.as_planned)
