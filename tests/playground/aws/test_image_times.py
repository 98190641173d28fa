"""Images of the local AWS: their devices and tags, how long they take, how they go."""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import PRODUCTION

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import ImageTypeDef, SnapshotTypeDef

BOTH: Any = [
    {"ResourceType": "image", "Tags": [{"Key": "of", "Value": "image"}]},
    {"ResourceType": "snapshot", "Tags": [{"Key": "of", "Value": "snapshot"}]},
]


def look(ec2: "EC2Client", image: str) -> "ImageTypeDef":
    (found,) = ec2.describe_images(ImageIds=[image], IncludeDisabled=True)["Images"]
    return found


def snapshots_of(ec2: "EC2Client", image: str) -> "list[SnapshotTypeDef]":
    ids = [one["Ebs"]["SnapshotId"] for one in look(ec2, image)["BlockDeviceMappings"]]
    return ec2.describe_snapshots(SnapshotIds=ids)["Snapshots"]


def make(ec2: "EC2Client", instance: str, name: str = "web") -> str:
    made = ec2.create_image(InstanceId=instance, Name=name, NoReboot=True, TagSpecifications=BOTH)
    return made["ImageId"]


@pytest.fixture
def data(ec2: "EC2Client", instance: str) -> str:
    made = ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=500, VolumeType="gp3", Encrypted=True)
    ec2.attach_volume(VolumeId=made["VolumeId"], InstanceId=instance, Device="/dev/sdf")
    return made["VolumeId"]


def test_an_image_has_a_snapshot_of_each_of_its_instances_volumes(
    ec2: "EC2Client", instance: str, volume: str, data: str
) -> None:
    image = make(ec2, instance)
    devices = {one["DeviceName"]: one["Ebs"] for one in look(ec2, image)["BlockDeviceMappings"]}
    assert {name: (ebs["VolumeSize"], ebs["Encrypted"]) for name, ebs in devices.items()} == {
        "/dev/sda1": (8, False),
        "/dev/sdf": (500, True),
    }
    assert devices["/dev/sdf"]["VolumeType"] == "gp3"
    assert {one["VolumeId"] for one in snapshots_of(ec2, image)} == {volume, data}
    assert look(ec2, image)["SourceInstanceId"] == instance


def test_image_and_snapshots_carry_their_tags_from_the_start(ec2: "EC2Client", instance: str) -> None:
    image = make(ec2, instance)
    assert look(ec2, image)["Tags"] == [{"Key": "of", "Value": "image"}]
    assert [one["Tags"] for one in snapshots_of(ec2, image)] == [[{"Key": "of", "Value": "snapshot"}]]


def test_a_device_can_be_left_out(ec2: "EC2Client", instance: str, data: str) -> None:
    mappings: Any = [{"DeviceName": "/dev/sdf", "NoDevice": ""}]
    image = ec2.create_image(InstanceId=instance, Name="root", BlockDeviceMappings=mappings)["ImageId"]
    assert [one["DeviceName"] for one in look(ec2, image)["BlockDeviceMappings"]] == ["/dev/sda1"]


def test_an_image_is_pending_with_its_snapshots_until_its_time_is_over(
    aws: LocalAws, ec2: "EC2Client", instance: str
) -> None:
    aws.control.images_take(100)
    image = make(ec2, instance)
    aws.control.advance(42)
    assert look(ec2, image)["State"] == "pending"
    (snapshot,) = snapshots_of(ec2, image)
    assert (snapshot["State"], snapshot["Progress"]) == ("pending", "42%")
    aws.control.advance(100)
    assert look(ec2, image)["State"] == "available"
    assert [one["State"] for one in snapshots_of(ec2, image)] == ["completed"]


