"""How long snapshots take: pending with progress, then completed or failed; unseen at first."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playground.aws.clock import Clock
from playground.aws.kms import DENIED

if TYPE_CHECKING:
    from moto.ec2.models.elastic_block_store import Snapshot

_BROKEN = "An internal error occurred"


@dataclass(frozen=True, slots=True)
class _Running:
    snapshot: "Snapshot"
    started: float
    takes: float | None  # seconds; None: until released
    end: str  # the status it comes to: "completed" or "error"
    is_copy: bool = False


@dataclass(slots=True)
class SnapshotTimes:
    """The snapshots under way, and how long the next ones will take."""

    clock: Clock
    takes: float | None = 0.0  # seconds to completion; None: until released
    copies_take: float | None = 0.0  # seconds, of copies; None: until released
    hidden: float = 0.0  # seconds during which DescribeSnapshots does not know a new snapshot
    failing: int = 0  # so many of the next snapshots end as "error"
    failing_of: set[str] = field(default_factory=set)  # volumes whose next snapshot ends as "error"
    denied_by_kms: int = 0  # so many of the next copies end as "error", for the key is not accessible
    _running: dict[str, _Running] = field(default_factory=dict)
    _seen_from: dict[str, float] = field(default_factory=dict)
    _messages: dict[str, str] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget every snapshot; the next ones complete at once."""
        self.takes, self.copies_take, self.hidden = 0.0, 0.0, 0.0
        self.failing, self.denied_by_kms = 0, 0
        for forgotten in (self.failing_of, self._running, self._seen_from, self._messages):
            forgotten.clear()

    def begin(self, snapshot: "Snapshot") -> None:
        """A snapshot was created just now."""
        fails = self.failing > 0 or snapshot.volume_id in self.failing_of
        self.failing = max(0, self.failing - 1)
        self.failing_of.discard(snapshot.volume_id)
        self._begin(_Running(snapshot, self.clock.now(), self.takes, "error" if fails else "completed"))

    def begin_copy(self, snapshot: "Snapshot") -> None:
        """A copy was asked for just now; what KMS says of it shows only later."""
        end = "completed"
        if self.take_denial():
            end, self._messages[snapshot.id] = "error", DENIED
        elif self.failing > 0:
            end, self.failing = "error", self.failing - 1
        self._begin(_Running(snapshot, self.clock.now(), self.copies_take, end, is_copy=True))

    def begin_with_image(self, snapshot: "Snapshot", takes: float | None) -> None:
        """An image's snapshot was begun just now; it ends with its image."""
        self._begin(_Running(snapshot, self.clock.now(), takes, "completed"))

    def end_with_image(self, snapshot_id: str, end: str) -> None:
        """An image ended, and this snapshot of it with it."""
        one = self._running.get(snapshot_id)
        if one is not None:
            self._finish(one, end)

    def forget(self, snapshot_id: str) -> None:
        """The snapshot was deleted, which a pending one may be."""
        self._running.pop(snapshot_id, None)

    def take_denial(self) -> bool:
        """Return whether KMS denies the copy that is asked for now, and count it."""
        if self.denied_by_kms <= 0:
            return False
        self.denied_by_kms -= 1
        return True

    def pending_of(self, volume_id: str) -> int:
        """Return how many snapshots of the volume are under way, copies aside."""
        running = self._running.values()
        return sum(not one.is_copy and one.snapshot.volume_id == volume_id for one in running)

    def copies_to(self, backend: Any) -> int:
        """Return how many copies to this account and region are under way."""
        return sum(one.is_copy and one.snapshot.ec2_backend is backend for one in self._running.values())

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

    def message(self, snapshot: "Snapshot") -> str | None:
        """Return the StateMessage of a failed snapshot."""
        return self._messages.get(snapshot.id, _BROKEN) if snapshot.status == "error" else None

    def is_visible(self, snapshot: "Snapshot") -> bool:
        """Return whether DescribeSnapshots knows the snapshot by now."""
        return self.clock.now() >= self._seen_from.get(snapshot.id, 0.0)

    def _begin(self, one: _Running) -> None:
        one.snapshot.status = "pending"
        self._running[one.snapshot.id] = one
        self._seen_from[one.snapshot.id] = one.started + self.hidden

    def _finish(self, one: _Running, end: str) -> None:
        one.snapshot.status = end
        del self._running[one.snapshot.id]
