"""What there is in a zone of a VPC: its subnets' ACLs, what runs there, the groups and load balancers about
it."""

from collections.abc import Mapping
from dataclasses import dataclass

from aws import autoscaling_group, autoscaling_subnets, balancer, instance, network_acl, zonal_shift
from aws.autoscaling_group import Group
from aws.balancer import Balancer
from aws.errors import AwsError
from aws.instance import Instance
from aws.network_acl import NetworkAcl
from aws.zonal_shift import Shiftable
from bot.command import World
from bot.refusals import said
from bot.words import Words
from commands.failover._zone_where import Where

IAM = (
    "arc-zonal-shift:ListManagedResources",
    "autoscaling:DescribeAutoScalingGroups",
    "ec2:DescribeInstances",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeSubnets",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTags",
)
RUNS = ("pending", "running")
SHIFTED = ("application", "network")  # what of load balancers a zonal shift is for


@dataclass(frozen=True, slots=True)
class Found:
    """All of it as AWS shows it now."""

    where: Where
    acls: Mapping[str, NetworkAcl]  # by subnet
    instances: tuple[Instance, ...]  # that run there
    groups: tuple[Group, ...]  # that launch there
    balancers: tuple[Balancer, ...]  # of the VPC
    shiftable: Mapping[str, Shiftable]  # by the ARN of a load balancer
    unasked: Words | None = None  # why nobody knows what can be shifted

    @property
    def cut(self) -> frozenset[str]:
        """The ids of the zone's subnets."""
        return frozenset(one.id for one in self.where.subnets)

    def of(self, group: Group) -> int:
        """How many instances of a group are in the zone."""
        return sum(one.zone == self.where.zone for one in group.members)

    def instances_of(self, group: Group) -> tuple[Instance, ...]:
        """The instances of a group that run in the zone."""
        ids = {one.id for one in group.members}
        return tuple(one for one in self.instances if one.id in ids)


def read(world: World, where: Where) -> Found:
    """Look at all of it; only the load balancers' shifts may stay unknown.  Raises AwsError."""
    ec2, ids = world.aws.ec2(where.place), [one.id for one in where.subnets]
    shiftable, unasked = _shiftable(world, where)
    return Found(
        where,
        acls=network_acl.of_subnets(ec2, ids),
        instances=tuple(instance.find(ec2, subnet_ids=ids, states=RUNS)),
        groups=_groups(world, where),
        balancers=_balancers(world, where),
        shiftable=shiftable,
        unasked=unasked,
    )


def _groups(world: World, where: Where) -> tuple[Group, ...]:
    """Those that launch in one of the subnets, by name."""
    cut = {one.id for one in where.subnets}
    every = autoscaling_group.find(world.aws.autoscaling(where.place))
    found = [one for one in every if not one.going and cut & set(autoscaling_subnets.listed(one.subnets))]
    return tuple(sorted(found, key=lambda one: one.name))


def _balancers(world: World, where: Where) -> tuple[Balancer, ...]:
    every = balancer.find(world.aws.elbv2(where.place))
    found = [one for one in every if one.vpc_id == where.vpc_id and one.type in SHIFTED]
    return tuple(sorted(found, key=lambda one: one.name))


def _shiftable(world: World, where: Where) -> tuple[dict[str, Shiftable], Words | None]:
    """What ARC offers to shift; not every region has it, and not every role may ask."""
    try:
        return {one.arn: one for one in zonal_shift.find(zonal_shift.client(world.aws, where.place))}, None
    except AwsError as error:
        return {}, said(error, where.place.account)
