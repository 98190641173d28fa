"""What stories of images, restores and the archive begin with, and what there is of them afterwards."""

from datetime import datetime, timedelta
from typing import Any

from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO, run_instances

OREGON = "us-west-2"
LAST_WEEK = datetime(2026, 11, 14, 16, 0)  # noqa: DTZ001 - as moto keeps it


def images(aws: LocalAws) -> tuple[str, tuple[str, ...]]:
    """An instance, and two images that toban made of it, the older one first."""
    (instance,) = run_instances(aws, 1, {"env": "dev"})
    own = {"toban:operation": "0", "toban:kind": "image", "toban:instance": instance}
    tags = [{"Key": key, "Value": value} for key, value in own.items()]
    kinds = [{"ResourceType": kind, "Tags": tags} for kind in ("image", "snapshot")]
    ec2, made = aws.client("ec2", account=ACCOUNT, region=TOKYO), []
    for name in ("older", "newer"):
        made.append(ec2.create_image(InstanceId=instance, Name=name, TagSpecifications=kinds)["ImageId"])
    aws.control.settle()
    backend = aws.backend("ec2", ACCOUNT, TOKYO)
    for nights, one in enumerate(made):
        backend.amis[one].creation_date = LAST_WEEK + timedelta(days=nights)
    return instance, tuple(made)


def an_instance_with_images(aws: LocalAws) -> str:
    """The id of an instance of which toban made two images."""
    return images(aws)[0]


def an_image(aws: LocalAws) -> str:
    """The id of the older one of two images."""
    return images(aws)[1][0]


def a_snapshot(aws: LocalAws) -> str:
    """The id of a snapshot of a loose volume."""
    ec2 = aws.client("ec2", account=ACCOUNT, region=TOKYO)
    volume = ec2.create_volume(AvailabilityZone=f"{TOKYO}a", Size=8)["VolumeId"]
    return str(ec2.create_snapshot(VolumeId=volume)["SnapshotId"])


def there(aws: LocalAws) -> dict[str, object]:
    """Images with the keys of their tags, volumes and tiers, without ids and times, by moto's state."""
    aws.control.settle()
    found: dict[str, object] = {}
    for region in (TOKYO, OREGON):
        backend = aws.backend("ec2", ACCOUNT, region)
        found[f"images {region}"] = sorted((one.state, _keys(one)) for one in backend.amis.values())
        found[f"volumes {region}"] = sorted(
            (one.status, one.size, _keys(one)) for one in backend.volumes.values()
        )
        found[f"tiers {region}"] = sorted(one.storage_tier for one in backend.snapshots.values())
    return found


def _keys(one: Any) -> list[str]:
    return sorted(tag["key"] for tag in one.get_tags())
