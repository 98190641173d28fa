"""How long databases take to start and stop, and AWS starting them again after seven days."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from moto.core.utils import utcnow

from playground.aws.clock import Clock

NOTED = {"available": "DB instance started", "stopped": "DB instance stopped"}
"""What RDS notes at the end (RDS-EVENT-0088, RDS-EVENT-0087)."""
LONGEST = timedelta(days=7)  # a database may be stopped ("Stopping an Amazon RDS DB instance temporarily")


@dataclass(frozen=True, slots=True)
class _Moving:
    database: Any
    due: float | None  # on the clock; None: until released
    end: str  # "available" or "stopped"


@dataclass(slots=True)
class DatabaseTimes:
    """The databases that are starting or stopping, and how long the next ones will take."""

    clock: Clock
    start_takes: float | None = 0.0  # seconds; None: until released
    stop_takes: float | None = 0.0  # seconds; None: until released
    _moving: dict[str, _Moving] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget every database; the next starts and stops happen at once."""
        self.start_takes = self.stop_takes = 0.0
        self._moving.clear()

    def begin_start(self, database: Any) -> None:
        """The database was told to start, by somebody or by AWS."""
        database.automatic_restart_time = None
        self._move(database, "starting", self.start_takes, "available")

    def begin_stop(self, database: Any) -> None:
        """The database was told to stop."""
        database.automatic_restart_time = utcnow() + LONGEST
        self._move(database, "stopping", self.stop_takes, "stopped")

    def settle(self) -> None:
        """Bring every database whose time is over to its end."""
        now = self.clock.now()
        for one in list(self._moving.values()):
            if one.due is not None and now >= one.due:
                self._finish(one)

    def release(self, names: tuple[str, ...] = ()) -> int:
        """Let databases arrive now (none named: all); return how many did."""
        chosen = [one for one in self._moving.values() if not names or _name(one.database) in names]
        for one in chosen:
            self._finish(one)
        return len(chosen)

    def _move(self, database: Any, status: str, takes: float | None, end: str) -> None:
        database.status = status
        due = None if takes is None else self.clock.now() + takes
        self._moving[database.db_instance_arn] = _Moving(database, due, end)

    def _finish(self, one: _Moving) -> None:
        del self._moving[one.database.db_instance_arn]
        one.database.status = one.end
        note(one.database, NOTED[one.end])


def note(database: Any, message: str) -> None:
    """Let RDS note something of a database; moto knows a few events only."""
    database.backend.add_event("DB_INSTANCE_CREATE", database)
    noted = database.backend.events[-1]
    noted.message, noted.event_categories = message, ["notification"]


def _name(database: Any) -> str:
    return str(database.db_instance_identifier)
