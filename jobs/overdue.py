"""What becomes of runs that fell due: the newest one happens if it is not too late, the others are missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.schedule import Schedule
from jobs.due import Due


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about the runs of one schedule that fell due."""

    ask: Due | None
    missed: tuple[Due, ...]

    @property
    def newest_missed(self) -> Due | None:
        """The run that its channel must hear of: nothing came after it that made up for it."""
        return self.missed[-1] if self.missed and self.ask is None else None


def decide(schedule: Schedule, found: Sequence[Due], now: datetime) -> Decision:
    """Decide about runs, the earliest first, of which the newest may begin as late as the schedule bears.

    Hours are a state that shall hold: the newest change of them brings it about however late it is, and
    nothing is missed by leaving out those before it.
    """
    if not found:
        return Decision(None, ())
    *older, newest = found
    if schedule.hours is not None:
        return Decision(newest, ())
    if now - newest.at <= schedule.grace:
        return Decision(newest, tuple(older))
    return Decision(None, tuple(found))
