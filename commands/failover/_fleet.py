"""What is behind a record: a load balancer, its targets, and what may grow behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from aws import autoscaling_group, balancer, quota, target_group
from aws.account import Place
from aws.autoscaling_group import Group
from aws.balancer import Balancer
from aws.quota import Cpus
from aws.record import Record
from aws.target_group import TargetGroup
from bot.command import World
from commands.failover import _route

READS = (
    "autoscaling:DescribeAutoScalingGroups",
    "ec2:DescribeInstances",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTags",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "servicequotas:GetServiceQuota",
)
HEALTHY = "healthy"


@dataclass(frozen=True, slots=True)
class Fleet:
    """What a record leads to."""

    place: Place
    balancer: Balancer
    groups: tuple[TargetGroup, ...]
    healthy: int
    registered: int
    scaled: tuple[Group, ...]  # the Auto Scaling groups that feed it

    @property
    def room(self) -> int:
        """By how many instances its groups may grow."""
        return sum(max(one.largest - one.desired, 0) for one in self.scaled)


@dataclass(frozen=True, slots=True)
class Cpu:
    """How the quota of vCPUs stands that more instances of a fleet would count against."""

    quota: str
    limit: int
    used: int
    each: int  # vCPUs of one more instance

    def lacks(self, more: int) -> bool:
        """Whether so many instances more do not fit."""
        return self.used + more * self.each > self.limit


def of(world: World, account: str, one: Record) -> Fleet | None:
    """The fleet behind a record, where that is a load balancer that toban looks after.  Raises AwsError."""
    names = {each.rstrip(".").casefold().removeprefix("dualstack.") for each in one.values}
    for place in _places(world, account, _route.region_of(one)):
        elbv2 = world.aws.elbv2(place)
        found = next((each for each in balancer.find(elbv2) if each.dns in names), None)
        if found is not None:
            return _fleet(world, place, found)
    return None


def _places(world: World, account: str, region: str) -> Iterator[Place]:
    """Where it may be: first in the record's own account."""
    meant = [place for place in world.aws.places() if place.region == region]
    yield from sorted(meant, key=lambda place: place.account != account)


def _fleet(world: World, place: Place, one: Balancer) -> Fleet:
    elbv2 = world.aws.elbv2(place)
    groups = tuple(each for each in target_group.find(elbv2) if one.arn in each.balancers)
    targets = [target for each in groups for target in target_group.targets(elbv2, each.arn)]
    arns = {each.arn for each in groups}
    every = autoscaling_group.find(world.aws.autoscaling(place))
    return Fleet(
        place=place,
        balancer=one,
        groups=groups,
        healthy=len({target.id for target in targets if target.state == HEALTHY}),
        registered=len({target.id for target in targets}),
        scaled=tuple(each for each in every if arns & set(each.target_groups)),
    )


def cpu(world: World, one: Fleet) -> Cpu | None:
    """The quota that its next instance counts against; None where no instance tells.  Raises AwsError."""
    running: list[Cpus] = list(quota.running(world.aws.ec2(one.place)))
    ids = {member.id for group in one.scaled for member in group.members}
    first = next((each for each in running if each.id in ids and each.quota), None)
    if first is None:
        return None
    limit = quota.limit(quota.client(world.aws, one.place), first.quota)
    used = sum(each.vcpus for each in running if each.quota == first.quota)
    return Cpu(first.quota, limit, used, first.vcpus)
