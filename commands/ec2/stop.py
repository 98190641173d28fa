"""Stop EC2 instances; their disks and addresses stay."""

from aws.account import Place
from aws.instance import Instance
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.words import Words, plural, words
from commands import instances
from commands.changes import stop_instances
from commands.changes.instance_state import GROUP_TAG
from commands.changes.stop_instances import STOP
from commands.ec2._instances import Args


def plan(args: Args, world: World) -> Plan:
    """One step for each instance that runs; the others are left, with the reason."""
    found = instances.find(world, args.targets, args.account, args.region)
    steps = tuple(_step(place, one) for place, one in found if _why_left(one) is None)
    left = tuple(
        Left(instances.resource(place, one), why)
        for place, one in found
        if (why := _why_left(one)) is not None
    )
    summary = plural(
        "stop {count} of {n} instance", "stop {count} of {n} instances", len(found), count=len(steps)
    )
    return Plan(summary, steps, left, found.unread)


def _why_left(one: Instance) -> Words | None:
    if one.state != "running":
        return words("it is {state}", state=one.state)
    if one.root_device == "instance-store":
        return words("its root device is an instance store: EC2 cannot stop it")
    return None


def _step(place: Place, one: Instance) -> Step:
    group = one.tags.get(GROUP_TAG, "")
    replaced = words("its Auto Scaling group {group} will replace it", group=group)
    return stop_instances.step(place, one, (replaced,) if group else ())


VERB = Verb(
    noun="ec2",
    name="stop",
    help=words("Stop EC2 instances; their disks and addresses stay."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances",),
    plan=plan,
    examples=(
        "/ec2 stop i-0123456789abcdef0",
        "/ec2 stop tag:env=dev",
        "/ec2 stop name:batch-* --account dev",
    ),
    actions=(STOP,),
)
