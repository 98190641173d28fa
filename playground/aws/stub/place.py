"""What one account holds in one region of the stub."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from playground.aws.stub import xml
from playground.aws.stub.table import Row, Table

_ENVIRONMENTS = ("production", "staging", "dev", "dev")
_SERVICES = ("web", "api", "batch", "db", "search")


@dataclass(frozen=True, slots=True)
class Size:
    """How much each account has in each region."""

    instances: int = 100
    volumes: int = 1  # an instance
    snapshots: int = 0  # a volume


@dataclass(slots=True)
class Place:
    """The instances, volumes and snapshots of an account in a region."""

    account: str
    region: str
    instances: Table = field(
        default_factory=lambda: Table(
            xml.instance,
            frozenset({"instance-id", "instance-state-name", "instance-type", "availability-zone"}),
        )
    )
    volumes: Table = field(
        default_factory=lambda: Table(
            xml.volume, frozenset({"volume-id", "attachment.instance-id", "status", "availability-zone"})
        )
    )
    snapshots: Table = field(
        default_factory=lambda: Table(
            xml.snapshot, frozenset({"snapshot-id", "volume-id", "status", "owner-id", "description"})
        )
    )
    _made: int = 0

    def take(self, volume: Row, description: str, tags: dict[str, str]) -> Row:
        """Make a snapshot of a volume, complete at once."""
        self._made += 1
        fields = {
            "snapshot-id": self._id("snap", self._made), "volume-id": volume.id, "status": "completed",
            "owner-id": self.account, "volume-size": volume.fields["size"], "description": description,
            "start-time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        }  # fmt: skip
        return self.snapshots.add(fields["snapshot-id"], fields, tags)

    def fill(self, size: Size) -> "Place":
        """Build the estate of this size."""
        for number in range(size.instances):
            self._add_instance(number, size)
        return self

    def _add_instance(self, number: int, size: Size) -> None:
        service = _SERVICES[number % len(_SERVICES)]
        tags = {"Name": f"{service}-{number:05}", "env": _ENVIRONMENTS[number % 4], "service": service}
        id_, zone = self._id("i", number), f"{self.region}{'ac'[number % 2]}"
        volumes = [self._id("vol", number * size.volumes + place) for place in range(size.volumes)]
        fields = {
            "instance-id": id_, "instance-state-name": "running", "instance-type": "m7i.large",
            "availability-zone": zone, "owner-id": self.account, "volumes": " ".join(volumes),
        }  # fmt: skip
        self.instances.add(id_, fields, tags)
        for volume in volumes:
            row = self.volumes.add(volume, _volume(volume, id_, zone), dict(tags))
            for _ in range(size.snapshots):
                self.take(row, "daily", dict(tags))

    def _id(self, kind: str, number: int) -> str:
        """Return an id that names its account, so that ids of two places differ."""
        region = sum(self.region.encode()) % 256
        return f"{kind}-{int(self.account) % 0xFFFF:04x}{region:02x}{number:011x}"


def _volume(id_: str, instance: str, zone: str) -> dict[str, str]:
    return {
        "volume-id": id_, "attachment.instance-id": instance, "availability-zone": zone, "size": "30",
        "status": "in-use",
    }  # fmt: skip
