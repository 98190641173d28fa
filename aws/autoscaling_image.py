"""Which images Auto Scaling launches by launch configurations, and by the mixed instances of groups."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_autoscaling import AutoScalingClient

_PAGE = 100  # the most groups, or launch configurations, on a page


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
