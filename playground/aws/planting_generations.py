"""The past of toban in the estate: its nightly snapshots, their copies, its weekly images.

The tags are those that toban writes (`commands/generations/tags.py`); a test compares them.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from moto.ec2.utils import random_ami_id

from playground.aws.ec2_copies import copy_of
from playground.aws.fleet import Planned
from playground.aws.kms import default_key
from playground.aws.local_image import LocalImage, devices_of_instance
from playground.aws.planting import naive, night, tags_of

_HOME = ZoneInfo("Asia/Tokyo")
_FIRST = 1200  # the number of the operation before those of the history


def nightly(
    backend: Any, one: Planned, volumes: tuple[str, ...], generations: int, today: datetime
) -> tuple[str, ...]:
    """Take a snapshot of each volume in each of so many nights; return them newest first."""
    made = []
    for days in range(generations, 0, -1):
        tags = _own(one) | _made_by(days, "snapshot", today)
        for volume in volumes:
            snapshot = backend.create_snapshot(volume, f"toban #{tags['toban:operation']}")
            snapshot.start_time = naive(night(today, days))
            snapshot.kms_key_id = backend.volumes[volume].kms_key_id
            backend.tags[snapshot.id].update(tags | {"toban:token": f"{tags['toban:operation']}-{volume}"})
            made.append(snapshot.id)
    return tuple(reversed(made))


def copies(source: Any, there: Any, snapshots: Iterable[str]) -> tuple[str, ...]:
    """Copy these snapshots, half an hour after they were taken; those that failed are left out."""
    return tuple(
        _copied(source.snapshots[key], source, there)
        for key in snapshots
        if source.snapshots[key].status == "completed"
    )


def weekly_images(backend: Any, one: Planned, instance: Any, count: int, today: datetime) -> tuple[str, ...]:
    """Make an image of a server in each of so many weeks; return them newest first."""
    return tuple(_image(backend, one, instance, 7 * week + 3, today) for week in range(count))


def _copied(original: Any, source: Any, there: Any) -> str:
    tags = source.tags[original.id]
    number = tags["toban:operation"]
    words = f"toban #{number}: {original.id} of {source.region_name}"
    made = copy_of(original, there, words, default_key(there) if original.encrypted else None)
    made.start_time = original.start_time + timedelta(minutes=30)
    there.tags[made.id].update(
        tags
        | {
            "toban:kind": "copy",
            "toban:volume": original.volume_id,
            "toban:copy-of": original.id,
            "toban:token": f"{number}-{original.id}",
        }
    )
    return str(made.id)


def _image(backend: Any, one: Planned, instance: Any, days: int, today: datetime) -> str:
    when, key = night(today, days), random_ami_id()
    tags = _own(one) | _made_by(days, "image", today) | {"toban:instance": instance.id}
    tags["toban:token"] = f"{tags['toban:operation']}-{instance.id}"
    devices = devices_of_instance(backend, instance, key)
    name = f"{one.name} {when.astimezone(_HOME):%Y-%m-%d %H.%M}"
    made = LocalImage(
        backend, devices, key, instance=instance, name=name, description=f"toban #{tags['toban:operation']}"
    )
    made.creation_date, backend.amis[key] = naive(when), made
    for each in devices:
        backend.snapshots[each["Ebs"]["SnapshotId"]].start_time = naive(when)
        backend.tags[each["Ebs"]["SnapshotId"]].update(tags)
    backend.tags[key].update(tags)
    return key


def _own(one: Planned) -> dict[str, str]:
    """Return what a server's snapshots take over from it; wishes stay where people wrote them."""
    return {key: value for key, value in tags_of(one).items() if not key.startswith("toban:")}


def _made_by(days: int, kind: str, today: datetime) -> dict[str, str]:
    """Return toban's tags; what was made today has no night, so that tonight's can be tried out now."""
    date = night(today, days).astimezone(_HOME).date()
    tags = {"toban:operation": str(_FIRST - days), "toban:kind": kind}
    return tags | ({"toban:night": f"{date}"} if date < today.astimezone(_HOME).date() else {})
