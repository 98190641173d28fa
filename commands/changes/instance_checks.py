"""What EC2's status checks, and load balancers, say of an instance that runs."""

from collections.abc import Mapping, Sequence

from aws import target_group
from aws.account import Place
from aws.instance import Status
from aws.target_group import Target
from bot.command import World
from bot.words import Words, words

NOT_IN_USE = "Target.NotInUse"
"""No load balancer sends anything to the group, so nobody looks whether it is healthy ("TargetHealth")."""


def shown(checks: Status) -> Words:
    """The checks that EC2 makes of an instance that runs: two, or three with that of its volumes."""
    if checks.ebs:
        return words(
            "running; system check {system}, instance check {instance}, volume check {ebs}",
            system=checks.system,
            instance=checks.instance,
            ebs=checks.ebs,
        )
    return words(
        "running; system check {system}, instance check {instance}",
        system=checks.system,
        instance=checks.instance,
    )


Health = Mapping[str, Sequence[Target]]
"""The targets of each group, by its ARN."""


def health_in(world: World, place: Place, arns: set[str]) -> Health:
    """One call for each group.  Raises AwsError."""
    return {arn: target_group.targets(world.aws.elbv2(place), arn) for arn in sorted(arns)}


def unhealthy(instance_id: str, arns: Sequence[str], health: Health) -> Words | None:
    """Where it is not healthy yet, among these groups; None: it is healthy in each."""
    for arn in arns:
        (group,) = target_group.names_of([arn])
        theirs = [target for target in health[arn] if target.id == instance_id]
        if not theirs:
            return words("running; not registered with the target group {group}", group=group)
        for target in theirs:
            if target.state != "healthy" and target.reason != NOT_IN_USE:
                return words(
                    "running; in the target group {group} it is {state}: {reason}",
                    group=group,
                    state=target.state,
                    reason=target.description or target.reason or "–",
                )
    return None
