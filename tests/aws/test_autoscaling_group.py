"""Which group an instance belongs to."""

from typing import TYPE_CHECKING

from aws.account import Accounts
from aws.autoscaling_group import groups_of
from tests.aws.conftest import PLACE
from tests.aws.test_instance import run

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def test_an_instance_of_a_group_is_known_by_it_and_others_are_not(
    ec2: "EC2Client", accounts: Accounts, image: str
) -> None:
    autoscaling = accounts.autoscaling(PLACE)
    single, member = run(ec2, image), run(ec2, image)
    autoscaling.create_launch_configuration(
        LaunchConfigurationName="web", ImageId=image, InstanceType="t3.micro"
    )
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName="web-group",
        LaunchConfigurationName="web",
        MinSize=0,
        MaxSize=2,
        AvailabilityZones=["eu-west-1a"],
    )
    autoscaling.attach_instances(InstanceIds=[member], AutoScalingGroupName="web-group")
    assert groups_of(autoscaling, [single, member]) == {member: "web-group"}


def test_no_instances_need_no_question(accounts: Accounts) -> None:
    assert groups_of(accounts.autoscaling(PLACE), []) == {}
