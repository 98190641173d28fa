"""Auto Scaling groups replace what is terminated: each new instance in the zone with the fewest.

moto would put every replacement into the group's first subnet, at once into no target group, and whatever is
suspended.  What is done here is told among the group's activities.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playground.aws.groups import NO_MACHINES, Activity, GroupTimes

_GONE = "an instance was taken out of service in response to an EC2 health check that found it terminated"


def launch(group: Any) -> Any:
    """Launch one instance in the emptiest of the group's subnets, and register it with its target groups."""
    before = {one.instance.id for one in group.instance_states}
    with _only_in(group, _emptiest(group)):
        group.replace_autoscaling_group_instances(1, group.get_propagated_tags())
    (made,) = (one.instance for one in group.instance_states if one.instance.id not in before)
    balancing = group.autoscaling_backend.elbv2_backend
    for arn in group.target_group_arns:
        balancing.register_targets(arn, [{"Id": made.id, "Port": balancing.target_groups[arn].port}])
    return made


def leave(backend: Any, terminated: Sequence[str]) -> tuple[str, ...]:
    """Let terminated instances be no members any more, before moto replaces them in its own way.

    Returns the names of their groups.
    """
    left = []
    for group in backend.autoscaling_groups.values():
        stays = [one for one in group.instance_states if one.instance.id not in terminated]
        if len(stays) < len(group.instance_states):
            left.append(group.name)
        group.instance_states = stays
    return tuple(left)


def keep(backend: Any, groups: GroupTimes, names: Sequence[str]) -> None:
    """Let these groups launch what they lack of their desired capacity, unless that is suspended."""
    for group in (backend.autoscaling_groups[name] for name in names):
        lacks = (group.desired_capacity or 0) - len(group.active_instances())
        if not _suspended(group, "Launch"):
            for _ in range(lacks):
                _replace(group, groups)


def _replace(group: Any, groups: GroupTimes) -> None:
    where = (group.account_id, group.region, group.name)
    if group.name in groups.starved:
        words = NO_MACHINES.format(type=group.instance_type, zone=group.availability_zones[0])
        groups.note(where, Activity("Launching a new EC2 instance", _GONE, words))
        return
    groups.note(where, Activity(f"Launching a new EC2 instance: {launch(group).id}", _GONE))


def _suspended(group: Any, process: str) -> bool:
    return any(one["ProcessName"] == process for one in group.suspended_processes)


def _emptiest(group: Any) -> str:
    """The subnet with the fewest members; "" for a group that names zones only."""
    named = (group.vpc_zone_identifier or "").split(",")
    held = Counter(one.instance.subnet_id for one in group.instance_states)
    return min(named, key=lambda key: held[key])


@contextmanager
def _only_in(group: Any, subnet: str) -> Iterator[None]:
    """Let moto know of this subnet only, for a launch."""
    kept = group.vpc_zone_identifier, group.availability_zones
    if subnet:
        zone = group.ec2_backend.get_subnet(subnet).availability_zone
        group.vpc_zone_identifier, group.availability_zones = subnet, [zone]
    try:
        yield
    finally:
        group.vpc_zone_identifier, group.availability_zones = kept
