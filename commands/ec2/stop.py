"""Stop EC2 instances; their disks and addresses stay, and the plan says what does not."""

from aws.instance import Instance
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan
from bot.words import Words, plural, words
from commands import instances
from commands.changes import stop_instances
from commands.changes.stop_instances import STOP
from commands.ec2 import _losses
from commands.ec2._instances import Args
from commands.prices import notes


def plan(args: Args, world: World) -> Plan:
    """One step for each instance that runs; the others are left, with the reason."""
    found = instances.find(world, args.targets, args.account, args.region)
    losses = _losses.of(world, ((place, one) for place, one in found if _why_left(one) is None))
    left = {(place, one.id): _why_left(one) or losses.kept.get((place, one.id)) for place, one in found}
    steps = tuple(
        stop_instances.step(place, one, within=args.within, warnings=losses.warnings.get((place, one.id), ()))
        for place, one in found
        if left[place, one.id] is None
    )
    others = tuple(
        Left(instances.resource(place, one), why) for place, one in found if (why := left[place, one.id])
    )
    summary = plural(
        "stop {count} of {n} instance", "stop {count} of {n} instances", len(found), count=len(steps)
    )
    stopped = ((place, one) for place, one in found if left[place, one.id] is None)
    saved = notes.of_stopped(world, stopped)
    return Plan(summary, steps, others, found.unread, (*losses.notes, *saved))


def _why_left(one: Instance) -> Words | None:
    if one.state != "running":
        return words("it is {state}", state=one.state)
    if one.root_device == "instance-store":
        return words("its root device is an instance store: EC2 cannot stop it")
    return None


VERB = Verb(
    noun="ec2",
    name="stop",
    help=words("Stop EC2 instances; their disks and addresses stay."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", *_losses.IAM),
    plan=plan,
    examples=(
        "/ec2 stop i-0123456789abcdef0",
        "/ec2 stop tag:env=dev",
        "/ec2 stop name:batch-* --account dev",
    ),
    actions=(STOP,),
)
