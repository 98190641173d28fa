"""The same client token asks for the same thing, as in AWS; and what an image starts with."""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def run(ec2: "EC2Client", image: str = "ami-12345678", **more: Any) -> str:
    reply = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1, **more)
    return reply["Instances"][0]["InstanceId"]


def volumes_of(ec2: "EC2Client", instance: str) -> dict[str, tuple[int, str]]:
    wanted: Any = [{"Name": "attachment.instance-id", "Values": [instance]}]
    found = ec2.describe_volumes(Filters=wanted)["Volumes"]
    return {one["Attachments"][0]["Device"]: (one["Size"], one.get("SnapshotId", "")) for one in found}


@pytest.fixture
def image(ec2: "EC2Client", instance: str) -> str:
    made = ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=500, VolumeType="gp3", Encrypted=True)
    ec2.attach_volume(VolumeId=made["VolumeId"], InstanceId=instance, Device="/dev/sdf")
    return ec2.create_image(InstanceId=instance, Name="db-01", NoReboot=True)["ImageId"]


def test_a_token_runs_one_instance_however_often_it_is_sent(ec2: "EC2Client") -> None:
    first, again, other = (run(ec2, ClientToken=token) for token in ("7/1", "7/1", "7/2"))
    assert first == again != other
    pages = ec2.describe_instances()["Reservations"]
    assert {one["InstanceId"] for page in pages for one in page["Instances"]} == {first, other}


def test_a_token_with_other_arguments_is_refused(ec2: "EC2Client") -> None:
    run(ec2, ClientToken="7/1")
    with pytest.raises(ClientError, match="IdempotentParameterMismatch"):
        run(ec2, ClientToken="7/1", InstanceType="m7i.large")


def test_a_token_makes_one_volume(ec2: "EC2Client") -> None:
    made = [
        ec2.create_volume(AvailabilityZone="ap-northeast-1a", Size=10, ClientToken=token)["VolumeId"]
        for token in ("7/1", "7/1", "7/2")
    ]
    assert made[0] == made[1] != made[2]
    assert {one["VolumeId"] for one in ec2.describe_volumes()["Volumes"]} == set(made)


def test_a_token_means_nothing_in_another_region(aws: LocalAws, ec2: "EC2Client") -> None:
    there = aws.client("ec2", account="111111111111", region="us-east-1")
    assert run(ec2, ClientToken="7/1") != run(there, ClientToken="7/1")


def test_an_instance_starts_with_the_volumes_of_its_image(ec2: "EC2Client", image: str) -> None:
    (seen,) = ec2.describe_images(ImageIds=[image])["Images"]
    held = {
        one["DeviceName"]: (one["Ebs"]["VolumeSize"], one["Ebs"]["SnapshotId"])
        for one in seen["BlockDeviceMappings"]
    }
    assert volumes_of(ec2, run(ec2, image)) == held
    assert {size for size, _ in held.values()} == {8, 500}


def test_a_launch_may_change_a_device_and_leave_one_out(ec2: "EC2Client", image: str) -> None:
    mappings = [
        {"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 20}},
        {"DeviceName": "/dev/sdf", "NoDevice": ""},
        {"DeviceName": "/dev/sdg", "Ebs": {"VolumeSize": 5}},
    ]
    made = volumes_of(ec2, run(ec2, image, BlockDeviceMappings=mappings))
    assert {device: size for device, (size, _) in made.items()} == {"/dev/sda1": 20, "/dev/sdg": 5}


def test_nothing_starts_from_an_image_that_is_not_available(
    aws: LocalAws, ec2: "EC2Client", instance: str
) -> None:
    aws.control.images_take(100)
    image = ec2.create_image(InstanceId=instance, Name="web")["ImageId"]
    with pytest.raises(ClientError, match=r"InvalidAMIID\.Unavailable"):
        run(ec2, image)
