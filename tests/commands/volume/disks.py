"""Volumes on the table."""

from datetime import timedelta
from typing import Any

from tests.commands.desk import DEV_ID, TOKYO, Desk


def loose(desk: Desk, gib: int = 8, kind: str = "gp3", *, account: str = DEV_ID, **tags: str) -> str:
    """A volume that is attached to nothing; its id."""
    listed = [{"Key": key.replace("__", ":"), "Value": value} for key, value in tags.items()]
    specified = [{"ResourceType": "volume", "Tags": listed}] if listed else []
    more: dict[str, Any] = {"Iops": 1000} if kind in ("io1", "io2") else {}
    made = desk.ec2(account).create_volume(
        AvailabilityZone=f"{TOKYO}a", Size=gib, VolumeType=kind, TagSpecifications=specified, **more
    )
    return str(made["VolumeId"])


def kept(desk: Desk, volume: str) -> Any:
    """A volume as moto keeps it."""
    return desk.local.backend("ec2", DEV_ID, TOKYO).volumes[volume]


def there(desk: Desk) -> set[str]:
    """The volumes there are."""
    return {one["VolumeId"] for one in desk.ec2().describe_volumes()["Volumes"]}


def modified(desk: Desk, volume: str, *, hours_ago: float, state: str = "completed") -> None:
    """Somebody modified a volume so long before the desk's now."""
    desk.ec2().modify_volume(VolumeId=volume, VolumeType="gp2")
    (last,) = kept(desk, volume).modifications
    last.start_time = (desk.house.time() - timedelta(hours=hours_ago)).replace(tzinfo=None)
    last.is_now = state
