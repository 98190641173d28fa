"""The last stage: when no step can move any more, say how it ended; the sum is the count."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.flow import mail
from bot.flow.lines import of_operation
from bot.flow.path import Path
from bot.flow.tell import tell
from bot.operation import STEP_ENDS, State, StepState
from bot.store import audit, moments, operations, ready, steps
from bot.store.audit import Event
from bot.store.operations import Claim
from bot.words import Words

IN_WORDS = (StepState.DONE, StepState.FAILED, StepState.SKIPPED, StepState.UNKNOWN)


def settle(
    path: Path, tx: Connection, held: Claim, later: datetime | None, reason: Words | None = None
) -> None:
    """End the operation, for this reason, or let go of it until `later`, or until its waits wake it."""
    operation = operations.guard(tx, held)
    counts = steps.counts(tx, held.number)
    if counts.keys() - STEP_ENDS:
        operations.release(tx, held, later or _next(path, tx, held.number, counts))
        return
    state = verdict(counts, cancelled=bool(operation.cancelled_by))
    operations.move(tx, held.number, state, path.now(), reason=reason)
    detail = ", ".join(f"{counts.get(one, 0)} {one}" for one in IN_WORDS)
    audit.write(tx, of_operation(operation, Event.ENDED, path.now(), outcome=state, detail=detail))
    mail.ended(path, tx, held.number)
    if reason is None:  # otherwise a mistake of ours ended it, and may be in those very words
        tell(path, tx, operation)


def verdict(counts: Mapping[StepState, int], *, cancelled: bool) -> State:
    """How an operation ended, from where its steps ended.  Pure."""
    done, total = counts.get(StepState.DONE, 0), sum(counts.values())
    if counts.get(StepState.UNKNOWN):
        return State.UNKNOWN
    if cancelled and counts.get(StepState.SKIPPED):
        return State.CANCELLED
    if done == total:
        return State.DONE
    return State.PARTLY if done else State.FAILED


def _next(path: Path, tx: Connection, number: int, counts: Mapping[StepState, int]) -> datetime | None:
    """Now, when a call has no answer or something can be called; or at a moment; or its waits will say."""
    something = StepState.SENT in counts or ready.lanes(tx, number) or ready.is_lost(tx, number)
    return path.now() if something else moments.upcoming(tx, number)
