"""Target groups of load balancers: who is registered where and whether it is healthy; take it out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aws.errors import speaking_plainly
from aws.page import pages

if TYPE_CHECKING:
    from mypy_boto3_elbv2 import ElasticLoadBalancingv2Client as ELBClient
    from mypy_boto3_elbv2.type_defs import TargetDescriptionTypeDef, TargetHealthDescriptionTypeDef

_PAGE = 400  # the most groups on a page


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """A target group as toban talks about it."""

    arn: str
    name: str
    vpc_id: str  # "" for those of Lambda functions
    kind: str  # what is registered: instance, ip, lambda, alb
    balancers: tuple[str, ...] = ()  # ARNs of the load balancers that send to it


@dataclass(frozen=True, slots=True)
class Target:
    """A target and its health; the words are Elastic Load Balancing's own."""

    id: str  # of the instance
    port: int
    state: str  # initial, healthy, unhealthy, unused, draining, unavailable
    reason: str  # such as Target.ResponseCodeMismatch; "" for a healthy one
    description: str


def find(elbv2: "ELBClient") -> Iterator[TargetGroup]:
    """Yield every target group of the place.  Raises AwsError."""
    found = elbv2.get_paginator("describe_target_groups").paginate(PaginationConfig={"PageSize": _PAGE})
    for page in pages("listing target groups", found):
        for raw in page["TargetGroups"]:
            yield TargetGroup(
                raw.get("TargetGroupArn", ""),
                raw.get("TargetGroupName", ""),
                raw.get("VpcId", ""),
                raw.get("TargetType", "instance"),
                tuple(raw.get("LoadBalancerArns", [])),
            )


def arn_of(elbv2: "ELBClient", name: str) -> str:
    """Return the ARN of the group with a name; names are unique in a place.  Raises NotFound or AwsError."""
    with speaking_plainly(f"looking for the target group {name}"):
        reply = elbv2.describe_target_groups(Names=[name])
    return reply["TargetGroups"][0].get("TargetGroupArn", "")


def targets(elbv2: "ELBClient", arn: str) -> tuple[Target, ...]:
    """Return every target that is registered with a group; an instance once for each port.

    Raises AwsError.
    """
    with speaking_plainly(f"looking at the targets of {arn.rpartition(':')[2]}"):
        reply = elbv2.describe_target_health(TargetGroupArn=arn)
    return tuple(map(_target, reply["TargetHealthDescriptions"]))


def groups_of(
    elbv2: "ELBClient", instance_ids: Collection[str], vpc_ids: Collection[str]
) -> dict[str, tuple[TargetGroup, ...]]:
    """Return, for each of these instances that is registered somewhere, its groups; they are in these VPCs.

    One call for each group that may hold them.  Raises AwsError.
    """
    groups: dict[str, tuple[TargetGroup, ...]] = {}
    meant = [one for one in find(elbv2) if one.kind == "instance" and one.vpc_id in vpc_ids]
    for group in meant:
        for id_ in dict.fromkeys(target.id for target in targets(elbv2, group.arn)):
            if id_ in instance_ids:
                groups[id_] = (*groups.get(id_, ()), group)
    return groups


def deregister(elbv2: "ELBClient", arn: str, id: str, ports: Collection[int]) -> str:  # noqa: A002 - theirs
    """Let a group send nothing new to a target; returns AWS's request id while it still drains.

    A target is registered once for each port ("DeregisterTargets").  Safe to repeat.  Raises AwsError.
    """
    gone: list[TargetDescriptionTypeDef] = [
        {"Id": id, "Port": port} if port else {"Id": id} for port in ports
    ]
    with speaking_plainly(f"taking {id} out of {arn.rpartition(':')[2]}"):
        reply: Any = elbv2.deregister_targets(TargetGroupArn=arn, Targets=gone)
    return str(reply["ResponseMetadata"]["RequestId"])


def names_of(arns: Sequence[str]) -> tuple[str, ...]:
    """The names of the groups, out of their ARNs (…:targetgroup/NAME/ID)."""
    return tuple(arn.split("/")[1] if arn.count("/") == 2 else arn for arn in arns)


def _target(raw: "TargetHealthDescriptionTypeDef") -> Target:
    target, health = raw.get("Target"), raw.get("TargetHealth", {})
    return Target(
        id=target["Id"] if target else "",
        port=target.get("Port", 0) if target else 0,
        state=health.get("State", ""),
        reason=health.get("Reason", ""),
        description=health.get("Description", ""),
    )
