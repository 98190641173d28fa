"""What was put back before AWS showed it: nobody waits for it any more."""

from collections.abc import Iterable

from sqlalchemy import Connection

from bot.flow.call import Hand, finish
from bot.operation import StepRow, StepState
from bot.store import steps, waits
from bot.words import words

OVERTAKEN = words("it was put back before AWS showed it")


def overtake(hand: Hand, tx: Connection, rows: Iterable[StepRow]) -> None:
    """End the waits for what these steps have undone, if there are any."""
    keys = {row.step.undoes for row in rows if row.step.undoes}
    if not keys:
        return
    awaited = steps.rows(tx, hand.held.number, (StepState.AWAITING,))
    undone = tuple(row for row in awaited if row.step.key in keys)
    waits.end(tx, [row.id for row in undone])
    finish(hand, tx, undone, StepState.FAILED, OVERTAKEN)
