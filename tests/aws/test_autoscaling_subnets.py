"""In which subnets a group launches: named, narrowed, and set back as they were written."""

from typing import TYPE_CHECKING

import boto3

from aws import autoscaling_group, autoscaling_subnets, subnet
from aws.account import Accounts
from tests.aws.conftest import PLACE

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def test_a_list_is_narrowed_and_keeps_its_order() -> None:
    assert autoscaling_subnets.without("subnet-c,subnet-a,subnet-b", {"subnet-a"}) == "subnet-c,subnet-b"
    assert autoscaling_subnets.without("subnet-a", {"subnet-a"}) == ""
    assert autoscaling_subnets.listed("subnet-b, subnet-a,") == ("subnet-b", "subnet-a")


def test_the_same_subnets_in_another_order_are_the_same() -> None:
    assert autoscaling_subnets.alike("subnet-a,subnet-b", "subnet-b,subnet-a")
    assert not autoscaling_subnets.alike("subnet-a,subnet-b", "subnet-b")


def test_a_group_launches_where_it_is_told_and_nothing_else_of_it_changes(
    ec2: "EC2Client", accounts: Accounts, image: str
) -> None:
    there = [one.id for one in subnet.find(ec2)]
    written = f"{there[1]},{there[0]}"
    hand = boto3.client("autoscaling", region_name=PLACE.region)
    hand.create_launch_configuration(LaunchConfigurationName="web", ImageId=image, InstanceType="t3.micro")
    hand.create_auto_scaling_group(
        AutoScalingGroupName="web",
        LaunchConfigurationName="web",
        MinSize=0,
        MaxSize=2,
        VPCZoneIdentifier=written,
    )
    autoscaling = accounts.autoscaling(PLACE)
    (before,) = autoscaling_group.find(autoscaling, names=["web"])
    assert before.subnets == written
    autoscaling_subnets.set_to(autoscaling, "web", there[1])
    (narrowed,) = autoscaling_group.find(autoscaling, names=["web"])
    assert (narrowed.subnets, len(narrowed.zones)) == (there[1], 1)
    autoscaling_subnets.set_to(autoscaling, "web", written)
    (after,) = autoscaling_group.find(autoscaling, names=["web"])
    assert (after.subnets, after.largest, set(after.zones)) == (written, 2, set(before.zones))


def test_subnets_are_found_by_their_zone(ec2: "EC2Client") -> None:
    (one,) = subnet.find(ec2, zones=["eu-west-1b"])
    assert (one.zone, one.zone_id != "") == ("eu-west-1b", True)
