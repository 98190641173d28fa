"""The fourth stage: look once more, then make every call that can be made now."""

from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from aws.errors import AwsError, NoAnswer, Throttled, Unreachable
from bot.bell import Topic
from bot.flow import end
from bot.flow.call import Hand, Rows, call, finish, intend, put_off
from bot.flow.choose import Compared, Wave, choose, compare, waves
from bot.flow.path import Path
from bot.flow.recover import settle, unanswered
from bot.flow.start import start
from bot.operation import StepState
from bot.refusals import said
from bot.store import operations, steps
from bot.store.batches import BatchRow
from bot.store.operations import Claim
from bot.words import Words
from bot.words import words as _

LOOK = 200  # steps in one look: the values that one of EC2's filters takes


def carry_out(path: Path, held: Claim) -> None:
    """Carry an operation as far as it goes now; its waits, or the clock, wake it again."""
    operation = start(path, held)
    if operation is None:
        return
    hand = Hand(path, held, operation)
    later = [moment for moment in path.side_by_side(partial(settle, hand), unanswered(hand)) if moment]
    while calls := _ready(hand):
        for wave in waves(calls, LOOK):
            later += _carry(hand, wave)
        if later:
            break
    path.db.write(lambda tx: end.settle(path, tx, held, min(later, default=None)))
    path.ring(Topic.WORK, Topic.MAIL)


def _ready(hand: Hand) -> tuple[Rows, ...]:
    """The calls that can be made now; steps that can never be made any more are skipped."""

    def change(tx: Connection) -> tuple[Rows, ...]:
        cancelled_by = operations.still_ours(tx, hand.held)
        planned = steps.rows(tx, hand.held.number, (StepState.PLANNED,))
        if cancelled_by:
            why = _("cancelled by {person}", person=cancelled_by)
            finish(hand, tx, planned, StepState.SKIPPED, why)
            return ()
        choice = choose(planned, steps.states(tx, hand.held.number), hand.path.actions)
        for row, why in choice.broken:
            finish(hand, tx, (row,), StepState.SKIPPED, why)
        return choice.batches

    return hand.path.db.write(change)


def _carry(hand: Hand, wave: Wave) -> list[datetime]:
    """One look, then the calls side by side; returns when to come back for what could not be done now."""
    path, rows = hand.path, wave.rows
    try:
        seen = wave.action(path.actions).look(path.world(hand.operation), wave.place, wave.steps)
    except (Throttled, Unreachable, NoAnswer) as error:
        why = said(error, wave.place.account)
        moment = path.db.write(lambda tx: put_off(hand, tx, rows, why))
        return [moment] if moment else []
    except AwsError as error:
        why = said(error, wave.place.account)
        path.db.write(lambda tx: _cannot_look(hand, tx, rows, why))
        return []
    compared = compare(rows, seen)
    if compared.already or compared.different:
        path.db.write(lambda tx: _need_no_call(hand, tx, compared))
    calls = wave.only(compared.as_planned)
    return [moment for moment in path.side_by_side(partial(_make, hand), calls) if moment]


def _cannot_look(hand: Hand, tx: Connection, rows: Rows, why: Words) -> None:
    """Without a look nothing is called: these steps have failed."""
    operations.still_ours(tx, hand.held)
    finish(hand, tx, rows, StepState.FAILED, why)


def _need_no_call(hand: Hand, tx: Connection, compared: Compared) -> None:
    """End the steps that are so already, and those that are no longer as planned."""
    operations.still_ours(tx, hand.held)
    finish(hand, tx, compared.already, StepState.DONE, _("it was so already"))
    for row, why in compared.different:
        finish(hand, tx, (row,), StepState.SKIPPED, why)


def _make(hand: Hand, rows: Rows) -> datetime | None:
    """Commit the intent, unless somebody cancelled meanwhile, and make the call."""

    def before(tx: Connection) -> BatchRow | None:
        return None if operations.still_ours(tx, hand.held) else intend(hand, tx, rows)

    batch = hand.path.db.write(before)
    return None if batch is None else call(hand, batch, rows)
