"""How long snapshots take: pending with progress, then completed or failed; unseen at first."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground.aws.clock import Clock

if TYPE_CHECKING:
    from moto.ec2.models.elastic_block_store import Snapshot


@dataclass(frozen=True, slots=True)
class _Running:
    snapshot: "Snapshot"
    started: float
    takes: float | None  # seconds; None: until released
    end: str  # the status it comes to: "completed" or "error"


@dataclass(slots=True)
class SnapshotTimes:
    """The snapshots under way, and how long the next ones will take."""

    clock: Clock
    takes: float | None = 0.0  # seconds to completion; None: until released
    hidden: float = 0.0  # seconds during which DescribeSnapshots does not know a new snapshot
    failing: int = 0  # so many of the next snapshots end as "error"
    _running: dict[str, _Running] = field(default_factory=dict)
    _seen_from: dict[str, float] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget every snapshot; the next ones complete at once."""
        self.takes, self.hidden, self.failing = 0.0, 0.0, 0
        self._running.clear()
        self._seen_from.clear()

    def begin(self, snapshot: "Snapshot") -> None:
        """A snapshot was created just now."""
        end = "error" if self.failing > 0 else "completed"
        self.failing = max(0, self.failing - 1)
        now = self.clock.now()
        self._seen_from[snapshot.id] = now + self.hidden
        snapshot.status = "pending"
        self._running[snapshot.id] = _Running(snapshot, now, self.takes, end)

    def settle(self) -> None:
        """Bring every snapshot whose time is over to its end."""
        now = self.clock.now()
        for one in list(self._running.values()):
            if one.takes is not None and now >= one.started + one.takes:
                self._finish(one, one.end)

    def release(self, ids: tuple[str, ...] = (), end: str | None = None) -> int:
        """End these snapshots under way now (none named: all); return how many there were."""
        chosen = [one for key, one in self._running.items() if not ids or key in ids]
        for one in chosen:
            self._finish(one, end or one.end)
        return len(chosen)

    def progress(self, snapshot: "Snapshot") -> str:
        """Return the progress as EC2 shows it: "42%"; a held one stands at 0%."""
        one = self._running.get(snapshot.id)
        if one is None:
            return "100%" if snapshot.status == "completed" else "0%"
        if not one.takes:
            return "0%"
        return f"{min(99, int(100 * (self.clock.now() - one.started) / one.takes))}%"

    def is_visible(self, snapshot: "Snapshot") -> bool:
        """Return whether DescribeSnapshots knows the snapshot by now."""
        return self.clock.now() >= self._seen_from.get(snapshot.id, 0.0)

    def _finish(self, one: _Running, end: str) -> None:
        one.snapshot.status = end
        del self._running[one.snapshot.id]
