"""In which subnets an Auto Scaling group launches.

Source: "UpdateAutoScalingGroup" (Amazon EC2 Auto Scaling API reference): VPCZoneIdentifier is a list with
commas; the group's zones follow from it, and what is not named in the call stays as it is.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from aws.errors import speaking_plainly

if TYPE_CHECKING:
    from mypy_boto3_autoscaling import AutoScalingClient


def listed(subnets: str) -> tuple[str, ...]:
    """The ids of a list as AWS writes it, in its order.  Pure."""
    return tuple(one.strip() for one in subnets.split(",") if one.strip())


def without(subnets: str, gone: Collection[str]) -> str:
    """Such a list without these ids, the others in their order.  Pure."""
    return ",".join(one for one in listed(subnets) if one not in gone)


def alike(one: str, other: str) -> bool:
    """Whether two lists name the same subnets, in whatever order AWS shows them.  Pure."""
    return set(listed(one)) == set(listed(other))


def set_to(autoscaling: "AutoScalingClient", name: str, subnets: str) -> str:
    """Let a group launch in these subnets, and nowhere else; returns AWS's request id.

    Safe to repeat.  What runs elsewhere is moved by the process AZRebalance, unless that is suspended.
    Raises AwsError: Refused (ValidationError), ScalingActivityInProgress among others.
    """
    with speaking_plainly(f"changing the subnets of {name}"):
        reply: Any = autoscaling.update_auto_scaling_group(
            AutoScalingGroupName=name, VPCZoneIdentifier=subnets
        )
    return str(reply["ResponseMetadata"]["RequestId"])
