"""What toban sees of snapshots and does to them."""

from typing import TYPE_CHECKING

import pytest

from aws import image as ami
from aws import snapshot
from aws.account import Accounts
from aws.errors import InUse, NotFound
from tests.aws.conftest import PLACE
from tests.aws.test_instance import run

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


@pytest.fixture
def volume(ec2: "EC2Client") -> str:
    return ec2.create_volume(AvailabilityZone="eu-west-1a", Size=8)["VolumeId"]


@pytest.fixture
def once(local_aws: str, accounts: Accounts) -> "EC2Client":
    return accounts.ec2_once(PLACE)


def test_a_snapshot_is_tagged_from_its_first_moment(ec2: "EC2Client", once: "EC2Client", volume: str) -> None:
    created = snapshot.create_of_volume(
        once, volume, tags={"Name": "nightly", "toban:op": "1"}, description="nightly"
    )
    (made,) = created.snapshots
    assert created.request_id
    assert made.tags == {"Name": "nightly", "toban:op": "1"}
    (seen,) = snapshot.find(ec2)
    assert (seen.id, seen.name, seen.volume_id, seen.state, seen.size_gib) == (
        made.id,
        "nightly",
        volume,
        "completed",
        8,
    )
    assert seen.description == "nightly"
    assert seen.started.tzinfo is not None


def test_all_volumes_of_an_instance_are_taken_by_one_call(
    ec2: "EC2Client", once: "EC2Client", image: str, hand: "EC2Client", volume: str
) -> None:
    web = run(ec2, image)
    hand.attach_volume(VolumeId=volume, InstanceId=web, Device="/dev/sdf")
    created = snapshot.create_of_instance(once, web, tags={"env": "dev"}, description="set")
    assert len(created.snapshots) == 2
    assert volume in {one.volume_id for one in created.snapshots}
    assert {one.id for one in snapshot.find(ec2, tags=[("env", "dev")])} == {
        one.id for one in created.snapshots
    }


def test_snapshots_are_found_by_volume_state_and_tag(
    ec2: "EC2Client", once: "EC2Client", volume: str
) -> None:
    other = ec2.create_volume(AvailabilityZone="eu-west-1a", Size=1)["VolumeId"]
    (mine,) = snapshot.create_of_volume(once, volume, tags={"k": "a"}, description="").snapshots
    snapshot.create_of_volume(once, other, tags={"k": "b"}, description="")
    assert [one.id for one in snapshot.find(ec2, volume_ids=[volume])] == [mine.id]
    assert [one.id for one in snapshot.find(ec2, tags=[("k", "a")], states=["completed"])] == [mine.id]
    assert [one.id for one in snapshot.find(ec2, ids=[mine.id, "snap-0123456789abcdef0"])] == [mine.id]
    assert not list(snapshot.find(ec2, states=["error"]))
    assert len(list(snapshot.find(ec2, tags=[("k", "")]))) == 2
    assert not list(snapshot.find(ec2, tags=[("k", "c*")]))


def test_a_deleted_snapshot_is_gone_and_deleting_it_again_says_so(
    ec2: "EC2Client", once: "EC2Client", volume: str
) -> None:
    (made,) = snapshot.create_of_volume(once, volume, tags={}, description="").snapshots
    assert snapshot.delete(ec2, made.id)
    assert not list(snapshot.find(ec2))
    with pytest.raises(NotFound):
        snapshot.delete(ec2, made.id)


def test_a_snapshot_that_an_image_uses_stays_and_names_its_user(ec2: "EC2Client", image: str) -> None:
    made = ec2.create_image(InstanceId=run(ec2, image), Name="copy")["ImageId"]
    (held,) = next(ami.find(ec2, ids=[made])).snapshot_ids
    with pytest.raises(InUse) as caught:
        snapshot.delete(ec2, held)
    assert caught.value.by == (made,)
