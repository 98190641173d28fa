"""A few cheap reads, for where nobody may ask IAM what would be allowed."""

from collections.abc import Callable, Mapping
from typing import Any

from aws.account import Accounts, Place
from aws.errors import Denied, speaking_plainly

_READS: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "ec2:DescribeInstances": ("ec2", "describe_instances", {"MaxResults": 5}),
    "ec2:DescribeVolumes": ("ec2", "describe_volumes", {"MaxResults": 5}),
    "ec2:DescribeSnapshots": ("ec2", "describe_snapshots", {"MaxResults": 5, "OwnerIds": ["self"]}),
    "ec2:DescribeImages": ("ec2", "describe_images", {"MaxResults": 5, "Owners": ["self"]}),
    "ec2:DescribeSecurityGroups": ("ec2", "describe_security_groups", {"MaxResults": 5}),
    "autoscaling:DescribeAutoScalingGroups": (
        "autoscaling",
        "describe_auto_scaling_groups",
        {"MaxRecords": 1},
    ),
    "cloudwatch:DescribeAlarms": ("cloudwatch", "describe_alarms", {"MaxRecords": 1}),
    "elasticloadbalancing:DescribeTargetGroups": ("elbv2", "describe_target_groups", {"PageSize": 1}),
    "rds:DescribeDBInstances": ("rds", "describe_db_instances", {"MaxRecords": 20}),
    "ssm:DescribeInstanceInformation": ("ssm", "describe_instance_information", {"MaxResults": 5}),
}
"""By the IAM action that each needs; all are free of charge and read one page."""


def denied(aws: Accounts, place: Place, needed: tuple[str, ...]) -> tuple[str, ...]:
    """Which of these actions AWS refuses, of those that can be tried.  Raises AwsError when AWS is away."""
    return tuple(name for name in needed if name in _READS and _is_denied(aws, place, name))


def _is_denied(aws: Accounts, place: Place, name: str) -> bool:
    service, method, given = _READS[name]
    ask: Callable[..., object] = getattr(aws.client(service, place), method)
    try:
        with speaking_plainly(f"trying {name}"):
            ask(**given)
    except Denied as error:
        if error.said.operation == "AssumeRole":
            raise
        return True
    return False
