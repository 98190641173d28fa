"""Auto Scaling groups: look at them and their instances, and change their size.

Reads come first, changes after.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aws.errors import speaking_plainly
from aws.filters import chunks
from aws.page import pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_autoscaling import AutoScalingClient
    from mypy_boto3_autoscaling.type_defs import AutoScalingGroupTypeDef

MOST_INSTANCES = 50  # ids in one DescribeAutoScalingInstances
MOST_NAMES = 50  # groups named in one DescribeAutoScalingGroups
GRACE = 300  # seconds that a new instance has until its health counts
_PAGE = 100  # the most groups on a page


@dataclass(frozen=True, slots=True)
class Member:
    """An instance of a group; the words are Auto Scaling's own."""

    id: str
    state: str  # of its lifecycle: Pending, InService, Terminating, Standby ...
    health: str  # Healthy, Unhealthy
    zone: str
    protected: bool  # from scale-in

    @property
    def serves(self) -> bool:
        """Whether it is in service and healthy."""
        return self.state == "InService" and self.health.casefold() == "healthy"


@dataclass(frozen=True, slots=True)
class Group:
    """An Auto Scaling group as toban talks about it."""

    name: str
    desired: int
    smallest: int
    largest: int
    members: tuple[Member, ...]
    suspended: tuple[str, ...]  # what of `autoscaling_process.PROCESSES` is suspended
    zones: tuple[str, ...]
    spot: bool  # its mixed instances may be spot ones
    target_groups: tuple[str, ...]  # ARNs
    going: bool  # it is being deleted
    tags: Tags
    subnets: str = (
        ""  # where it launches, with commas between them, as AWS writes it; "": wherever its zones are
    )

    @property
    def serving(self) -> int:
        """How many of its instances are in service and healthy."""
        return sum(one.serves for one in self.members)


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that a group did, or tried to."""

    at: datetime
    state: str  # Successful, Failed, Cancelled, InProgress ...
    what: str  # such as "Launching a new EC2 instance"
    why: str  # AWS's message where it failed; else ""
    cause: str = ""  # which schedule, policy or person wanted it, in AWS's words


def find(autoscaling: "AutoScalingClient", *, names: Sequence[str] = ()) -> Iterator[Group]:
    """Yield the groups with these names, or all.  One that does not exist is absent.  Raises AwsError."""
    paginator = autoscaling.get_paginator("describe_auto_scaling_groups")
    for some in chunks(tuple(dict.fromkeys(names)), MOST_NAMES) if names else ((),):
        found = paginator.paginate(AutoScalingGroupNames=list(some), PaginationConfig={"PageSize": _PAGE})
        for page in pages("listing Auto Scaling groups", found):
            yield from map(_group, page["AutoScalingGroups"])


def activities(autoscaling: "AutoScalingClient", name: str, *, most: int = 10) -> tuple[Activity, ...]:
    """What a group did lately, newest first.  Raises AwsError."""
    with speaking_plainly(f"reading the activities of {name}"):
        reply = autoscaling.describe_scaling_activities(AutoScalingGroupName=name, MaxRecords=most)
    return tuple(
        Activity(
            raw["StartTime"],
            raw["StatusCode"],
            raw.get("Description", ""),
            raw.get("StatusMessage", ""),
            raw.get("Cause", ""),
        )
        for raw in reply["Activities"]
    )


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


# -- changes ------------------------------------------------------------------------------------------


def resize(autoscaling: "AutoScalingClient", name: str, *, desired: int, smallest: int, largest: int) -> str:
    """Set how many instances a group shall have; returns AWS's request id before any comes or goes.

    Safe to repeat.  Raises AwsError: Refused (ScalingActivityInProgress, ValidationError).
    """
    with speaking_plainly(f"changing the size of {name}"):
        reply: Any = autoscaling.update_auto_scaling_group(
            AutoScalingGroupName=name, DesiredCapacity=desired, MinSize=smallest, MaxSize=largest
        )
    return str(reply["ResponseMetadata"]["RequestId"])


def create(
    autoscaling: "AutoScalingClient",
    name: str,
    template_id: str,
    *,
    subnet_ids: Sequence[str],
    target_groups: Sequence[str],
    tags: Mapping[str, str],
    launched_tags: Mapping[str, str],
) -> str:
    """Make a group of one, by the default version of a template; returns AWS's request id.

    It answers to its target groups where there are any.  Its instances carry `launched_tags`.  There is no
    client token: a second call is refused with AlreadyExists.  Raises AwsError.
    """
    marked = [(tags, False), (launched_tags, True)]
    with speaking_plainly(f"making the Auto Scaling group {name}"):
        reply: Any = autoscaling.create_auto_scaling_group(
            AutoScalingGroupName=name,
            LaunchTemplate={"LaunchTemplateId": template_id, "Version": "$Default"},
            MinSize=1,
            MaxSize=1,
            DesiredCapacity=1,
            VPCZoneIdentifier=",".join(subnet_ids),
            TargetGroupARNs=list(target_groups),
            HealthCheckType="ELB" if target_groups else "EC2",
            HealthCheckGracePeriod=GRACE,
            Tags=[
                {"Key": key, "Value": value, "PropagateAtLaunch": launched}
                for some, launched in marked
                for key, value in sorted(some.items())
            ],
        )
    return str(reply["ResponseMetadata"]["RequestId"])


def _group(raw: "AutoScalingGroupTypeDef") -> Group:
    return Group(
        name=raw["AutoScalingGroupName"],
        desired=raw["DesiredCapacity"],
        smallest=raw["MinSize"],
        largest=raw["MaxSize"],
        members=tuple(
            Member(
                one["InstanceId"],
                one.get("LifecycleState", ""),
                one.get("HealthStatus", ""),
                one.get("AvailabilityZone", ""),
                one.get("ProtectedFromScaleIn", False),
            )
            for one in raw.get("Instances", [])
        ),
        suspended=tuple(sorted(one["ProcessName"] for one in raw.get("SuspendedProcesses", []))),
        zones=tuple(raw.get("AvailabilityZones", [])),
        spot=_may_be_spot(raw),
        target_groups=tuple(raw.get("TargetGroupARNs", [])),
        going=bool(raw.get("Status")),
        tags=Tags.read(raw.get("Tags", [])),
        subnets=raw.get("VPCZoneIdentifier", ""),
    )


def _may_be_spot(raw: "AutoScalingGroupTypeDef") -> bool:
    """Whether a share of what is above the base is spot; without that word, all of it is on demand."""
    spread = raw.get("MixedInstancesPolicy", {}).get("InstancesDistribution", {})
    return spread.get("OnDemandPercentageAboveBaseCapacity", 100) < 100
