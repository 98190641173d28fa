"""Orders for snapshots and images: how long they take, and how they end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import RLock

from playground.aws.clock import Clock
from playground.aws.images import ImageTimes
from playground.aws.snapshots import SnapshotTimes
from playground.aws.times import Times


@dataclass(slots=True)
class BackupOrders:
    """What may be ordered of backups.  Times are seconds of the local AWS's own clock."""

    clock: Clock = field(default_factory=Clock)
    lock: RLock = field(default_factory=RLock)
    times: Times = field(init=False)

    def __post_init__(self) -> None:
        self.times = Times(self.clock)

    @property
    def snapshots(self) -> SnapshotTimes:
        """The snapshots under way."""
        return self.times.snapshots

    @property
    def images(self) -> ImageTimes:
        """The images under way."""
        return self.times.images

    def snapshots_take(self, seconds: float | None, hidden: float = 0.0) -> None:
        """Let new snapshots, copies too, be pending so long (None: until released), unseen for `hidden`."""
        self.snapshots.takes = self.snapshots.copies_take = seconds
        self.snapshots.hidden = hidden

    def copies_take(self, seconds: float | None) -> None:
        """Let new copies of snapshots be pending so long (None: until released), unlike other snapshots."""
        self.snapshots.copies_take = seconds

    def release_snapshots(self, ids: Sequence[str] = (), end: str | None = None) -> int:
        """End pending snapshots now, all or these, as "completed" or "error"; return how many."""
        with self.lock:
            return self.snapshots.release(tuple(ids), end)

    def fail_snapshots(self, count: int = 1) -> None:
        """Let the next `count` snapshots end as "error"."""
        self.snapshots.failing = count

    def fail_next_snapshot_of(self, volume_id: str) -> None:
        """Let the next snapshot of this volume end as "error"."""
        self.snapshots.failing_of.add(volume_id)

    def deny_copies_by_kms(self, count: int = 1) -> None:
        """Let the next `count` copies, of snapshots or images, be taken on, and fail for their key."""
        self.snapshots.denied_by_kms = count

    def images_take(self, seconds: float | None, hidden: float = 0.0) -> None:
        """Let new images be pending so long (None: until released), and unseen for `hidden`."""
        self.images.takes, self.images.hidden = seconds, hidden

    def release_images(self, ids: Sequence[str] = ()) -> int:
        """End pending images now, all or these, with their snapshots; return how many."""
        with self.lock:
            return self.images.release(tuple(ids))

    def fail_images(self, count: int = 1) -> None:
        """Let the next `count` images, and their snapshots, fail."""
        self.images.failing = count

    def tiers_take(self, seconds: float | None) -> None:
        """Let snapshots travel to the archive, and back, so long (None: until released)."""
        self.times.tiers.takes = seconds

    def release_tiers(self, ids: Sequence[str] = ()) -> int:
        """Let snapshots arrive in their tier now, all or these; return how many."""
        with self.lock:
            return self.times.tiers.release(tuple(ids))

    def fail_tiers(self, count: int = 1) -> None:
        """Let the next `count` archivals and restores fail."""
        self.times.tiers.failing = count

    def fast_restores_take(self, seconds: float | None) -> None:
        """Let new fast snapshot restores be optimizing so long (None: until released)."""
        self.times.fast_restores.takes = seconds

    def release_fast_restores(self) -> int:
        """Let every fast snapshot restore be enabled now; return how many were not."""
        with self.lock:
            return self.times.fast_restores.release()
