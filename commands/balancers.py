"""Load balancers and what is behind them, for every verb that is about load balancers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aws import autoscaling_group, balancer, target_group
from aws.account import Place
from aws.balancer import Balancer
from aws.target_group import TargetGroup
from bot.arguments import UsageError
from bot.command import World
from bot.plan import Resource
from bot.targets import Targets
from bot.words import Words, words
from commands.reading import Found, all_named, asked_for, everywhere, fits, nearest, places

READS = (
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTags",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
)
READS_WHY = (
    "autoscaling:DescribeAutoScalingGroups",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeRules",
)
"""What is read besides of those that send to nobody."""
DELETABLE = ("application", "network")
CLUSTERS = ("elbv2.k8s.aws/cluster", "kubernetes.io/cluster/")
"""Tags by which Kubernetes' controllers know what they made."""


@dataclass(frozen=True, slots=True)
class Use:
    """A load balancer, and what is behind it."""

    balancer: Balancer
    groups: tuple[TargetGroup, ...]
    registered: int  # targets in all of its groups

    @property
    def cluster(self) -> str:
        """The Kubernetes cluster that made it; "" when none did."""
        for key, value in self.balancer.tags.items():
            if key == CLUSTERS[0]:
                return value
            if key.startswith(CLUSTERS[1]):
                return key.removeprefix(CLUSTERS[1])
        return ""


def find(world: World, targets: Targets, accounts: Sequence[str], regions: Sequence[str]) -> Found[Use]:
    """The load balancers that are meant; no targets: all.  Raises UsageError when one, or all, is nowhere."""
    meant = places(world, accounts, regions)
    every = everywhere(meant, lambda place: in_place(world, place, targets))
    all_named(targets, (one.balancer.name for _, one in every), every.unread)
    if not every.items and not every.unread and (targets.names or targets.tags):
        raise UsageError(_nothing(world, meant, targets))
    return every


def in_place(
    world: World, place: Place, targets: Targets | None = None, arns: Sequence[str] = ()
) -> Iterator[Use]:
    """The load balancers of a place that are meant, each with what is behind it; one look for each group."""
    elbv2 = world.aws.elbv2(place)
    meant = [one for one in balancer.find(elbv2) if _is_meant(one, targets, arns)]
    groups = _by_balancer(list(target_group.find(elbv2))) if meant else {}
    for one in meant:
        theirs = groups.get(one.arn, ())
        yield Use(one, theirs, sum(len(target_group.targets(elbv2, group.arn)) for group in theirs))


def _is_meant(one: Balancer, targets: Targets | None, arns: Sequence[str]) -> bool:
    if targets is None:
        return not arns or one.arn in arns
    return fits(targets, (one.name,), one.tags)


def _by_balancer(groups: Sequence[TargetGroup]) -> Mapping[str, tuple[TargetGroup, ...]]:
    found: dict[str, tuple[TargetGroup, ...]] = {}
    for group in groups:
        for arn in group.balancers:
            found[arn] = (*found.get(arn, ()), group)
    return found


def why_used(world: World, place: Place, one: Use) -> Words | None:
    """Why a load balancer is needed, as far as AWS shows it; None: it sends to nobody.  Raises AwsError.

    The listeners and the Auto Scaling groups are looked at only when nothing is registered.
    """
    if one.balancer.type not in DELETABLE:
        return words("it is of the type {type}", type=one.balancer.type)
    if one.registered:
        return words(
            "{n} targets are registered with {groups}",
            n=str(one.registered),
            groups=", ".join(group.name for group in one.groups),
        )
    if not one.groups and balancer.answers_by_itself(world.aws.elbv2(place), one.balancer.arn):
        return words("it has no targets because it answers by itself: it redirects, or says something fixed")
    fed = _fed_by(world, place, one) if one.groups else ""
    if fed:
        return words("the Auto Scaling group {group} registers with it what it launches", group=fed)
    return None


def _fed_by(world: World, place: Place, one: Use) -> str:
    """The Auto Scaling group, empty now, whose instances belong behind it."""
    arns = {group.arn for group in one.groups}
    every = autoscaling_group.find(world.aws.autoscaling(place))
    return next((group.name for group in every if arns & set(group.target_groups)), "")


def resource(place: Place, one: Balancer) -> Resource:
    """A load balancer as a step's target."""
    return Resource(place.account, place.region, "load-balancer", one.name, one.tags.name, one.tags.pairs)


def _nothing(world: World, meant: Sequence[Place], targets: Targets) -> Words:
    """Say that nothing fits, with the names and tags that come nearest."""
    every = everywhere(meant, lambda place: balancer.find(world.aws.elbv2(place)))
    near = nearest(targets, ((one.name, one.tags) for _, one in every))
    asked = " ".join(asked_for(targets))
    if near:
        return words("No load balancer fits {asked}. Did you mean {near}?", asked=asked, near=near)
    return words("No load balancer fits {asked}.", asked=asked)
