"""Before a call: what is to be called, committed with its audit lines; many calls in one commit."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.flow.call import Call, Hand, Rows
from bot.flow.lines import of_operation, of_steps
from bot.operation import BatchState
from bot.store import audit, batches, steps
from bot.store.audit import Event
from bot.store.batches import Answer, Intent
from bot.store.ready import Lane
from bot.words import Words
from bot.words import words as _

NOT_SENT = _("the call was not sent")
NOT_DONE = _("AWS shows that the call was not carried out")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One call that may be made: AWS was looked at, and shows what the plan saw."""

    rows: Rows
    results: Mapping[str, str]  # step key -> what an earlier step made

    @property
    def lane(self) -> Lane:
        """The calls it goes with."""
        step = self.rows[0].step
        return Lane(step.action, step.target.place)


def intend(hand: Hand, tx: Connection, wanted: Sequence[Wanted]) -> list[Call]:
    """Commit the intents to make these calls, with their audit lines."""
    if not wanted:
        return []
    now, number = hand.path.now(), hand.held.number
    intents = [_intent(number, one.rows) for one in wanted]
    made = batches.intend(tx, number, intents, now)
    calls = [Call(batch, one.rows, one.results) for batch, one in zip(made, wanted, strict=True)]
    steps.send(tx, {row.id: call.batch.id for call in calls for row in call.rows})
    audit.write(tx, *(line for call in calls for line in lines(hand, call, call.batch.token)))
    return calls


def _intent(number: int, rows: Rows) -> Intent:
    step = rows[0].step
    return Intent(step.action, step.target.place, f"toban-{number}-{uuid.uuid4().hex[:16]}")


def lines(hand: Hand, call: Call, detail: str) -> list[audit.Line]:
    """The audit lines of an intent: one for each step."""
    of, now = [row.step for row in call.rows], hand.path.now()
    return of_steps(hand.operation, Event.STEP_INTENDED, now, of, batch=call.batch.id, detail=detail)


def withdraw(hand: Hand, tx: Connection, calls: Sequence[Call], why: Words = NOT_SENT) -> None:
    """These were intended and certainly not carried out: their steps are planned as before."""
    if not calls:
        return
    now = hand.path.now()
    batches.answer(tx, BatchState.REFUSED, [Answer(one.batch, error=why) for one in calls], now)
    steps.plan_again(tx, [row.id for one in calls for row in one.rows])
    audit.write(tx, *(answer_line(hand, one, BatchState.REFUSED, detail=str(why)) for one in calls))


def answer_line(
    hand: Hand, call: Call, outcome: BatchState, request_id: str = "", detail: str = ""
) -> audit.Line:
    """The audit line of a call's outcome."""
    batch = call.batch
    return of_operation(
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
    )
