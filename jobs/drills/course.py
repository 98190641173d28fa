"""How far a drill is, by where its steps stand.  Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.drill import TIMER
from bot.operation import STEP_ENDS, StepRow, StepState
from bot.store.marks import DRILL


@dataclass(frozen=True, slots=True)
class Course:
    """Which of the faults and ways back were called, and which have ended."""

    broken: bool  # a fault may be in: its call was made, or may have been
    returning: bool  # a way back was called
    restored: bool  # nothing is broken any more, or can be; never before something was
    lasting: bool = True  # there is something to put back: what has no way back ends by itself
    failed: tuple[StepRow, ...] = ()  # faults that did not go in
    stuck: tuple[StepRow, ...] = ()  # ways back that did not end well


def course(rows: Iterable[StepRow]) -> Course:
    """By the steps of its operation, the drill's own left out.

    A timer at AWS breaks nothing, but one that cannot be set is a fault that did not go in as planned.
    """
    of_drill = [row for row in rows if row.step.target.type != DRILL]
    timers = [row for row in of_drill if row.step.target.type == TIMER and not row.step.undoes]
    every = [row for row in of_drill if row.step.target.type != TIMER]
    back = [row for row in every if row.step.undoes]
    faults = [row for row in every if not row.step.undoes]
    broken = any(_called(row) for row in faults)
    return Course(
        broken=broken,
        returning=any(_called(row) for row in back),
        restored=broken and all(row.state in STEP_ENDS for row in back or faults),
        lasting=bool(back) or not faults,
        failed=tuple(row for row in (*timers, *faults) if row.state in {StepState.FAILED, StepState.UNKNOWN}),
        stuck=tuple(row for row in back if row.state in {StepState.FAILED, StepState.UNKNOWN}),
    )


def _called(row: StepRow) -> bool:
    return row.batch is not None
