"""What toban sees of images and does to them."""

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aws import image as ami
from aws import snapshot
from aws.account import Accounts
from aws.errors import NotFound
from tests.aws.conftest import PLACE
from tests.aws.test_instance import run
from tests.aws.wire import Wire, answering

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

TAKEN = re.compile(r"[A-Za-z0-9()\[\] ./'@_-]{3,128}")


def test_an_image_names_the_snapshots_it_holds(ec2: "EC2Client", image: str) -> None:
    made = ec2.create_image(InstanceId=run(ec2, image), Name="web 2026-11-21")["ImageId"]
    (seen,) = ami.find(ec2, names=["web *"])
    assert (seen.id, seen.name, seen.state) == (made, "web 2026-11-21", "available")
    assert seen.created.tzinfo is not None
    (held,) = seen.snapshot_ids
    assert held in {one.id for one in snapshot.find(ec2)}
    assert seen.size_gib > 0


@given(st.text(max_size=200))
def test_any_name_becomes_one_that_ec2_takes_and_keeps_its_ending(name: str) -> None:
    ending = "i-0123456789abcdef0 2026-11-22 01.00.00 UTC"
    assert TAKEN.fullmatch(ami.name_for(name, ending))
    assert ami.name_for(name, ending).endswith(ending)


def test_it_is_asked_for_with_tags_on_it_and_on_its_snapshots(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [answering("<R><requestId>req-1</requestId><imageId>ami-1</imageId></R>")]
    made = ami.create(
        wired.ec2_once(PLACE),
        "i-1",
        name="web",
        description="",
        tags={"a": "1"},
        snapshot_tags={"b": "2"},
        reboot=False,
    )
    (sent,) = wire.seen
    assert (made.id, sent["NoReboot"]) == ("ami-1", "true")
    kinds = {
        sent[f"TagSpecification.{n}.ResourceType"]: sent[f"TagSpecification.{n}.Tag.1.Key"] for n in (1, 2)
    }
    assert kinds == {"image": "a", "snapshot": "b"}


@pytest.mark.parametrize(("key", "encrypted"), [("", None), ("alias/backup", "true")])
def test_a_copy_is_encrypted_when_there_is_a_key(
    wire: Wire, wired: Accounts, key: str, encrypted: str | None
) -> None:
    wire.reactions = [answering("<R><requestId>req-1</requestId><imageId>ami-2</imageId></R>")]
    ami.copy(
        wired.ec2_once(PLACE),
        "ami-1",
        "us-west-2",
        name="web",
        description="",
        tags={},
        snapshot_tags={},
        kms_key_id=key,
        token="t-1",
    )
    (sent,) = wire.seen
    assert (sent["SourceRegion"], sent["ClientToken"]) == ("us-west-2", "t-1")
    assert (sent.get("Encrypted"), sent.get("KmsKeyId", "")) == (encrypted, key)


def test_deregistering_what_is_not_there_says_so(ec2: "EC2Client") -> None:
    with pytest.raises(NotFound):
        ami.deregister(ec2, "ami-0123456789abcdef0")
