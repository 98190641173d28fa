"""EBS volumes: look at them, make one of a snapshot, delete them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import TYPE_CHECKING, Any, cast

from aws.errors import speaking_plainly
from aws.filters import batches, by_tags
from aws.page import SIZE, emptied, pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.literals import VolumeTypeType
    from mypy_boto3_ec2.type_defs import VolumeTypeDef


@dataclass(frozen=True, slots=True)
class Volume:
    """An EBS volume as toban talks about it; the words are EC2's own."""

    id: str
    name: str  # the Name tag, or "" when there is none
    state: str  # creating, available, in-use, deleting, deleted, error
    size_gib: int
    type: str  # such as gp3
    encrypted: bool
    kms_key_id: str  # the key's ARN; "" when not encrypted
    zone: str  # such as eu-west-1a
    instance_id: str  # of the (first) instance it is attached to; "" when it is not
    tags: Tags
    fast_restored: bool = False  # made whole by Fast Snapshot Restore
    iops: int = 0  # provisioned, or of gp2 its baseline; 0 where EC2 does not say
    throughput: int = 0  # MiB/s, of gp3 only
    created: datetime | None = None  # in UTC


@dataclass(frozen=True, slots=True)
class Made:
    """A volume just begun."""

    request_id: str
    id: str


def find(
    ec2: "EC2Client",
    *,
    ids: Sequence[str] = (),
    instance_ids: Sequence[str] = (),
    tags: Sequence[tuple[str, str]] = (),
    states: Sequence[str] = (),
) -> Iterator[Volume]:
    """Yield the volumes that match everything given; with nothing given, all of them.

    Tag values may hold `*` and `?`; an empty one means any.  An id that does not exist is simply absent.
    Raises AwsError.
    """
    wanted = {
        "volume-id": ids,
        "attachment.instance-id": instance_ids,
        "status": states,
        **by_tags(tags),
    }
    paginator = ec2.get_paginator("describe_volumes")
    for filters in batches(wanted):
        found = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": SIZE})
        for page in pages("listing volumes", found):
            yield from map(_volume, emptied(page["Volumes"]))


def create(
    ec2: "EC2Client",
    snapshot_id: str,
    zone: str,
    *,
    type: str,  # noqa: A002 - EC2's word
    size_gib: int | None = None,
    tags: Mapping[str, str],
    token: str,
) -> Made:
    """Begin a volume of a snapshot in a zone; without a size, as large as the snapshot's volume was.

    The same token again makes no second volume.  Raises NotFound when the snapshot is gone, or another
    AwsError.
    """
    request: dict[str, Any] = {"Size": size_gib} if size_gib else {}
    with speaking_plainly(f"making a volume of {snapshot_id}"):
        reply = ec2.create_volume(
            SnapshotId=snapshot_id,
            AvailabilityZone=zone,
            VolumeType=cast("VolumeTypeType", type),
            TagSpecifications=Tags.of(tags).written("volume"),
            ClientToken=token,
            **request,
        )
    return Made(reply["ResponseMetadata"]["RequestId"], reply["VolumeId"])


def delete(ec2: "EC2Client", volume_id: str) -> str:
    """Delete a volume for good, with all that is on it, and return AWS's request id.

    Raises NotFound when it is gone already, InUse when it is attached, or another AwsError.
    """
    with speaking_plainly(f"deleting {volume_id}"):
        reply = ec2.delete_volume(VolumeId=volume_id)
    return reply["ResponseMetadata"]["RequestId"]


def _volume(raw: "VolumeTypeDef") -> Volume:
    tags = Tags.read(raw.get("Tags"))
    attached = [attachment.get("InstanceId", "") for attachment in raw.get("Attachments", [])]
    return Volume(
        id=raw["VolumeId"],
        name=tags.name,
        state=intern(raw["State"]),
        size_gib=raw["Size"],
        type=intern(raw["VolumeType"]),
        encrypted=raw["Encrypted"],
        kms_key_id=intern(raw.get("KmsKeyId", "")),
        zone=intern(raw["AvailabilityZone"]),
        instance_id=intern(attached[0]) if attached else "",
        tags=tags,
        fast_restored=raw.get("FastRestored", False),
        iops=raw.get("Iops", 0),
        throughput=raw.get("Throughput", 0),
        created=raw.get("CreateTime"),
    )
