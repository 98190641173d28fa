"""Auto Scaling groups: whose instances are whose."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aws.errors import speaking_plainly
from aws.filters import chunks

if TYPE_CHECKING:
    from mypy_boto3_autoscaling import AutoScalingClient

MOST_INSTANCES = 50  # ids in one DescribeAutoScalingInstances


def groups_of(autoscaling: "AutoScalingClient", instance_ids: Sequence[str]) -> dict[str, str]:
    """Return the name of the group of each instance that belongs to one.

    Such an instance is replaced when it stops.  Raises AwsError.
    """
    groups: dict[str, str] = {}
    for some in chunks(instance_ids, MOST_INSTANCES):
        with speaking_plainly("looking for Auto Scaling groups"):
            reply = autoscaling.describe_auto_scaling_instances(InstanceIds=list(some))
        for raw in reply["AutoScalingInstances"]:
            groups[raw["InstanceId"]] = raw["AutoScalingGroupName"]
    return groups
