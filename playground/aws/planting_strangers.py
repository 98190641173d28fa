"""What others left in the estate: snapshots by other tools and by hand, images, and things forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from moto.ec2.utils import random_ami_id

from playground.aws.local_image import LocalImage, device, devices_of_instance
from playground.aws.planting import naive, night, take

_POLICY = "policy-0a1b2c3d4e5f60718"


def by_lifecycle_manager(backend: Any, volume: str, nights: int, today: datetime) -> tuple[str, ...]:
    """Snapshots as Data Lifecycle Manager makes them, newest first."""
    words = f"Created for policy: {_POLICY} schedule: Default Schedule"
    tags = {
        "aws:dlm:lifecycle-policy-id": _POLICY,
        "aws:dlm:lifecycle-schedule-name": "Default Schedule",
        "dlm:managed": "true",
    }
    return _each_night(nights, today, lambda when: take(backend, volume, when, words, tags))


def by_backup_service(backend: Any, volume: str, nights: int, today: datetime) -> tuple[str, ...]:
    """Snapshots as AWS Backup makes them, newest first."""
    arn = f"arn:aws:ec2:{backend.region_name}:{backend.account_id}:volume/{volume}"
    words, tags = "This snapshot is created by the AWS Backup service.", {"aws:backup:source-resource": arn}
    return _each_night(nights, today, lambda when: take(backend, volume, when, words, tags))


def by_hand(backend: Any, volume: str, words: str, days: int, today: datetime) -> str:
    """A snapshot somebody took before they changed something."""
    return str(take(backend, volume, today - timedelta(days=days), words, {"Name": words}).id)


def image(backend: Any, instance: Any, name: str, today: datetime) -> str:
    """An image of an instance that somebody made ten days ago."""
    key = random_ami_id()
    made = LocalImage(
        backend,
        devices_of_instance(backend, instance, key),
        key,
        instance=instance,
        name=name,
        description="",
    )
    made.creation_date, backend.amis[key] = naive(today - timedelta(days=10)), made
    for held in [key, *(each["Ebs"]["SnapshotId"] for each in made.devices)]:
        backend.tags[held].update({"Name": name})
        if held in backend.snapshots:
            backend.snapshots[held].start_time = made.creation_date
    return key


def stand_on(backend: Any, image_id: str, snapshot_id: str) -> None:
    """Let the image use this snapshot instead of those made for it."""
    standing = backend.amis[image_id]
    for each in standing.devices:
        del backend.snapshots[each["Ebs"]["SnapshotId"]]
    standing.devices = [device("/dev/sda1", backend.snapshots[snapshot_id])]


def forgotten(backend: Any, today: datetime) -> tuple[str, str]:
    """A volume that hangs on nothing, and a snapshot without tags whose volume is gone."""
    zone = f"{backend.region_name}a"
    volume = backend.create_volume(size=500, zone_name=zone, volume_type="gp2")
    volume.create_time = naive(today - timedelta(days=200))
    gone = backend.create_volume(size=50, zone_name=zone)
    snapshot = take(backend, gone.id, today - timedelta(days=400), "", {})
    backend.delete_volume(gone.id)
    return str(volume.id), str(snapshot.id)


def _each_night(nights: int, today: datetime, made: Callable[[datetime], Any]) -> tuple[str, ...]:
    return tuple(str(made(night(today, days)).id) for days in range(1, nights + 1))
