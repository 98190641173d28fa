from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import PRODUCTION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import SnapshotTypeDef


def look(ec2: "EC2Client", snapshot: str) -> "SnapshotTypeDef":
    return ec2.describe_snapshots(SnapshotIds=[snapshot])["Snapshots"][0]


def take(ec2: "EC2Client", volume: str) -> str:
    return ec2.create_snapshot(VolumeId=volume)["SnapshotId"]


def test_a_snapshot_completes_at_once_unless_told_otherwise(ec2: "EC2Client", volume: str) -> None:
    made = ec2.create_snapshot(VolumeId=volume)
    assert made["State"] == "pending"
    assert look(ec2, made["SnapshotId"])["State"] == "completed"


def test_a_pending_snapshot_shows_its_progress(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.control.snapshots_take(100)
    snapshot = take(ec2, volume)
    aws.control.advance(42)
    assert look(ec2, snapshot)["State"] == "pending"
    assert 42 <= int(look(ec2, snapshot)["Progress"].rstrip("%")) < 99
    aws.control.advance(100)
    assert (look(ec2, snapshot)["State"], look(ec2, snapshot)["Progress"]) == ("completed", "100%")


def test_pending_snapshots_are_found_by_status(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.control.snapshots_take(100)
    snapshot = take(ec2, volume)
    found = ec2.describe_snapshots(Filters=[{"Name": "status", "Values": ["pending"]}])["Snapshots"]
    assert [one["SnapshotId"] for one in found] == [snapshot]


def test_a_held_snapshot_waits_until_it_is_released(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.control.snapshots_take(None)
    snapshot = take(ec2, volume)
    aws.control.advance(1_000_000)
    assert look(ec2, snapshot)["State"] == "pending"
    assert aws.control.release_snapshots() == 1
    assert look(ec2, snapshot)["State"] == "completed"


def test_the_next_snapshot_of_one_volume_fails_and_no_other(
    aws: LocalAws, ec2: "EC2Client", volume: str
) -> None:
    other = ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=8)["VolumeId"]
    aws.control.fail_next_snapshot_of(volume)
    taken = [take(ec2, one) for one in (other, volume, volume)]
    assert [look(ec2, one)["State"] for one in taken] == ["completed", "error", "completed"]


def test_a_snapshot_can_fail(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.control.fail_snapshots(1)
    first, second = take(ec2, volume), take(ec2, volume)
    assert look(ec2, first)["State"] == "error"
    assert look(ec2, second)["State"] == "completed"


def test_a_new_snapshot_may_be_unseen_for_a_while(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.control.snapshots_take(0, hidden=30)
    snapshot = take(ec2, volume)
    assert ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"] == []
    with pytest.raises(ClientError, match=r"InvalidSnapshot\.NotFound"):
        look(ec2, snapshot)
    aws.control.advance(30)
    assert look(ec2, snapshot)["State"] == "completed"


def test_the_snapshots_of_an_instance_copy_their_volumes_tags(
    ec2: "EC2Client", instance: str, volume: str
) -> None:
    ec2.create_tags(Resources=[volume], Tags=[{"Key": "service", "Value": "web"}])
    made = ec2.create_snapshots(
        InstanceSpecification={"InstanceId": instance},
        CopyTagsFromSource="volume",
        TagSpecifications=[{"ResourceType": "snapshot", "Tags": [{"Key": "by", "Value": "toban"}]}],
    )["Snapshots"]
    assert [{tag["Key"]: tag["Value"] for tag in one["Tags"]} for one in made] == [
        {"service": "web", "by": "toban"}
    ]


def test_data_volumes_can_be_left_out(ec2: "EC2Client", instance: str) -> None:
    data = ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=10)["VolumeId"]
    ec2.attach_volume(VolumeId=data, InstanceId=instance, Device="/dev/sdf")
    made = ec2.create_snapshots(
        InstanceSpecification={"InstanceId": instance, "ExcludeDataVolumeIds": [data]}
    )["Snapshots"]
    assert data not in [one["VolumeId"] for one in made]
    assert len(made) == 1


def test_pages_hold_what_was_asked_for_and_nothing_twice(ec2: "EC2Client", volume: str) -> None:
    made = {take(ec2, volume) for _ in range(12)}
    pages = list(ec2.get_paginator("describe_snapshots").paginate(PaginationConfig={"PageSize": 5}))
    assert [len(page["Snapshots"]) for page in pages] == [5, 5, 2]
    assert {one["SnapshotId"] for page in pages for one in page["Snapshots"]} == made


def test_ids_and_pages_do_not_go_together(ec2: "EC2Client", volume: str) -> None:
    with pytest.raises(ClientError, match="InvalidParameterCombination"):
        ec2.describe_snapshots(SnapshotIds=[take(ec2, volume)], MaxResults=5)


def test_snapshots_of_others_are_not_ones_own(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    mine, theirs = take(ec2, volume), take(ec2, volume)
    aws.backend("ec2", PRODUCTION, "ap-northeast-1").snapshots[theirs].owner_id = "999999999999"
    found = ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"]
    assert [one["SnapshotId"] for one in found] == [mine]


def test_a_snapshot_an_image_uses_cannot_be_deleted(ec2: "EC2Client", instance: str) -> None:
    image = ec2.create_image(InstanceId=instance, Name="web-golden")["ImageId"]
    snapshot = ec2.describe_snapshots()["Snapshots"][0]["SnapshotId"]
    with pytest.raises(ClientError, match=rf"InvalidSnapshot\.InUse.*{image}"):
        ec2.delete_snapshot(SnapshotId=snapshot)
    ec2.deregister_image(ImageId=image)
    ec2.delete_snapshot(SnapshotId=snapshot)
    assert ec2.describe_snapshots()["Snapshots"] == []


def test_no_volume_comes_from_a_pending_snapshot(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    aws.control.snapshots_take(100)
    snapshot = take(ec2, volume)
    with pytest.raises(ClientError, match="IncorrectState"):
        ec2.create_volume(AvailabilityZone="ap-northeast-1a", SnapshotId=snapshot)


def test_a_copy_takes_its_time_too(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    snapshot = take(ec2, volume)
    ec2.describe_snapshots()
    aws.control.snapshots_take(100)
    copy = ec2.copy_snapshot(SourceRegion="ap-northeast-1", SourceSnapshotId=snapshot)["SnapshotId"]
    assert look(ec2, copy)["State"] == "pending"


def test_a_thousand_tagged_snapshots_are_found_by_tag(aws: LocalAws, ec2: "EC2Client", volume: str) -> None:
    backend = aws.backend("ec2", PRODUCTION, "ap-northeast-1")
    for number in range(1000):
        backend.create_snapshot(volume, "").add_tags({"number": str(number), "by": "toban"})
    found = ec2.describe_snapshots(Filters=[{"Name": "tag:number", "Values": ["7", "77*"]}])["Snapshots"]
    assert {tag["Value"] for one in found for tag in one["Tags"]} == {"7", "77", "toban"} | {
        f"77{digit}" for digit in range(10)
    }