def test_a_held_image_is_released(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    aws.control.images_take(None)
    image = make(ec2, instance)
    aws.control.advance(1_000_000)
    assert look(ec2, image)["State"] == "pending"
    assert aws.control.release_images([image]) == 1
    assert look(ec2, image)["State"] == "available"


def test_an_image_can_fail_and_says_why(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    aws.control.fail_images(1)
    first, second = make(ec2, instance, "first"), make(ec2, instance, "second")
    assert look(ec2, first)["State"] == "failed"
    assert "Internal error" in look(ec2, first)["StateReason"]["Message"]
    assert [one["State"] for one in snapshots_of(ec2, first)] == ["error"]
    assert look(ec2, second)["State"] == "available"


def test_a_new_image_may_be_unseen_for_a_while(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    aws.control.images_take(0, hidden=30)
    image = make(ec2, instance)
    assert ec2.describe_images(Owners=["self"])["Images"] == []
    with pytest.raises(ClientError, match=r"InvalidAMIID\.NotFound"):
        look(ec2, image)
    aws.control.advance(30)
    assert look(ec2, image)["State"] == "available"


@pytest.mark.parametrize(
    ("name", "code"), [("web", r"InvalidAMIName\.Duplicate"), ("10:30", r"InvalidAMIName\.Malformed")]
)
def test_a_name_must_be_new_and_well_formed(ec2: "EC2Client", instance: str, name: str, code: str) -> None:
    make(ec2, instance, "web")
    with pytest.raises(ClientError, match=code):
        make(ec2, instance, name)


def test_without_no_reboot_the_instance_passes_its_checks_anew(
    aws: LocalAws, ec2: "EC2Client", instance: str
) -> None:
    ec2.describe_instances()  # ... by which time it runs
    aws.control.instances_take(checks=60)

    def checks() -> str:
        found = ec2.describe_instance_status(InstanceIds=[instance])["InstanceStatuses"]
        return found[0]["InstanceStatus"]["Status"]

    make(ec2, instance, "without")
    assert checks() == "ok"
    ec2.create_image(InstanceId=instance, Name="with")
    assert checks() == "initializing"


def test_deregistering_leaves_the_snapshots_unless_told_otherwise(ec2: "EC2Client", instance: str) -> None:
    first, second = make(ec2, instance, "first"), make(ec2, instance, "second")
    kept, gone = (snapshots_of(ec2, one)[0]["SnapshotId"] for one in (first, second))
    ec2.deregister_image(ImageId=first)
    answer = ec2.deregister_image(ImageId=second, DeleteAssociatedSnapshots=True)
    assert answer["DeleteSnapshotResults"] == [{"SnapshotId": gone, "ReturnCode": "success"}]
    assert [one["SnapshotId"] for one in ec2.describe_snapshots()["Snapshots"]] == [kept]


def test_a_snapshot_that_another_image_uses_is_kept(ec2: "EC2Client", instance: str) -> None:
    image = make(ec2, instance)
    shared = snapshots_of(ec2, image)[0]["SnapshotId"]
    mappings: Any = [{"DeviceName": "/dev/sda1", "Ebs": {"SnapshotId": shared}}]
    other = ec2.register_image(Name="other", RootDeviceName="/dev/sda1", BlockDeviceMappings=mappings)
    answer = ec2.deregister_image(ImageId=image, DeleteAssociatedSnapshots=True)
    assert answer["DeleteSnapshotResults"] == [{"SnapshotId": shared, "ReturnCode": "skipped"}]
    assert [one["SnapshotId"] for one in snapshots_of(ec2, other["ImageId"])] == [shared]


def test_a_deregistered_image_is_not_deregistered_again(ec2: "EC2Client", instance: str) -> None:
    image = make(ec2, instance)
    ec2.deregister_image(ImageId=image)
    with pytest.raises(ClientError, match=r"InvalidAMIID\.Unavailable"):
        ec2.deregister_image(ImageId=image)


def test_a_disabled_image_is_seen_only_by_who_asks_for_disabled_ones(ec2: "EC2Client", instance: str) -> None:
    image = make(ec2, instance)
    ec2.disable_image(ImageId=image)
    assert ec2.describe_images(Owners=["self"])["Images"] == []
    assert look(ec2, image)["State"] == "disabled"
    ec2.enable_image(ImageId=image)
    assert [one["ImageId"] for one in ec2.describe_images(Owners=["self"])["Images"]] == [image]


def test_images_come_in_pages(ec2: "EC2Client", instance: str) -> None:
    made = {make(ec2, instance, f"web {number}") for number in range(5)}
    pages = list(ec2.get_paginator("describe_images").paginate(PaginationConfig={"PageSize": 2}))
    assert [len(page["Images"]) for page in pages] == [2, 2, 1]
    assert {one["ImageId"] for page in pages for one in page["Images"]} == made


def test_a_copy_of_an_image_brings_its_snapshots_and_its_tags(
    aws: LocalAws, ec2: "EC2Client", instance: str, data: str
) -> None:
    image = make(ec2, instance)
    look(ec2, image)
    there = aws.client("ec2", account=PRODUCTION, region="us-east-1")
    aws.control.images_take(100)
    copy = there.copy_image(
        SourceRegion="ap-northeast-1",
        SourceImageId=image,
        Name="web",
        CopyImageTags=True,
        TagSpecifications=[{"ResourceType": "snapshot", "Tags": [{"Key": "copy", "Value": "yes"}]}],
    )["ImageId"]
    assert look(there, copy)["State"] == "pending"
    aws.control.advance(101)
    seen = look(there, copy)
    assert (seen["State"], seen["Tags"]) == ("available", [{"Key": "of", "Value": "image"}])
    assert (seen["SourceImageId"], seen["SourceImageRegion"]) == (image, "ap-northeast-1")
    held = snapshots_of(there, copy)
    assert [one["Tags"] for one in held] == [[{"Key": "copy", "Value": "yes"}]] * 2
    assert {one["VolumeSize"]: one["Encrypted"] for one in held} == {8: False, 500: True}


def test_a_pending_image_cannot_be_copied(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    aws.control.images_take(100)
    image = make(ec2, instance)
    with pytest.raises(ClientError, match=r"InvalidAMIID\.Unavailable"):
        ec2.copy_image(SourceRegion="ap-northeast-1", SourceImageId=image, Name="copy")


def test_a_copied_image_fails_when_kms_says_no(aws: LocalAws, ec2: "EC2Client", instance: str) -> None:
    image = make(ec2, instance)
    look(ec2, image)
    aws.control.deny_copies_by_kms(1)
    copy = ec2.copy_image(SourceRegion="ap-northeast-1", SourceImageId=image, Name="copy")["ImageId"]
    assert look(ec2, copy)["State"] == "failed"
    assert "not accessible" in look(ec2, copy)["StateReason"]["Message"]


def test_a_token_copies_an_image_once(ec2: "EC2Client", instance: str) -> None:
    image = make(ec2, instance)
    look(ec2, image)
    asked: Any = {"SourceRegion": "ap-northeast-1", "SourceImageId": image, "Name": "copy"}
    first, again = (ec2.copy_image(**asked, ClientToken="7/1")["ImageId"] for _ in range(2))
    assert first == again
    assert {one["ImageId"] for one in ec2.describe_images()["Images"]} == {image, first}
