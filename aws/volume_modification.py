"""Changes of EBS volumes while they are in use: type, IOPS, throughput.

Source: "Request Amazon EBS volume modifications" and "Monitor the progress of Amazon EBS volume
modifications", EBS user guide: a volume that was modified cannot be modified again for six hours; its new
performance is there from `optimizing` on, at the latest when it is `completed`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from aws.errors import speaking_plainly
from aws.filters import batches
from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.literals import VolumeTypeType
    from mypy_boto3_ec2.type_defs import VolumeModificationTypeDef

BETWEEN = timedelta(hours=6)  # two modifications of a volume
UNDER_WAY = ("modifying", "optimizing")
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Modification:
    """The newest modification of a volume; the words are EC2's own."""

    volume_id: str
    state: str  # modifying, optimizing, completed, failed
    type: str  # that it is to have
    progress: int  # percent
    started: datetime | None  # in UTC
    why: str  # it failed, or what is to be known; "" mostly


def find(ec2: "EC2Client", volume_ids: Sequence[str]) -> dict[str, Modification]:
    """The newest modification of each of these volumes, by its id; one that never had any is absent.

    EC2 forgets them after some time.  Raises AwsError.
    """
    newest: dict[str, Modification] = {}
    for one in _find(ec2, volume_ids):
        before = newest.get(one.volume_id)
        if before is None or (one.started and (not before.started or one.started >= before.started)):
            newest[one.volume_id] = one
    return newest


def _find(ec2: "EC2Client", volume_ids: Sequence[str]) -> Iterator[Modification]:
    if not volume_ids:  # no filter would mean every volume
        return
    paginator = ec2.get_paginator("describe_volumes_modifications")
    for filters in batches({"volume-id": volume_ids}):
        found = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": _PAGE})
        for page in pages("looking at modifications of volumes", found):
            yield from map(_modification, page["VolumesModifications"])


def begin(ec2: "EC2Client", volume_id: str, type: str, *, iops: int, throughput: int) -> str:  # noqa: A002 - EC2's
    """Ask EC2 to give a volume this type and performance; returns its request id long before it is done.

    Raises AwsError: Refused (IncorrectModificationState, VolumeModificationRateExceeded ...) while another
    one goes on, or too soon after it.
    """
    more: dict[str, Any] = {"Iops": iops, "Throughput": throughput}
    with speaking_plainly(f"modifying {volume_id}"):
        reply = ec2.modify_volume(VolumeId=volume_id, VolumeType=cast("VolumeTypeType", type), **more)
    return reply["ResponseMetadata"]["RequestId"]


def _modification(raw: "VolumeModificationTypeDef") -> Modification:
    return Modification(
        volume_id=raw.get("VolumeId", ""),
        state=raw.get("ModificationState", ""),
        type=raw.get("TargetVolumeType", ""),
        progress=raw.get("Progress", 0),
        started=raw.get("StartTime"),
        why=raw.get("StatusMessage", ""),
    )
