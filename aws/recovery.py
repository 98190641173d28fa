"""What brings an instance back by itself: EC2's automatic recovery, and alarms on its status checks.

Reads come first, changes after; both changes may be repeated.  Sources: "Automatic instance recovery"
(EC2 user guide) and "Create alarms to stop, terminate, reboot, or recover an EC2 instance" (CloudWatch).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aws.errors import speaking_plainly
from aws.filters import chunks
from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_cloudwatch.type_defs import MetricAlarmTypeDef
    from mypy_boto3_ec2 import EC2Client

NAMESPACE, SYSTEM = "AWS/EC2", "StatusCheckFailed_System"
CHECKS = ("StatusCheckFailed", SYSTEM, "StatusCheckFailed_Instance", "StatusCheckFailed_AttachedEBS")
"""The metrics of status checks ("Instance metrics", EC2 user guide)."""

_AT_MOST = 100  # alarms on a page, and names in one question


@dataclass(frozen=True, slots=True)
class CheckAlarm:
    """An alarm on a status check of one instance."""

    name: str
    instance_id: str
    metric: str  # of CHECKS
    actions: tuple[str, ...]  # ARNs; none when its actions are switched off

    @property
    def recovers(self) -> bool:
        """Whether it recovers the instance when the hardware below it fails."""
        return self.metric in ("StatusCheckFailed", SYSTEM) and any(
            action.endswith(":ec2:recover") for action in self.actions
        )


def alarms(cloudwatch: "CloudWatchClient", *, names: Sequence[str] = ()) -> Iterator[CheckAlarm]:
    """Yield the alarms on status checks with these names, or all of the place.

    CloudWatch finds alarms by metric only for one instance at a time, so that all are read.  Raises AwsError.
    """
    paginator = cloudwatch.get_paginator("describe_alarms")
    for some in chunks(names, _AT_MOST) if names else ((),):
        asked: dict[str, Any] = {"AlarmNames": list(some)} if some else {}
        found = paginator.paginate(
            **asked, AlarmTypes=["MetricAlarm"], PaginationConfig={"PageSize": _AT_MOST}
        )
        for page in pages("looking at alarms", found):
            yield from (alarm for raw in page["MetricAlarms"] if (alarm := _alarm(raw)) is not None)


def put_alarm(cloudwatch: "CloudWatchClient", name: str, instance_id: str, region: str) -> str:
    """Make an alarm that recovers an instance after two bad minutes; returns AWS's request id.

    Raises AwsError.
    """
    with speaking_plainly(f"making the alarm {name}"):
        reply: Any = cloudwatch.put_metric_alarm(
            AlarmName=name,
            AlarmDescription=f"Recover {instance_id} when its system status check fails. Made by toban.",
            Namespace=NAMESPACE,
            MetricName=SYSTEM,
            Dimensions=[{"Name": "InstanceId", "Value": instance_id}],
            Statistic="Minimum",
            Period=60,
            EvaluationPeriods=2,
            Threshold=1.0,
            ComparisonOperator="GreaterThanOrEqualToThreshold",
            ActionsEnabled=True,
            AlarmActions=[f"arn:{_partition(region)}:automate:{region}:ec2:recover"],
        )
    return str(reply["ResponseMetadata"]["RequestId"])


def allow(ec2: "EC2Client", instance_id: str) -> str:
    """Let EC2 recover an instance by itself; returns AWS's request id.  Raises AwsError."""
    with speaking_plainly(f"allowing the recovery of {instance_id}"):
        reply: Any = ec2.modify_instance_maintenance_options(InstanceId=instance_id, AutoRecovery="default")
    return str(reply["ResponseMetadata"]["RequestId"])


def _alarm(raw: "MetricAlarmTypeDef") -> CheckAlarm | None:
    dimensions = {one["Name"]: one["Value"] for one in raw.get("Dimensions", [])}
    if raw.get("Namespace") != NAMESPACE or raw.get("MetricName") not in CHECKS:
        return None
    if set(dimensions) != {"InstanceId"}:
        return None
    actions = raw.get("AlarmActions", []) if raw.get("ActionsEnabled") else []
    return CheckAlarm(
        raw.get("AlarmName", ""), dimensions["InstanceId"], raw.get("MetricName", ""), tuple(actions)
    )


def _partition(region: str) -> str:
    prefixes = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
    return next((name for prefix, name in prefixes.items() if region.startswith(prefix)), "aws")
