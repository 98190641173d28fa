"""What Auto Scaling groups do by themselves: suspend it and resume it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from aws.errors import speaking_plainly

if TYPE_CHECKING:
    from mypy_boto3_autoscaling import AutoScalingClient

PROCESSES = (
    "Launch",
    "Terminate",
    "AddToLoadBalancer",
    "AlarmNotification",
    "AZRebalance",
    "HealthCheck",
    "InstanceRefresh",
    "ReplaceUnhealthy",
    "ScheduledActions",
)
"""What a group does by itself.  Source: "Suspend and resume Amazon EC2 Auto Scaling processes"."""


def suspend(autoscaling: "AutoScalingClient", name: str, processes: Sequence[str]) -> str:
    """Suspend processes of a group; returns AWS's request id.  Safe to repeat.  Raises AwsError."""
    with speaking_plainly(f"suspending {', '.join(processes)} of {name}"):
        reply: Any = autoscaling.suspend_processes(
            AutoScalingGroupName=name, ScalingProcesses=list(processes)
        )
    return str(reply["ResponseMetadata"]["RequestId"])


def resume(autoscaling: "AutoScalingClient", name: str, processes: Sequence[str]) -> str:
    """Resume processes of a group; returns AWS's request id.  Safe to repeat.  Raises AwsError."""
    with speaking_plainly(f"resuming {', '.join(processes)} of {name}"):
        reply: Any = autoscaling.resume_processes(AutoScalingGroupName=name, ScalingProcesses=list(processes))
    return str(reply["ResponseMetadata"]["RequestId"])
