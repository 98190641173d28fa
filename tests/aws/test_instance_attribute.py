"""What EC2 tells of an instance one attribute at a time."""

from typing import TYPE_CHECKING

import pytest

from aws import instance, instance_attribute
from aws.errors import AwsError
from tests.aws.test_instance import run

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def test_protections_are_told_apart(ec2: "EC2Client", image: str) -> None:
    web = run(ec2, image)
    ec2.modify_instance_attribute(InstanceId=web, DisableApiStop={"Value": True})
    assert instance_attribute.stop_protected(ec2, web) is True
    assert instance_attribute.termination_protected(ec2, web) is False


def test_a_stopped_instance_gets_another_type_and_again_the_same(ec2: "EC2Client", image: str) -> None:
    web = run(ec2, image)
    instance.stop(ec2, [web])
    assert instance_attribute.change_type(ec2, web, "t3.small")
    assert instance_attribute.change_type(ec2, web, "t3.small")
    assert [one.type for one in instance.find(ec2)] == ["t3.small"]


def test_an_instance_that_is_nowhere_is_said(ec2: "EC2Client") -> None:
    with pytest.raises(AwsError, match="i-0123456789abcdef0"):
        instance_attribute.stop_protected(ec2, "i-0123456789abcdef0")
