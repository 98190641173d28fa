"""A mistake of ours on the way: tried again a few times, then said, so that no card stands still for ever.

When it is given up, what was never sent is skipped, and what may have happened is unknown; what AWS has
answered is still watched to its end.  A way back is never given up: it goes on, and its people are told.
"""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.bell import Topic
from bot.command import Action
from bot.flow import end, mail, plan
from bot.flow.call import Hand, Rows, finish, patience
from bot.flow.lines import of_operation
from bot.flow.path import Path
from bot.operation import BatchState, Fenced, Operation, State, StepState
from bot.plan import Step
from bot.store import audit, batches, operations, steps
from bot.store.audit import Event
from bot.store.batches import Answer
from bot.store.operations import Claim
from bot.words import Words
from bot.words import words as _

LATER = timedelta(seconds=30)  # for what may pass without us, and for a way back


def stumbled(path: Path, held: Claim, error: Exception) -> None:
    """Note the mistake on its operation and come back a little later; after a few, give up.

    A database that does not take it, at a full disk for example, is no mistake of ours and is not counted.
    """
    try:
        if isinstance(error, OperationalError):
            path.db.write(lambda tx: operations.release(tx, held, path.now() + LATER))
        else:
            path.db.write(lambda tx: _note(path, tx, held, error))
    except Fenced:
        return
    path.ring(Topic.WORK, Topic.MAIL)


def _note(path: Path, tx: Connection, held: Claim, error: Exception) -> None:
    operation, now = operations.guard(tx, held), path.now()
    match operation.state:
        case State.ASKED:
            plan.stumbled(path, tx, held)
        case State.WAITING:  # its people still click; only its expiry stumbled
            operations.release(tx, held, max(operation.expires or now, now + LATER))
        case State.QUEUED | State.RUNNING:
            times = audit.count(tx, held.number, Event.STUMBLED) + 1
            audit.write(tx, of_operation(operation, Event.STUMBLED, now, detail=type(error).__name__))
            if times < path.limits.stumbles:
                operations.release(tx, held, now + patience(times))
            else:
                _give_up(Hand(path, held, operation), tx)
        case _:  # somebody else ended it
            operations.release(tx, held, None)


def _give_up(hand: Hand, tx: Connection) -> None:
    """End what may be ended, and say it."""
    path, operation = hand.path, hand.operation
    why = _("toban made a mistake here; the log tells more under #{number}", number=operation.number)
    rows = _given_up(hand, tx, (StepState.PLANNED,))
    finish(hand, tx, rows, StepState.SKIPPED, why)
    _unknown(hand, tx, why)
    if operation.state is State.QUEUED:
        _never_begun(hand, tx, why)
        return
    on_its_way_back = bool(steps.rows(tx, operation.number, (StepState.PLANNED, StepState.SENT)))
    if on_its_way_back or steps.rows(tx, operation.number, (StepState.AWAITING,)):
        mail.reply(path, tx, operation, "stumbled", _goes_on(operation, back=on_its_way_back))
    end.settle(path, tx, hand.held, path.now() + LATER if on_its_way_back else None, why)


def _given_up(hand: Hand, tx: Connection, states: tuple[StepState, ...]) -> Rows:
    """The steps in these states that are no way back."""
    number = hand.held.number
    stand = steps.states(tx, number)
    rows = steps.rows(tx, number, states)
    return tuple(row for row in rows if not _is_way_back(row.step, stand, hand.path.actions))


def _is_way_back(step: Step, stand: Mapping[str, StepState], actions: Mapping[str, Action]) -> bool:
    """Made whatever happens; what undoes a step that was never sent has nothing to undo."""
    if step.undoes:
        return stand[step.undoes] not in {StepState.PLANNED, StepState.SKIPPED}
    return step.action in actions and actions[step.action].whatever_happens


def _unknown(hand: Hand, tx: Connection, why: Words) -> None:
    """Calls whose intent is committed may have happened, and nobody will find out any more."""
    rows = _given_up(hand, tx, (StepState.SENT,))
    for batch in batches.intended(tx, hand.held.number):
        if batch.id in {row.batch for row in rows}:
            batches.answer(tx, BatchState.UNKNOWN, [Answer(batch, error=why)], hand.path.now())
    finish(hand, tx, rows, StepState.UNKNOWN, why)


def _never_begun(hand: Hand, tx: Connection, why: Words) -> None:
    """It was agreed to and could not begin: nothing was done, and its people are told why."""
    path, operation, now = hand.path, hand.operation, hand.path.now()
    if steps.rows(tx, operation.number, (StepState.PLANNED,)):  # a way back
        mail.reply(path, tx, operation, "stumbled", _goes_on(operation, back=True))
        operations.release(tx, hand.held, now + LATER)
        return
    operations.move(tx, operation.number, State.FAILED, now, reason=why)
    audit.write(tx, of_operation(operation, Event.ENDED, now, outcome=State.FAILED, detail=str(why)))
    mail.ended(path, tx, operation.number)


def _goes_on(operation: Operation, *, back: bool) -> Words:
    if back:
        return _(
            "toban made a mistake on the way back of #{number} and keeps trying, but please look at it;"
            " the log tells more",
            number=operation.number,
        )
    return _(
        "toban made a mistake and sends no more of #{number}; what was sent is still watched to its end",
        number=operation.number,
    )
