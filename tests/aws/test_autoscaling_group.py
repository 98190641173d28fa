"""Auto Scaling groups: whose an instance is, who serves, and why one could not be launched."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import boto3

from aws import autoscaling_group
from aws.account import Accounts
from aws.autoscaling_group import groups_of
from tests.aws.conftest import PLACE
from tests.aws.test_instance import run
from tests.canned import TOKYO, CannedAccounts

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def test_an_instance_of_a_group_is_known_by_it_and_others_are_not(
    ec2: "EC2Client", accounts: Accounts, image: str
) -> None:
    autoscaling = boto3.client("autoscaling", region_name=PLACE.region)
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
    assert groups_of(accounts.autoscaling(PLACE), [single, member]) == {member: "web-group"}


def test_no_instances_need_no_question(accounts: Accounts) -> None:
    assert groups_of(accounts.autoscaling(PLACE), []) == {}


# -- contract tests: what moto shows no group of --------------------------------------------------------


GROUP = {
    "AutoScalingGroupName": "web",
    "MinSize": 1,
    "MaxSize": 6,
    "DesiredCapacity": 3,
    "DefaultCooldown": 300,
    "AvailabilityZones": ["ap-northeast-1a", "ap-northeast-1c"],
    "HealthCheckType": "ELB",
    "CreatedTime": datetime(2026, 11, 1, tzinfo=UTC),
    "Instances": [
        {
            "InstanceId": f"i-{number}",
            "AvailabilityZone": "ap-northeast-1a",
            "LifecycleState": state,
            "HealthStatus": health,
            "ProtectedFromScaleIn": False,
        }
        for number, (state, health) in enumerate(
            [("InService", "Healthy"), ("InService", "Unhealthy"), ("Terminating:Wait", "Healthy")]
        )
    ],
    "SuspendedProcesses": [{"ProcessName": "Launch"}, {"ProcessName": "AZRebalance"}],
    "MixedInstancesPolicy": {"InstancesDistribution": {"OnDemandPercentageAboveBaseCapacity": 0}},
    "Tags": [{"Key": "env", "Value": "prod", "PropagateAtLaunch": True}],
}


def test_only_what_is_in_service_and_healthy_serves() -> None:
    aws = CannedAccounts({"autoscaling.DescribeAutoScalingGroups": {"AutoScalingGroups": [GROUP]}})
    (one,) = autoscaling_group.find(aws.autoscaling(TOKYO), names=["web"])
    assert (one.serving, one.desired, len(one.members)) == (1, 3, 3)
    assert (one.suspended, one.spot, dict(one.tags)) == (("AZRebalance", "Launch"), True, {"env": "prod"})


def test_more_groups_than_one_call_names_are_asked_for_in_several() -> None:
    aws = CannedAccounts({"autoscaling.DescribeAutoScalingGroups": {"AutoScalingGroups": []}})
    assert list(autoscaling_group.find(aws.autoscaling(TOKYO), names=[f"g{n}" for n in range(120)])) == []
    assert len(aws.asked) == 3


def test_an_activity_that_failed_tells_why() -> None:
    failed = {
        "ActivityId": "1",
        "AutoScalingGroupName": "web",
        "Cause": "At 2026-11-22T00:00:00Z an instance was started in response to a difference",
        "Description": "Launching a new EC2 instance.  Status Reason: We currently have no capacity.",
        "StartTime": datetime(2026, 11, 22, tzinfo=UTC),
        "StatusCode": "Failed",
        "StatusMessage": "We currently have no capacity. Launching EC2 instance failed.",
    }
    aws = CannedAccounts({"autoscaling.DescribeScalingActivities": {"Activities": [failed]}})
    (one,) = autoscaling_group.activities(aws.autoscaling(TOKYO), "web")
    assert (one.state, one.why) == ("Failed", "We currently have no capacity. Launching EC2 instance failed.")
