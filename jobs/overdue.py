"""What becomes of runs that fell due: the newest one happens if it is not too late, the others are missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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


def decide(found: Sequence[Due], now: datetime, grace: timedelta) -> Decision:
    """Decide about runs, the earliest first, of which the newest may begin `grace` late."""
    if not found:
        return Decision(None, ())
    *older, newest = found
    if now - newest.at <= grace:
        return Decision(newest, tuple(older))
    return Decision(None, tuple(found))
