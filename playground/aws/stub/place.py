"""What one account holds in one region of the stub."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from playground.aws.stub import xml
from playground.aws.stub.table import Row, Table

_INSTANCE = frozenset({"instance-id", "instance-state-name", "instance-type", "availability-zone"})
_VOLUME = frozenset({"volume-id", "attachment.instance-id", "status", "availability-zone"})
_SNAPSHOT = frozenset({"snapshot-id", "volume-id", "status", "owner-id", "description", "storage-tier"})
_IMAGE = frozenset({"image-id", "name", "state", "block-device-mapping.snapshot-id"})


@dataclass(slots=True)
class Place:
    """The instances, volumes, snapshots and images of an account in a region."""

    account: str
    region: str
    now: Callable[[], float]  # seconds
    elsewhere: Callable[[str], "Place"]  # the same account in another region
    completes_after: float = 0.0  # seconds from the creation of a snapshot; 0: at once
    instances: Table = field(default_factory=lambda: Table(xml.instance, _INSTANCE))
    volumes: Table = field(default_factory=lambda: Table(xml.volume, _VOLUME))
    snapshots: Table = field(default_factory=lambda: Table(xml.snapshot, _SNAPSHOT))
    images: Table = field(default_factory=lambda: Table(xml.image, _IMAGE))
    _coming: deque[tuple[float, str]] = field(default_factory=deque)  # when it completes, which
    _made: int = 0

    def take(self, volume: Row, description: str, tags: Mapping[str, str]) -> Row:
        """Begin a snapshot of a volume."""
        row = self.keep(volume.id, volume.fields["size"], description, tags, self._first_status())
        if self.completes_after:
            self._coming.append((self.now() + self.completes_after, row.id))
        return row

    def copy(self, source: Row, description: str, tags: Mapping[str, str]) -> Row:
        """Begin a copy of a snapshot; its volume's id is arbitrary, as CopySnapshot's page says."""
        row = self.keep("vol-ffffffff", source.fields["volume-size"], description, tags, self._first_status())
        if self.completes_after:
            self._coming.append((self.now() + self.completes_after, row.id))
        return row

    def keep(
        self, volume: str, size: str, description: str, tags: Mapping[str, str], status: str = "completed",
        started: datetime | None = None,
    ) -> Row:  # fmt: skip
        """Write a snapshot down."""
        self._made += 1
        fields = {
            "snapshot-id": self.id("snap", self._made), "volume-id": volume, "status": status,
            "owner-id": self.account, "volume-size": size, "description": description,
            "storage-tier": "standard",
            "start-time": (started or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        }  # fmt: skip
        return self.snapshots.add(fields["snapshot-id"], fields, dict(tags))

    def tables(self) -> tuple[Table, ...]:
        """Return everything that can carry tags."""
        return self.instances, self.volumes, self.snapshots, self.images

    def ripen(self) -> None:
        """Complete the snapshots whose time has come; those deleted meanwhile are forgotten."""
        while self._coming and self._coming[0][0] <= self.now():
            _, id_ = self._coming.popleft()
            if id_ in self.snapshots.rows:
                self.snapshots.change(self.snapshots.rows[id_], {"status": "completed"})

    def id(self, kind: str, number: int) -> str:
        """Return an id that names its account, so that ids of two places differ."""
        region = sum(self.region.encode()) % 256
        return f"{kind}-{int(self.account) % 0xFFFF:04x}{region:02x}{number:011x}"

    def _first_status(self) -> str:
        return "pending" if self.completes_after else "completed"
