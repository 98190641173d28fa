"""Generations on the table: snapshots as toban made them, as others did, and images that use one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.commands.desk import DEV_ID, OREGON, TOKYO, Desk

OURS = [{"Key": "toban:operation", "Value": "7"}, {"Key": "toban:kind", "Value": "snapshot"}]
FIRST_NIGHT = datetime(2026, 11, 1, 16, 0, tzinfo=UTC)


@dataclass
class Shelf:
    """The snapshots of one volume."""

    desk: Desk
    volume: str

    def add(self, night: int, *, ours: bool = True, state: str = "completed") -> str:
        """A snapshot taken in the n-th night."""
        control = self.desk.local.control
        control.snapshots_take(None if state == "pending" else 0)
        control.fail_snapshots(int(state == "error"))
        tags = OURS if ours else [{"Key": "Name", "Value": "by hand"}]
        made = self.desk.ec2().create_snapshot(
            VolumeId=self.volume, TagSpecifications=[{"ResourceType": "snapshot", "Tags": tags}]
        )
        control.snapshots_take(0)
        self._kept(made["SnapshotId"]).start_time = FIRST_NIGHT + timedelta(days=night)
        return str(made["SnapshotId"])

    def use(self, snapshot: str) -> str:
        """An image that uses this snapshot; moto's use one of their own, and have no such filter."""
        made = self.desk.ec2().register_image(Name=f"of {snapshot}", RootDeviceName="/dev/sda1")
        image = self.desk.local.backend("ec2", DEV_ID, TOKYO).amis[made["ImageId"]]
        image.ebs_snapshot, image.get_filter_value = self._kept(snapshot), lambda *_: snapshot
        return str(made["ImageId"])

    def mark(self, **tags: str) -> None:
        """Tags on the volume, as people write them: a `_` of the name is a colon, `__` a hyphen."""
        listed = [
            {"Key": key.replace("__", "-").replace("_", ":", 1), "Value": value}
            for key, value in tags.items()
        ]
        self.desk.ec2().create_tags(Resources=[self.volume], Tags=listed)

    def copies(self) -> list[str]:
        """The ids of the copies of this volume's snapshots in Oregon."""
        wanted = [{"Name": "tag:toban:volume", "Values": [self.volume]}]
        found = self.desk.ec2(region=OREGON).describe_snapshots(OwnerIds=["self"], Filters=wanted)
        return [one["SnapshotId"] for one in found["Snapshots"]]

    def there(self) -> list[str]:
        """The ids of the snapshots of this volume that exist now."""
        wanted = [{"Name": "volume-id", "Values": [self.volume]}]
        found = self.desk.ec2().describe_snapshots(OwnerIds=["self"], Filters=wanted)["Snapshots"]
        return [one["SnapshotId"] for one in found]

    def _kept(self, snapshot: str) -> Any:
        return self.desk.local.backend("ec2", DEV_ID, TOKYO).snapshots[snapshot]
