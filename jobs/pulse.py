"""When the clock looks again: at the next due time of any schedule, and in between several times a minute.

The looks in between notice a clock that was set, a machine that slept, since a wait of APScheduler's does
not run on meanwhile, and a schedule that was added since the last look.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from apscheduler.triggers.base import BaseTrigger

from bot.schedule import Schedule
from jobs.due import next_due

LOOK_EVERY = timedelta(seconds=15)
HAIR = timedelta(
    milliseconds=20
)  # a look a hair too early would find nothing, and the next comes so much later


class Pulse(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 carries no types
    """A trigger of APScheduler's; `now` may be another clock than APScheduler's own."""

    def __init__(self, schedules: Callable[[], Iterable[Schedule]], now: Callable[[], datetime]) -> None:
        self._schedules = schedules
        self._now = now

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """The next look, always later than APScheduler's `now`."""
        here = self._now()
        ahead = [due - here + HAIR for one in self._schedules() if (due := _due(one, here))]
        return now + min([LOOK_EVERY, *ahead])


def _due(one: Schedule, after: datetime) -> datetime | None:
    try:
        return next_due(one, after)
    except LookupError:  # a zone that is gone from the database of zones; the look itself says so in the log
        return None
