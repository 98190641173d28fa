"""What toban sees of images."""

from typing import TYPE_CHECKING

from aws import image as ami
from aws import snapshot
from tests.aws.test_instance import run

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def test_an_image_names_the_snapshots_it_holds(ec2: "EC2Client", image: str) -> None:
    made = ec2.create_image(InstanceId=run(ec2, image), Name="web 2026-11-21")["ImageId"]
    (seen,) = ami.find(ec2, names=["web *"])
    assert (seen.id, seen.name, seen.state) == (made, "web 2026-11-21", "available")
    assert seen.created.tzinfo is not None
    (held,) = seen.snapshot_ids
    assert held in {one.id for one in snapshot.find(ec2)}
