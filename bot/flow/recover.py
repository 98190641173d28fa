"""Calls without an answer: they may or may not have happened, and the replay rule says what may be done.

The same for an answer that was cut off a moment ago and for a process that died in the middle.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from aws.errors import AwsError
from bot.command import Action, Called, Replay, Risk
from bot.flow.call import Call, Hand, Outcome, finish, in_haste, make, patience, read_results
from bot.flow.choose import compare
from bot.flow.explain import explain
from bot.flow.intents import NOT_DONE, lines, withdraw
from bot.flow.outcomes import commit
from bot.operation import BatchState, StepState
from bot.store import audit, batches, operations, steps
from bot.store.batches import Answer, BatchRow
from bot.words import words as _


def unanswered(hand: Hand) -> tuple[BatchRow, ...]:
    """The batches of this operation whose intent has no outcome."""
    return hand.path.db.read(lambda tx: batches.intended(tx, hand.held.number))


def settle(hand: Hand, batch: BatchRow) -> datetime | None:
    """Find out or repeat, as the action allows; returns when to come back, None when it is settled."""
    action, now, call = hand.action(batch.action), hand.path.now(), _read(hand, batch)
    if action.replay is Replay.BY_TAG and action.find is not None:
        if now < (visible := batch.intended + action.settles):
            return visible
        try:
            with in_haste(call.rows):
                found = action.find(hand.path.world(hand.operation), call.as_batch())
        except AwsError:
            return _give_up_or(hand, call, now + patience(batch.tries))
        if found is not None:
            return _commit(hand, Outcome(call, found))
    if not _may_repeat(hand, action.replay, call):
        _unknown(hand, call)
        return None
    return _repeat(hand, call)


def _read(hand: Hand, batch: BatchRow) -> Call:
    def read(tx: Connection) -> Call:
        rows = steps.of_batch(tx, batch.id)
        return Call(batch, rows, read_results(hand, tx, rows))

    return hand.path.db.read(read)


def _commit(hand: Hand, outcome: Outcome) -> datetime | None:
    return min((later.moment for later in commit(hand, [outcome])), default=None)


def _repeat(hand: Hand, call: Call) -> datetime | None:
    """Make the same call again, unless AWS shows that the first one did it all."""
    action, now, rows = hand.action(call.batch.action), hand.path.now(), call.rows
    try:
        with in_haste(rows):
            seen = action.look(hand.path.world(hand.operation), call.batch.place, [row.step for row in rows])
    except AwsError:
        return _give_up_or(hand, call, now + patience(call.batch.tries))
    compared = compare(rows, seen)
    if len(compared.already) == len(rows):
        return _commit(hand, Outcome(call, Called("")))
    if compared.different and _was_not_made(action) and not call.is_way_back:
        hand.path.db.write(lambda tx: _plan_anew(hand, tx, call))
        return None
    again = hand.path.db.write(lambda tx: _intend_again(hand, tx, call))
    return _commit(hand, explain(hand, make(hand, again)))


def _was_not_made(action: Action) -> bool:
    """Whether what AWS shows tells that the call was not carried out, when it is not so already.

    Nothing carries its token, or what it was to destroy is there: then the plan is looked at anew, since
    what it went by may be gone, such as the newer generations.
    """
    return action.replay is Replay.BY_TAG or action.risk is Risk.DESTROY


def _plan_anew(hand: Hand, tx: Connection, call: Call) -> None:
    """Its steps are looked at again, and end as skipped when the difference stays."""
    operations.still_ours(tx, hand.held)
    withdraw(hand, tx, [call], NOT_DONE)


def _may_repeat(hand: Hand, replay: Replay, call: Call) -> bool:
    """A way back is repeated as often as it takes, also after a cancel."""
    if replay is Replay.AT_MOST_ONCE:
        return False
    if call.is_way_back:
        return True
    if call.batch.tries >= hand.path.limits.repeats:
        return False
    return not hand.path.db.read(lambda tx: operations.still_ours(tx, hand.held))


def _give_up_or(hand: Hand, call: Call, later: datetime) -> datetime | None:
    """Looking failed too: later again, within the action's own time limit."""
    past = hand.path.now() - call.batch.intended > hand.action(call.batch.action).within
    if past and not call.is_way_back:
        _unknown(hand, call)
        return None
    return later


def _intend_again(hand: Hand, tx: Connection, call: Call) -> Call:
    operations.still_ours(tx, hand.held)
    again = replace(call, batch=batches.try_again(tx, call.batch, hand.path.now()))
    audit.write(tx, *lines(hand, again, f"{again.batch.token}, try {again.batch.tries}"))
    return again


def _unknown(hand: Hand, call: Call) -> None:
    why = _("the answer was cut off and may not be asked for again: please look at it in AWS")

    def change(tx: Connection) -> None:
        operations.still_ours(tx, hand.held)
        batches.answer(tx, BatchState.UNKNOWN, [Answer(call.batch, error=why)], hand.path.now())
        finish(hand, tx, call.rows, StepState.UNKNOWN, why)

    hand.path.db.write(change)
