"""One call to AWS: its intent is committed before it, its outcome after.

What happens when the process dies: before the intent's commit nothing was done; after it the batch is
INTENDED, the call may have happened, and `recover` goes by the action's replay rule; after the
outcome's commit the steps are AWAITING, and their waits find them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Connection

from aws.errors import AwsError
from aws.pace import way_back
from bot.command import Action, Batch, Called
from bot.flow.lines import of_steps
from bot.flow.path import Path
from bot.operation import Operation, StepRow, StepState
from bot.store import audit, outbox, steps
from bot.store.audit import Event
from bot.store.batches import BatchRow
from bot.store.operations import Claim
from bot.store.ready import Lane
from bot.words import Words

Rows = tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class Hand:
    """One worker's hold on one operation while it carries it out."""

    path: Path
    held: Claim
    operation: Operation

    def action(self, name: str) -> Action:
        """The action of this name."""
        return self.path.actions[name]


@dataclass(frozen=True, slots=True)
class Call:
    """One call whose intent is committed."""

    batch: BatchRow
    rows: Rows
    results: Mapping[str, str]  # step key -> what an earlier step made

    @property
    def lane(self) -> Lane:
        """The calls it goes with."""
        return Lane(self.batch.action, self.batch.place)

    @property
    def is_way_back(self) -> bool:
        """Whether nothing may stop it."""
        return is_way_back(self.rows)

    def as_batch(self) -> Batch:
        """What its action sees of it."""
        steps_ = tuple(row.step for row in self.rows)
        return Batch(self.batch.operation, self.batch.token, self.batch.place, steps_, self.results)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A call and what AWS said to it."""

    call: Call
    said: Called | AwsError
    because: Mapping[str, Words] = field(default_factory=dict)  # step key -> its refusal, explained


def make(hand: Hand, call: Call) -> Outcome:
    """Make the call whose intent is committed."""
    action = hand.action(call.batch.action)
    try:
        with in_haste(call.rows):
            return Outcome(call, action.call(hand.path.world(hand.operation), call.as_batch()))
    except AwsError as error:
        return Outcome(call, error)


def read_results(hand: Hand, tx: Connection, rows: Rows) -> Mapping[str, str]:
    """What the steps made that these go by."""
    keys = {
        key
        for row in rows
        for key in (*row.step.needs, *row.step.follows, row.step.undoes)
        if key  # undoes: most steps undo nothing
    }
    return steps.results(tx, hand.held.number, keys)


def is_way_back(rows: Rows) -> bool:
    """Whether a call with these steps is made whatever happens.  Pure."""
    return any(row.step.undoes for row in rows)


def in_haste(rows: Rows) -> AbstractContextManager[None]:
    """A way back may also take the tokens of EC2's buckets that are kept for it."""
    return way_back() if is_way_back(rows) else nullcontext()


def patience(tries: int) -> timedelta:
    """How long to wait after so many tries: 2, 4, 8 … at most 60 seconds.  Pure."""
    return timedelta(seconds=min(2 ** min(tries, 6), 60))


def finish(hand: Hand, tx: Connection, rows: Rows, to: StepState, why: Words) -> None:
    """End these steps for one reason, and say so in the audit log."""
    finish_each(hand, tx, [(row, why) for row in rows], to)


def finish_each(hand: Hand, tx: Connection, ended: Sequence[tuple[StepRow, Words]], to: StepState) -> None:
    """End these steps, each for its own reason, and say so in the audit log."""
    if not ended:
        return
    now, of = hand.path.now(), hand.operation
    steps.move_each(tx, to, now, {row.id: why for row, why in ended})
    for why, rows in _alike(ended).items():
        done = [row.step for row in rows]
        audit.write(tx, *of_steps(of, Event.STEP_ENDED, now, done, outcome=to, detail=str(why)))
    outbox.touch(tx, hand.held.number, now, progress=True)


def _alike(ended: Iterable[tuple[StepRow, Words]]) -> dict[Words, list[StepRow]]:
    alike: dict[Words, list[StepRow]] = defaultdict(list)
    for row, why in ended:
        alike[why].append(row)
    return alike
