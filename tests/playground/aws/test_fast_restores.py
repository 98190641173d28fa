"""Fast snapshot restores of the local AWS."""

from typing import TYPE_CHECKING

import pytest

from playground.aws.server import LocalAws
from tests.playground.aws.test_snapshot_times import look, take

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import EnableFastSnapshotRestoresResultTypeDef

ZONE = "ap-northeast-1a"


@pytest.fixture
def snapshot(ec2: "EC2Client", volume: str) -> str:
    made = take(ec2, volume)
    look(ec2, made)  # ... which completes it
    return made


def enable(ec2: "EC2Client", *snapshots: str) -> "EnableFastSnapshotRestoresResultTypeDef":
    return ec2.enable_fast_snapshot_restores(AvailabilityZones=[ZONE], SourceSnapshotIds=list(snapshots))


def states(ec2: "EC2Client") -> dict[str, str]:
    found = ec2.describe_fast_snapshot_restores()["FastSnapshotRestores"]
    return {one["SnapshotId"]: one["State"] for one in found}


def test_a_fast_restore_is_enabling_then_optimizing_then_enabled(
    aws: LocalAws, ec2: "EC2Client", snapshot: str
) -> None:
    aws.control.fast_restores_take(3600)
    assert enable(ec2, snapshot)["Successful"][0]["State"] == "enabling"
    assert states(ec2) == {snapshot: "enabling"}
    aws.control.advance(1800)
    assert states(ec2) == {snapshot: "optimizing"}
    aws.control.advance(1801)
    assert states(ec2) == {snapshot: "enabled"}


def test_a_held_fast_restore_is_released(aws: LocalAws, ec2: "EC2Client", snapshot: str) -> None:
    aws.control.fast_restores_take(None)
    enable(ec2, snapshot)
    assert states(ec2) == {snapshot: "optimizing"}
    assert aws.control.release_fast_restores() == 1
    assert states(ec2) == {snapshot: "enabled"}


def test_five_snapshots_of_a_region_can_be_fast(ec2: "EC2Client", volume: str) -> None:
    made = [take(ec2, volume) for _ in range(6)]
    answer = enable(ec2, *made)
    assert len(answer["Successful"]) == 5
    (problem,) = answer["Unsuccessful"]
    assert problem["SnapshotId"] == made[5]
    (why,) = problem["FastSnapshotRestoreStateErrors"]
    assert (why["AvailabilityZone"], why["Error"]["Code"]) == (ZONE, "FastSnapshotRestoreLimitExceeded")


def test_a_fast_restore_can_be_turned_off(ec2: "EC2Client", snapshot: str) -> None:
    enable(ec2, snapshot)
    ec2.disable_fast_snapshot_restores(AvailabilityZones=[ZONE], SourceSnapshotIds=[snapshot])
    assert states(ec2) == {}


def test_deleting_or_archiving_a_snapshot_turns_it_off(ec2: "EC2Client", volume: str, snapshot: str) -> None:
    other = take(ec2, volume)
    look(ec2, other)
    enable(ec2, snapshot, other)
    ec2.delete_snapshot(SnapshotId=snapshot)
    assert states(ec2) == {other: "enabled"}
    ec2.modify_snapshot_tier(SnapshotId=other, StorageTier="archive")
    assert states(ec2) == {}


def test_a_region_has_its_own(aws: LocalAws, ec2: "EC2Client", snapshot: str) -> None:
    enable(ec2, snapshot)
    assert states(aws.client("ec2", account="111111111111", region="us-east-1")) == {}
