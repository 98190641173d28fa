"""How long images take: pending with their snapshots, then available or failed; unseen at first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground.aws.clock import Clock
from playground.aws.kms import DENIED
from playground.aws.snapshots import SnapshotTimes

if TYPE_CHECKING:
    from moto.ec2.models.elastic_block_store import Snapshot

    from playground.aws.local_image import LocalImage

_BROKEN = {
    "Code": "Server.InternalError",
    "Message": "Server.InternalError: Internal error",
}
_DENIED = {"Code": "Client.InternalError", "Message": f"Client.InternalError: {DENIED}"}


@dataclass(frozen=True, slots=True)
class _Running:
    image: "LocalImage"
    snapshot_ids: tuple[str, ...]
    due: float | None  # on the clock; None: until released
    reason: dict[str, str] | None  # the StateReason it fails with


@dataclass(slots=True)
class ImageTimes:
    """The images under way, and how long the next ones will take."""

    clock: Clock
    snapshots: SnapshotTimes
    takes: float | None = 0.0  # seconds until available; None: until released
    hidden: float = 0.0  # seconds during which DescribeImages does not know a new image
    failing: int = 0  # so many of the next images end as "failed"
    _running: dict[str, _Running] = field(default_factory=dict)
    _seen_from: dict[str, float] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget every image; the next ones are available at once."""
        self.takes, self.hidden, self.failing = 0.0, 0.0, 0
        self._running.clear()
        self._seen_from.clear()

    def begin(self, image: "LocalImage", made: Sequence["Snapshot"], is_copy: bool = False) -> None:
        """An image was created, or copied, with these snapshots just now."""
        now = self.clock.now()
        image.state = "pending"
        for snapshot in made:
            self.snapshots.begin_with_image(snapshot, self.takes)
        due = None if self.takes is None else now + self.takes
        ids = tuple(snapshot.id for snapshot in made)
        self._running[image.id] = _Running(image, ids, due, self._failure(is_copy))
        self._seen_from[image.id] = now + self.hidden

    def settle(self) -> None:
        """Bring every image whose time is over to its end."""
        now = self.clock.now()
        for one in list(self._running.values()):
            if one.due is not None and now >= one.due:
                self._finish(one)

    def release(self, ids: tuple[str, ...] = ()) -> int:
        """End these images under way now (none named: all); return how many there were."""
        chosen = [one for key, one in self._running.items() if not ids or key in ids]
        for one in chosen:
            self._finish(one)
        return len(chosen)

    def forget(self, image_id: str) -> None:
        """The image was deregistered; its snapshots go on by themselves."""
        self._running.pop(image_id, None)

    def is_visible(self, image_id: str) -> bool:
        """Return whether DescribeImages knows the image by now."""
        return self.clock.now() >= self._seen_from.get(image_id, 0.0)

    def _failure(self, is_copy: bool) -> dict[str, str] | None:
        if is_copy and self.snapshots.take_denial():
            return _DENIED
        if self.failing <= 0:
            return None
        self.failing -= 1
        return _BROKEN

    def _finish(self, one: _Running) -> None:
        del self._running[one.image.id]
        one.image.state = "failed" if one.reason else "available"
        one.image.state_reason = one.reason
        for snapshot in one.snapshot_ids:
            self.snapshots.end_with_image(snapshot, "error" if one.reason else "completed")
