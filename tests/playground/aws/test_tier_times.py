"""Storage tiers of snapshots in the local AWS: archived, restored, lent for some days."""

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.playground.aws.test_snapshot_times import look, take

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import SnapshotTierStatusTypeDef

DAY = 86_400


@pytest.fixture
def snapshot(ec2: "EC2Client", volume: str) -> str:
    made = take(ec2, volume)
    look(ec2, made)  # ... which completes it
    return made


@pytest.fixture
def archived(ec2: "EC2Client", snapshot: str) -> str:
    ec2.modify_snapshot_tier(SnapshotId=snapshot, StorageTier="archive")
    assert look(ec2, snapshot)["StorageTier"] == "archive"
    return snapshot


def status(ec2: "EC2Client", snapshot: str) -> "SnapshotTierStatusTypeDef":
    wanted = [{"Name": "snapshot-id", "Values": [snapshot]}]
    return ec2.describe_snapshot_tier_status(Filters=wanted)["SnapshotTierStatuses"][0]  # type: ignore[arg-type] # a plain dict will do


def test_archiving_takes_its_time_and_the_snapshot_stays_usable_meanwhile(
    aws: LocalAws, ec2: "EC2Client", snapshot: str
) -> None:
    aws.control.tiers_take(100)
    ec2.modify_snapshot_tier(SnapshotId=snapshot, StorageTier="archive")
    aws.control.advance(42)
    seen = status(ec2, snapshot)
    assert (seen["LastTieringOperationStatus"], seen["LastTieringProgress"]) == ("archival-in-progress", 42)
    assert look(ec2, snapshot)["StorageTier"] == "standard"
    aws.control.advance(60)
    assert status(ec2, snapshot)["LastTieringOperationStatus"] == "archival-completed"
    assert look(ec2, snapshot)["StorageTier"] == "archive"


def test_no_volume_comes_from_an_archived_snapshot(ec2: "EC2Client", archived: str) -> None:
    with pytest.raises(ClientError, match="IncorrectState"):
        ec2.create_volume(AvailabilityZone="ap-northeast-1a", SnapshotId=archived)


def test_archiving_can_fail(aws: LocalAws, ec2: "EC2Client", snapshot: str) -> None:
    aws.control.fail_tiers(1)
    ec2.modify_snapshot_tier(SnapshotId=snapshot, StorageTier="archive")
    assert status(ec2, snapshot)["LastTieringOperationStatus"] == "archival-failed"
    assert look(ec2, snapshot)["StorageTier"] == "standard"


def test_a_pending_snapshot_is_not_archived(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.control.snapshots_take(100)
    with pytest.raises(ClientError, match="IncorrectState"):
        ec2.modify_snapshot_tier(SnapshotId=take(ec2, volume), StorageTier="archive")


def test_an_images_snapshot_is_archived_only_when_the_image_is_disabled(
    ec2: "EC2Client", instance: str
) -> None:
    image = ec2.create_image(InstanceId=instance, Name="web")["ImageId"]
    held = ec2.describe_snapshots()["Snapshots"][0]["SnapshotId"]
    with pytest.raises(ClientError, match=rf"InvalidSnapshot\.InUse.*{image}"):
        ec2.modify_snapshot_tier(SnapshotId=held, StorageTier="archive")
    ec2.disable_image(ImageId=image)
    ec2.modify_snapshot_tier(SnapshotId=held, StorageTier="archive")
    assert look(ec2, held)["StorageTier"] == "archive"


def test_an_archived_snapshot_comes_back_for_good(aws: LocalAws, ec2: "EC2Client", archived: str) -> None:
    aws.control.tiers_take(None)
    ec2.restore_snapshot_tier(SnapshotId=archived, PermanentRestore=True)
    assert status(ec2, archived)["LastTieringOperationStatus"] == "permanent-restore-in-progress"
    assert aws.control.release_tiers() == 1
    assert look(ec2, archived)["StorageTier"] == "standard"


def test_a_snapshot_restored_for_some_days_goes_back_by_itself(
    aws: LocalAws, ec2: "EC2Client", archived: str
) -> None:
    ec2.restore_snapshot_tier(SnapshotId=archived, TemporaryRestoreDays=2)
    assert status(ec2, archived)["LastTieringOperationStatus"] == "temporary-restore-completed"
    assert look(ec2, archived)["RestoreExpiryTime"] is not None
    aws.control.advance(1.5 * DAY)
    assert look(ec2, archived)["StorageTier"] == "standard"
    aws.control.advance(DAY)
    assert look(ec2, archived)["StorageTier"] == "archive"


def test_what_is_not_archived_is_not_restored(ec2: "EC2Client", snapshot: str) -> None:
    with pytest.raises(ClientError, match="IncorrectState"):
        ec2.restore_snapshot_tier(SnapshotId=snapshot, PermanentRestore=True)


def test_moves_are_found_by_what_was_done(ec2: "EC2Client", archived: str, volume: str) -> None:
    take(ec2, volume)
    wanted = [{"Name": "last-tiering-operation", "Values": ["archival-completed"]}]
    found = ec2.describe_snapshot_tier_status(Filters=wanted)["SnapshotTierStatuses"]  # type: ignore[arg-type] # a plain dict will do
    assert [one["SnapshotId"] for one in found] == [archived]
