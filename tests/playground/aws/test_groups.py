"""Auto Scaling groups of the local AWS: what they tell, and one for which there are no machines."""

from typing import Any

import pytest

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE, PRODUCTION


@pytest.fixture
def scaling(aws: LocalAws) -> Any:
    client = aws.client("autoscaling", account=PRODUCTION, config=ONCE)
    client.create_launch_configuration(
        LaunchConfigurationName="web", ImageId="ami-12345678", InstanceType="m7i.large"
    )
    client.create_auto_scaling_group(
        AutoScalingGroupName="web", LaunchConfigurationName="web", MinSize=1, MaxSize=4,
        DesiredCapacity=1, AvailabilityZones=["ap-northeast-1a"],
    )  # fmt: skip
    return client


def serving(scaling: Any) -> tuple[int, int]:
    (group,) = scaling.describe_auto_scaling_groups()["AutoScalingGroups"]
    return len(group["Instances"]), group["DesiredCapacity"]


def last(scaling: Any) -> dict[str, Any]:
    found = scaling.describe_scaling_activities(AutoScalingGroupName="web")["Activities"]
    newest: dict[str, Any] = found[0]
    return newest


def test_a_group_tells_which_instances_came_and_went(scaling: Any) -> None:
    scaling.update_auto_scaling_group(AutoScalingGroupName="web", DesiredCapacity=2)
    assert serving(scaling) == (2, 2)
    assert last(scaling)["Description"].startswith("Launching a new EC2 instance: i-")
    scaling.set_desired_capacity(AutoScalingGroupName="web", DesiredCapacity=1)
    assert last(scaling)["Description"].startswith("Terminating EC2 instance: i-")
    assert last(scaling)["StatusCode"] == "Successful"


def test_a_starved_group_wants_more_than_it_gets_and_says_why(aws: LocalAws, scaling: Any) -> None:
    aws.control.starve_group("web")
    scaling.update_auto_scaling_group(AutoScalingGroupName="web", DesiredCapacity=3)
    assert serving(scaling) == (1, 3)
    assert last(scaling)["StatusCode"] == "Failed"
    assert "sufficient m7i.large capacity" in last(scaling)["StatusMessage"]
    aws.control.feed_groups()
    assert serving(scaling) == (3, 3)
