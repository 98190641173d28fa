"""What stands beside the instances of a place: what else runs, in which groups, and who is healthy where."""

from collections.abc import Sequence

from aws import autoscaling_group, instance, target_group
from aws.account import Place
from aws.instance import Instance
from bot.command import World
from commands.changes.instance_state import GROUP_TAG
from commands.failover._hazards import Surroundings

READS = (
    "autoscaling:DescribeAutoScalingGroups",
    "ec2:DescribeInstances",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
)


def read(world: World, place: Place) -> Surroundings:
    """All of it; a call for each target group of the place's VPCs.  Raises AwsError."""
    running = tuple(instance.find(world.aws.ec2(place), states=("running",)))
    names = sorted({one.tags.get(GROUP_TAG, "") for one in running} - {""})
    found = autoscaling_group.find(world.aws.autoscaling(place), names=names) if names else ()
    healthy, named = _healthy(world, place, running)
    return Surroundings(running, {one.name: one for one in found}, healthy, named)


def _healthy(
    world: World, place: Place, running: Sequence[Instance]
) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """The healthy instances of each target group of their VPCs, by its ARN; and the groups' names."""
    elbv2, vpcs = world.aws.elbv2(place), {one.vpc_id for one in running}
    by_address = {one.private_ip: one.id for one in running if one.private_ip}
    healthy, names = {}, {}
    for group in target_group.find(elbv2):
        if group.kind in ("instance", "ip") and group.vpc_id in vpcs:
            found = [one.id for one in target_group.targets(elbv2, group.arn) if one.state == "healthy"]
            healthy[group.arn] = frozenset(by_address.get(id_, id_) for id_ in found)
            names[group.arn] = group.name
    return healthy, names
