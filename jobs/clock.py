"""The clock: APScheduler looks when something is due, and a due time becomes an ask.

APScheduler keeps nothing that matters, so its memory job store is enough: which runs were seen to are
rows, and the ask's unique key lets one win however many clocks there are.  It has one job, which looks at
all schedules there are at that moment: one that was added, paused or removed a moment ago is like any other.
"""

import logging
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from bot.flow.path import Path
from bot.schedule import Schedule
from bot.store import schedules
from jobs import asking, leaving

log = logging.getLogger("toban.clock")
LOOKS = 3
"""At the same time: one that takes long, since the machine is busy, may not swallow the next due time."""


class Clock:
    """The clock of one process; `ask_due` is what it does, and needs no thread."""

    def __init__(self, path: Path) -> None:
        """Ready to start; reads and writes nothing yet."""
        self._path = path
        self._scheduler: Any = None  # APScheduler 3 carries no types

    def note(self) -> None:
        """Take up the schedules: a new one counts from now on, an edited one is enabled again."""
        now, known = self._path.now(), self._known()

        def change(tx: Connection) -> None:
            for one in known:
                schedules.note(tx, one.name, one.digest, now)

        self._path.db.write(change)

    def ask_due(self, until: datetime) -> tuple[int, ...]:
        """Ask all that fell due up to a moment, which counts as now; the numbers of what began.

        For tests and for a clock that is pushed; comes after `note`.
        """
        asked = [asking.ask_due(self._path, one, until) for one in self._known()]
        return tuple(number for number in asked if number is not None)

    def start(self) -> None:
        """Take up the schedules, catch up what fell due while toban was down, and go on from there."""
        from jobs.pulse import Pulse  # noqa: PLC0415 - 20 ms that nobody at the doors waits for
        from jobs.scheduler import scheduler  # noqa: PLC0415

        self.note()
        pulse = Pulse(self._known, self._path.now)
        self._scheduler = scheduler(LOOKS)
        self._scheduler.add_job(self._look, pulse, next_run_time=datetime.now(UTC))
        self._scheduler.add_job(self._see_who_left, "interval", seconds=leaving.LOOK_EVERY.total_seconds())
        self._scheduler.start()

    def stop(self) -> None:
        """Ask nothing new, and wait for an ask that is in hand; may be called twice."""
        if self._scheduler and self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _known(self) -> tuple[Schedule, ...]:
        return tuple(self._path.schedules.values())

    def _see_who_left(self) -> None:
        """What it raises is logged by APScheduler, and the next look tries again."""
        leaving.look(self._path)

    def _look(self) -> None:
        """One look of APScheduler's; one schedule that fails keeps no other from its time."""
        for one in self._known():
            try:
                asking.ask_due(self._path, one, self._path.now())
            except Exception:  # the edge of a thread: the next look tries again
                log.exception(
                    "schedule %s was not looked at", one.name, extra={"action": "clock.look-failed"}
                )
