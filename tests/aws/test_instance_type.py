"""What instance types are made of."""

from typing import TYPE_CHECKING

from aws import instance_type

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def test_a_type_says_what_decides_whether_an_instance_runs_on_it(ec2: "EC2Client") -> None:
    found = instance_type.find(ec2, ["m5d.large", "t4g.micro", "t1.micro"])
    assert set(found) == {"m5d.large", "t4g.micro", "t1.micro"}
    assert (found["m5d.large"].has_store, found["t4g.micro"].has_store) == (True, False)
    assert found["t4g.micro"].architectures == ("arm64",)
    assert found["t1.micro"].is_current is False
    assert (found["m5d.large"].ena, found["m5d.large"].vcpus) == ("required", 2)


def test_a_type_that_the_region_has_not_is_absent(ec2: "EC2Client") -> None:
    assert instance_type.find(ec2, ["t3.gigantic"]) == {}


def test_no_names_ask_nothing(ec2: "EC2Client") -> None:
    assert instance_type.find(ec2, []) == {}
