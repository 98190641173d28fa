"""What toban sees of volumes."""

from typing import TYPE_CHECKING

from aws import volume
from aws.tags import Tags
from tests.aws.test_instance import run

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def test_a_volume_says_what_it_is_and_where_it_hangs(ec2: "EC2Client", image: str) -> None:
    web = run(ec2, image)
    (root,) = volume.find(ec2, instance_ids=[web])
    assert (root.state, root.instance_id, root.encrypted, root.kms_key_id) == ("in-use", web, False, "")


def test_a_free_volume_hangs_nowhere(ec2: "EC2Client") -> None:
    made = ec2.create_volume(
        AvailabilityZone="eu-west-1a",
        Size=8,
        VolumeType="gp3",
        Encrypted=True,
        TagSpecifications=Tags.of({"Name": "data"}).written("volume"),
    )
    (seen,) = volume.find(ec2, tags=[("Name", "data")], states=["available"])
    assert (seen.id, seen.name, seen.size_gib, seen.type, seen.zone) == (
        made["VolumeId"],
        "data",
        8,
        "gp3",
        "eu-west-1a",
    )
    assert seen.instance_id == ""
    assert seen.kms_key_id


def test_a_volume_id_that_does_not_exist_is_absent(ec2: "EC2Client") -> None:
    assert not list(volume.find(ec2, ids=["vol-0123456789abcdef0"]))
