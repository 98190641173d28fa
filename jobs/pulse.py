"""When the clock looks at a schedule again: at its next due time, and in between every minute.

The looks in between notice a clock that was set, or a machine that slept: a wait of APScheduler's does
not run on meanwhile.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.triggers.base import BaseTrigger

from bot.schedule import Schedule
from jobs.due import next_due

LOOK_EVERY = timedelta(minutes=1)
HAIR = timedelta(
    milliseconds=20
)  # a look a hair too early would find nothing, and the next comes a minute later


class Pulse(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 carries no types
    """A trigger of APScheduler's; `now` may be another clock than APScheduler's own."""

    def __init__(self, schedule: Schedule, now: Callable[[], datetime]) -> None:
        self._schedule = schedule
        self._now = now

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """The next look, always later than APScheduler's `now`."""
        here = self._now()
        due = next_due(self._schedule, here)
        return now + (LOOK_EVERY if due is None else min(due - here + HAIR, LOOK_EVERY))
