"""Copies of snapshots in the local AWS: arbitrary volumes, keys, limits, and KMS's late no."""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import PRODUCTION
from tests.playground.aws.test_snapshot_times import look, take

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


@pytest.fixture
def there(aws: LocalAws) -> "EC2Client":
    client: EC2Client = aws.client("ec2", account=PRODUCTION, region="us-east-1")
    return client


@pytest.fixture
def snapshot(ec2: "EC2Client", volume: str) -> str:
    made = take(ec2, volume)
    look(ec2, made)  # ... which completes it
    return made


def copy(there: "EC2Client", snapshot: str, **more: Any) -> str:
    return there.copy_snapshot(SourceRegion="ap-northeast-1", SourceSnapshotId=snapshot, **more)["SnapshotId"]


def test_a_copy_has_its_own_tags_and_an_arbitrary_volume(
    ec2: "EC2Client", there: "EC2Client", snapshot: str
) -> None:
    tags: Any = [{"ResourceType": "snapshot", "Tags": [{"Key": "toban:copy-of", "Value": snapshot}]}]
    made = look(there, copy(there, snapshot, TagSpecifications=tags, Description="a copy"))
    assert made["Tags"] == [{"Key": "toban:copy-of", "Value": snapshot}]
    assert (made["VolumeId"], made["VolumeSize"]) == ("vol-ffffffff", look(ec2, snapshot)["VolumeSize"])
    assert (made["Description"], made["OwnerId"]) == ("a copy", PRODUCTION)


def test_a_copy_shows_its_progress(aws: LocalAws, there: "EC2Client", snapshot: str) -> None:
    aws.control.copies_take(100)
    made = copy(there, snapshot)
    aws.control.advance(42)
    assert (look(there, made)["State"], look(there, made)["Progress"]) == ("pending", "42%")
    aws.control.advance(60)
    assert look(there, made)["State"] == "completed"


def test_a_copy_can_be_encrypted_with_a_key_of_the_destination(there: "EC2Client", snapshot: str) -> None:
    plain, default = copy(there, snapshot), copy(there, snapshot, Encrypted=True)
    chosen = copy(there, snapshot, Encrypted=True, KmsKeyId="alias/backup")
    assert look(there, plain)["Encrypted"] is False
    assert look(there, default)["KmsKeyId"].startswith(f"arn:aws:kms:us-east-1:{PRODUCTION}:key/")
    assert look(there, chosen)["KmsKeyId"] == f"arn:aws:kms:us-east-1:{PRODUCTION}:alias/backup"


def test_a_key_needs_encryption(there: "EC2Client", snapshot: str) -> None:
    with pytest.raises(ClientError, match="InvalidParameterDependency"):
        copy(there, snapshot, KmsKeyId="alias/backup")


def test_a_copy_of_something_encrypted_is_encrypted(ec2: "EC2Client", there: "EC2Client") -> None:
    made = ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=10, Encrypted=True)["VolumeId"]
    original = take(ec2, made)
    assert look(ec2, original)["KmsKeyId"].startswith("arn:aws:kms:ap-northeast-1:")
    assert look(there, copy(there, original))["KmsKeyId"].startswith("arn:aws:kms:us-east-1:")


def test_kms_says_no_only_later(aws: LocalAws, there: "EC2Client", snapshot: str) -> None:
    aws.control.copies_take(100)
    aws.control.deny_copies_by_kms(1)
    denied, other = copy(there, snapshot), copy(there, snapshot)
    assert look(there, denied)["State"] == "pending"
    aws.control.advance(101)
    assert look(there, denied)["State"] == "error"
    assert look(there, denied)["StateMessage"] == "Given key ID is not accessible"
    assert look(there, other)["State"] == "completed"


def test_twenty_copies_go_to_a_region_at_once(
    aws: LocalAws, ec2: "EC2Client", there: "EC2Client", snapshot: str
) -> None:
    aws.control.copies_take(None)
    made = [copy(there, snapshot) for _ in range(20)]
    with pytest.raises(ClientError, match=r"ResourceLimitExceeded.*limit is 20"):
        copy(there, snapshot)
    assert look(ec2, copy(ec2, snapshot))["State"] == "pending"  # another destination has its own
    aws.control.release_snapshots(made[:1])
    assert look(there, copy(there, snapshot))["State"] == "pending"


def test_what_is_not_there_is_not_copied(there: "EC2Client") -> None:
    with pytest.raises(ClientError, match=r"InvalidSnapshot\.NotFound"):
        copy(there, "snap-0123456789abcdef0")


def test_five_snapshots_of_a_volume_are_pending_at_once(
    aws: LocalAws, ec2: "EC2Client", instance: str, volume: str
) -> None:
    aws.control.snapshots_take(None)
    made = [take(ec2, volume) for _ in range(5)]
    with pytest.raises(ClientError, match="ConcurrentSnapshotLimitExceeded"):
        take(ec2, volume)
    with pytest.raises(ClientError, match="ConcurrentSnapshotLimitExceeded"):
        ec2.create_snapshots(InstanceSpecification={"InstanceId": instance})
    aws.control.release_snapshots(made[:1])
    assert look(ec2, take(ec2, volume))["State"] == "pending"


def test_the_root_volume_is_not_left_out_by_its_id(ec2: "EC2Client", instance: str, volume: str) -> None:
    with pytest.raises(ClientError, match="ExcludeBootVolume"):
        ec2.create_snapshots(InstanceSpecification={"InstanceId": instance, "ExcludeDataVolumeIds": [volume]})


def test_a_pending_snapshot_may_be_deleted_and_makes_room(
    aws: LocalAws, ec2: "EC2Client", volume: str
) -> None:
    aws.control.snapshots_take(None)
    made = [take(ec2, volume) for _ in range(5)]
    ec2.delete_snapshot(SnapshotId=made[0])
    assert look(ec2, take(ec2, volume))["State"] == "pending"
