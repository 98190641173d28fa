"""How long archiving a snapshot and restoring it take, and when a temporary restore is over."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from moto.core.utils import utcnow

from playground.aws.clock import Clock

if TYPE_CHECKING:
    from moto.ec2.models.elastic_block_store import Snapshot

ARCHIVAL, FOREVER, FOR_A_WHILE = "archival", "permanent-restore", "temporary-restore"
_DAY = 86_400.0  # seconds


@dataclass(frozen=True, slots=True)
class _Moving:
    snapshot: "Snapshot"
    operation: str  # ARCHIVAL, FOREVER or FOR_A_WHILE
    started: float
    takes: float | None  # seconds; None: until released
    fails: bool
    days: int = 0  # of a temporary restore


@dataclass(slots=True)
class TierTimes:
    """The snapshots that are on their way between storage tiers."""

    clock: Clock
    takes: float | None = 0.0  # seconds, up to 72 hours in AWS; None: until released
    failing: int = 0  # so many of the next moves fail
    _moving: dict[str, _Moving] = field(default_factory=dict)
    _lent: dict[str, tuple["Snapshot", float]] = field(default_factory=dict)  # restored until then

    def reset(self) -> None:
        """Forget every move; the next ones happen at once."""
        self.takes, self.failing = 0.0, 0
        self._moving.clear()
        self._lent.clear()

    def begin(self, snapshot: "Snapshot", operation: str, days: int = 0) -> None:
        """A snapshot was told to go to the archive, or to come back (for so many days)."""
        fails, self.failing = self.failing > 0, max(0, self.failing - 1)
        self._moving[snapshot.id] = _Moving(snapshot, operation, self.clock.now(), self.takes, fails, days)
        snapshot.last_tiering_start_time = utcnow()
        _say(snapshot, f"{operation}-in-progress", 0)

    def lend(self, snapshot: "Snapshot", days: int) -> None:
        """A temporary restore lasts so many days from now."""
        self._lent[snapshot.id] = (snapshot, self.clock.now() + days * _DAY)
        snapshot.restore_expiry_time = utcnow() + timedelta(days=days)

    def keep(self, snapshot: "Snapshot") -> None:
        """A temporarily restored snapshot stays for good."""
        self._lent.pop(snapshot.id, None)
        snapshot.restore_expiry_time = None
        _say(snapshot, f"{FOREVER}-completed", 100)

    def is_moving(self, snapshot: "Snapshot") -> bool:
        """Return whether an archival or a restore is under way."""
        return snapshot.id in self._moving

    def settle(self) -> None:
        """Bring every move whose time is over to its end, and what was lent back to the archive."""
        now = self.clock.now()
        for one in list(self._moving.values()):
            if one.takes is not None and now >= one.started + one.takes:
                self._finish(one)
            elif one.takes:
                one.snapshot.last_tiering_progress = int(100 * (now - one.started) / one.takes)
        for snapshot, until in list(self._lent.values()):
            if now >= until:
                del self._lent[snapshot.id]
                snapshot.storage_tier, snapshot.restore_expiry_time = "archive", None

    def release(self, ids: tuple[str, ...] = ()) -> int:
        """End these moves now (none named: all); return how many there were."""
        chosen = [one for key, one in self._moving.items() if not ids or key in ids]
        for one in chosen:
            self._finish(one)
        return len(chosen)

    def _finish(self, one: _Moving) -> None:
        del self._moving[one.snapshot.id]
        _say(one.snapshot, f"{one.operation}-{'failed' if one.fails else 'completed'}", 100)
        if one.fails:
            return
        one.snapshot.storage_tier = "archive" if one.operation == ARCHIVAL else "standard"
        if one.operation == ARCHIVAL:
            one.snapshot.archival_complete_time = utcnow()
        if one.operation == FOR_A_WHILE:
            self.lend(one.snapshot, one.days)


def _say(snapshot: "Snapshot", status: str, progress: int) -> None:
    snapshot.last_tiering_operation_status, snapshot.last_tiering_progress = status, progress
    snapshot.last_tiering_operation_status_detail = status.replace("-", " ").capitalize()
