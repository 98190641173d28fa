"""EBS snapshots of our own: look at them, create, copy, archive and delete them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aws.errors import speaking_plainly
from aws.filters import batches, by_tags
from aws.page import SIZE, emptied, pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import SnapshotInfoTypeDef, SnapshotResponseTypeDef, SnapshotTypeDef


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An EBS snapshot as toban talks about it; the words are EC2's own."""

    id: str
    name: str  # the Name tag, or "" when there is none
    volume_id: str  # of the volume it was taken from; arbitrary for a copy
    state: str  # pending, completed, error, recoverable, recovering
    message: str  # why it is in error, as EC2 says it; "" mostly
    progress: str  # such as "87%"
    tier: str  # standard; archive cannot be restored from before it is brought back
    started: datetime  # in UTC; what it holds is the volume at this moment
    size_gib: int  # of the volume, not of what is stored
    encrypted: bool
    description: str
    tags: Tags
    full_bytes: int = 0  # of all blocks that it stands for, as if it were the only one; 0: EC2 does not say


@dataclass(frozen=True, slots=True)
class Created:
    """Snapshots just begun, mostly pending."""

    request_id: str
    snapshots: tuple[Snapshot, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A copy just begun."""

    request_id: str
    id: str


def find(
    ec2: "EC2Client",
    *,
    ids: Sequence[str] = (),
    volume_ids: Sequence[str] = (),
    tags: Sequence[tuple[str, str]] = (),
    states: Sequence[str] = (),
) -> Iterator[Snapshot]:
    """Yield our own snapshots that match everything given; with nothing given, all of them.

    Those that others share with us or the world are never among them.  Tag values may hold `*` and
    `?`; an empty one means any.  An id that does not exist is simply absent.  Raises AwsError.
    """
    wanted = {
        "snapshot-id": tuple(ids),
        "volume-id": tuple(volume_ids),
        "status": tuple(states),
        **by_tags(tags),
    }
    paginator = ec2.get_paginator("describe_snapshots")
    for filters in batches(wanted):
        found = paginator.paginate(OwnerIds=["self"], Filters=filters, PaginationConfig={"PageSize": SIZE})
        for page in pages("listing snapshots", found):
            yield from map(_snapshot, emptied(page["Snapshots"]))


def create_of_instance(
    ec2_once: "EC2Client",
    instance_id: str,
    *,
    tags: Mapping[str, str],
    description: str,
    exclude_volume_ids: Sequence[str] = (),
    exclude_boot_volume: bool = False,
) -> Created:
    """Begin snapshots of all volumes of an instance but the excluded: one consistent set, one call.

    Each gets the tags of its volume as well.  The root volume cannot be excluded by its id.  Not
    repeatable: needs a client that does not repeat; look for the tags before another try.  Raises
    AwsError.
    """
    with speaking_plainly(f"creating snapshots of {instance_id}"):
        reply = ec2_once.create_snapshots(
            InstanceSpecification={
                "InstanceId": instance_id,
                "ExcludeBootVolume": exclude_boot_volume,
                "ExcludeDataVolumeIds": list(exclude_volume_ids),
            },
            Description=description,
            TagSpecifications=Tags.of(tags).written("snapshot"),
            CopyTagsFromSource="volume",
        )
    return Created(reply["ResponseMetadata"]["RequestId"], tuple(map(_snapshot, reply["Snapshots"])))


def create_of_volume(
    ec2_once: "EC2Client", volume_id: str, *, tags: Mapping[str, str], description: str
) -> Created:
    """Begin a snapshot of a volume.

    Not repeatable: needs a client that does not repeat; look for the tags before another try.
    Raises AwsError.
    """
    with speaking_plainly(f"creating a snapshot of {volume_id}"):
        reply = ec2_once.create_snapshot(
            VolumeId=volume_id,
            Description=description,
            TagSpecifications=Tags.of(tags).written("snapshot"),
        )
    return Created(reply["ResponseMetadata"]["RequestId"], (_snapshot(reply),))


def copy(
    ec2_once: "EC2Client",
    snapshot_id: str,
    source_region: str,
    *,
    tags: Mapping[str, str],
    description: str,
    kms_key_id: str = "",
) -> Made:
    """Begin a copy; the client is that of the region to copy to.  Encrypted by the key, if one is given.

    A key that may not be used is noticed by EC2 afterwards: the copy then ends in `error`.  Not
    repeatable: needs a client that does not repeat; look for the tags before another try.  Raises
    AwsError.
    """
    key: dict[str, Any] = {"Encrypted": True, "KmsKeyId": kms_key_id} if kms_key_id else {}
    with speaking_plainly(f"copying {snapshot_id} from {source_region}"):
        reply = ec2_once.copy_snapshot(
            SourceSnapshotId=snapshot_id,
            SourceRegion=source_region,
            Description=description,
            TagSpecifications=Tags.of(tags).written("snapshot"),
            **key,
        )
    return Made(reply["ResponseMetadata"]["RequestId"], reply["SnapshotId"])


def archive(ec2: "EC2Client", snapshot_id: str) -> str:
    """Begin to move a snapshot into the archive and return AWS's request id.  Raises AwsError."""
    with speaking_plainly(f"archiving {snapshot_id}"):
        reply = ec2.modify_snapshot_tier(SnapshotId=snapshot_id, StorageTier="archive")
    return reply["ResponseMetadata"]["RequestId"]


def delete(ec2: "EC2Client", snapshot_id: str) -> str:
    """Delete a snapshot for good and return AWS's request id.

    Raises NotFound when it is gone already, InUse when an image uses it, or another AwsError.
    """
    with speaking_plainly(f"deleting {snapshot_id}"):
        reply = ec2.delete_snapshot(SnapshotId=snapshot_id)
    return reply["ResponseMetadata"]["RequestId"]


def _snapshot(raw: "SnapshotTypeDef | SnapshotInfoTypeDef | SnapshotResponseTypeDef") -> Snapshot:
    tags = Tags.read(raw.get("Tags"))
    return Snapshot(
        id=raw["SnapshotId"],
        name=tags.name,
        volume_id=raw.get("VolumeId", ""),
        state=raw.get("State", "pending"),  # CreateSnapshots need not say it
        message=str(raw.get("StateMessage", "")),
        progress=raw.get("Progress", ""),
        tier=str(raw.get("StorageTier", "standard")),
        started=raw["StartTime"],
        size_gib=raw.get("VolumeSize", 0),
        encrypted=raw.get("Encrypted", False),
        description=raw.get("Description", ""),
        tags=tags,
        full_bytes=int(str(raw.get("FullSnapshotSizeInBytes", 0))),
    )
