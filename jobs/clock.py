"""The clock: APScheduler looks when something is due, and a due time becomes an ask.

APScheduler keeps nothing that matters, so its memory job store is enough: which runs were seen to are
rows, and the ask's unique key lets one win however many clocks there are.
"""

from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Connection

from bot.flow.path import Path
from bot.schedule import Schedule
from bot.store import schedules
from jobs import asking
from jobs.pulse import Pulse


class Clock:
    """The clock of one process; `ask_due` is what it does, and needs no thread."""

    def __init__(self, path: Path) -> None:
        """Ready to start; reads and writes nothing yet."""
        self._path = path
        self._schedules = tuple(path.schedules.values())
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(2)},
            # late is better than never: what is too late, the schedule's own grace decides
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def note(self) -> None:
        """Take up the config's schedules: a new one counts from now on, an edited one is enabled again."""
        now = self._path.now()

        def change(tx: Connection) -> None:
            for one in self._schedules:
                schedules.note(tx, one.name, one.digest, now)

        self._path.db.write(change)

    def ask_due(self, until: datetime) -> tuple[int, ...]:
        """Ask all that fell due up to a moment, which counts as now; the numbers of what began.

        For tests and for a clock that is pushed; comes after `note`.
        """
        asked = [asking.ask_due(self._path, one, until) for one in self._schedules]
        return tuple(number for number in asked if number is not None)

    def start(self) -> None:
        """Take up the schedules, catch up what fell due while toban was down, and go on from there."""
        self.note()
        for one in self._schedules:
            self._scheduler.add_job(
                self._look, Pulse(one, self._path.now), (one,), id=one.name, next_run_time=datetime.now(UTC)
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Ask nothing new, and wait for an ask that is in hand; may be called twice."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _look(self, schedule: Schedule) -> None:
        """One look of APScheduler's; what it raises is logged there, and the next look tries again."""
        asking.ask_due(self._path, schedule, self._path.now())
