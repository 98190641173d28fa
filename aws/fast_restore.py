"""Fast Snapshot Restore: volumes that are whole from their first moment, for a price by the hour.

Sources: "Amazon EBS fast snapshot restore" of the EBS user guide (5 snapshots a region, 16 TiB, 60 minutes
for each TiB) and "How AWS pricing works", Amazon EBS ($0.75 an hour and zone in Northern Virginia; billed by
the minute, one hour at least).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aws.errors import Refused, speaking_plainly
from aws.filters import batches
from aws.page import pages
from aws.said import Said

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import (
        DisableFastSnapshotRestoreErrorItemTypeDef,
        EnableFastSnapshotRestoreErrorItemTypeDef,
    )

    _Unsuccessful = DisableFastSnapshotRestoreErrorItemTypeDef | EnableFastSnapshotRestoreErrorItemTypeDef

MOST_SNAPSHOTS = 5  # in a region, unless the quota was raised
OFF = ("disabling", "disabled")
_PAGE = 200


@dataclass(frozen=True, slots=True)
class FastRestore:
    """Fast Snapshot Restore of one snapshot in one zone."""

    snapshot_id: str
    zone: str
    state: str  # enabling, optimizing, enabled, disabling, disabled
    why: str  # the reason of the last change of state, as EC2 says it
    enabled: datetime | None  # since when, in UTC


def find(ec2: "EC2Client", snapshot_ids: Sequence[str] = ()) -> Iterator[FastRestore]:
    """Yield the pairs of snapshot and zone that EC2 knows; with none named, all of this region.

    Raises AwsError.
    """
    for filters in batches({"snapshot-id": snapshot_ids}):
        found = ec2.get_paginator("describe_fast_snapshot_restores").paginate(
            Filters=filters, PaginationConfig={"PageSize": _PAGE}
        )
        for page in pages("looking at Fast Snapshot Restore", found):
            for raw in page["FastSnapshotRestores"]:
                reason = raw.get("StateTransitionReason", "")
                enabled = raw.get("EnabledTime")
                yield FastRestore(raw["SnapshotId"], raw["AvailabilityZone"], raw["State"], reason, enabled)


def enable(ec2: "EC2Client", snapshot_id: str, zone: str) -> str:
    """Enable it and return AWS's request id; it takes about an hour for each TiB.

    Enabling what is enabled does no harm.  Raises Refused with AWS's reason, or another AwsError.
    """
    doing = f"enabling Fast Snapshot Restore of {snapshot_id} in {zone}"
    with speaking_plainly(doing):
        reply = ec2.enable_fast_snapshot_restores(SourceSnapshotIds=[snapshot_id], AvailabilityZones=[zone])
    return _well(doing, reply["Unsuccessful"], reply["ResponseMetadata"]["RequestId"])


def disable(ec2: "EC2Client", snapshot_id: str, zone: str) -> str:
    """Disable it, so that it costs nothing more, and return AWS's request id.

    Raises Refused with AWS's reason, also when it is not enabled, or another AwsError.
    """
    doing = f"disabling Fast Snapshot Restore of {snapshot_id} in {zone}"
    with speaking_plainly(doing):
        reply = ec2.disable_fast_snapshot_restores(SourceSnapshotIds=[snapshot_id], AvailabilityZones=[zone])
    return _well(doing, reply["Unsuccessful"], reply["ResponseMetadata"]["RequestId"])


def _well(doing: str, unsuccessful: "Sequence[_Unsuccessful]", request_id: str) -> str:
    """The call answers 200 also when it did nothing: its errors stand inside."""
    for item in unsuccessful:
        for fault in item["FastSnapshotRestoreStateErrors"]:
            said, code = fault["Error"].get("Message", ""), fault["Error"].get("Code", "")
            raise Refused(doing, Said(message=said, code=code, service="ec2", request_id=request_id))
    return request_id
