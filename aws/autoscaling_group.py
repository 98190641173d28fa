"""Auto Scaling groups: whose instances are whose, and which images they launch."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from aws.errors import speaking_plainly
from aws.filters import chunks
from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_autoscaling import AutoScalingClient

MOST_INSTANCES = 50  # ids in one DescribeAutoScalingInstances
_PAGE = 100  # the most groups, or launch configurations, on a page


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


def configurations_of(
    autoscaling: "AutoScalingClient", image_ids: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Return, for each of these images that a launch configuration uses, the names of those.

    Raises AwsError.
    """
    users: dict[str, tuple[str, ...]] = {}
    found = autoscaling.get_paginator("describe_launch_configurations").paginate(
        PaginationConfig={"PageSize": _PAGE}
    )
    for page in pages("listing launch configurations", found):
        for raw in page["LaunchConfigurations"]:
            if (image_id := raw["ImageId"]) in image_ids:
                users[image_id] = (*users.get(image_id, ()), raw["LaunchConfigurationName"])
    return users


def overrides_of(autoscaling: "AutoScalingClient", image_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each of these images that a group names itself, in its mixed instances, those groups.

    What a group launches by a template or a configuration is found there.  Raises AwsError.
    """
    users: dict[str, tuple[str, ...]] = {}
    found = autoscaling.get_paginator("describe_auto_scaling_groups").paginate(
        PaginationConfig={"PageSize": _PAGE}
    )
    for page in pages("listing Auto Scaling groups", found):
        for raw in page["AutoScalingGroups"]:
            overrides = raw.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {}).get("Overrides", [])
            for image_id in {one["ImageId"] for one in overrides if "ImageId" in one} & set(image_ids):
                users[image_id] = (*users.get(image_id, ()), raw["AutoScalingGroupName"])
    return users
