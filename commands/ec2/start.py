"""Start EC2 instances, and see them through to passed status checks."""

from bot.command import Risk, Verb, World
from bot.plan import Left, Plan
from bot.words import plural, words
from commands import instances
from commands.changes import start_instances
from commands.changes.start_instances import START
from commands.ec2._instances import Args


def plan(args: Args, world: World) -> Plan:
    """One step for each instance that is stopped; the others are left, with the reason."""
    found = instances.find(world, args.targets, args.account, args.region)
    steps = tuple(start_instances.step(place, one) for place, one in found if one.state == "stopped")
    left = tuple(
        Left(instances.resource(place, one), words("it is {state}", state=one.state))
        for place, one in found
        if one.state != "stopped"
    )
    summary = plural(
        "start {count} of {n} instance", "start {count} of {n} instances", len(found), count=len(steps)
    )
    return Plan(summary, steps, left, found.unread)


VERB = Verb(
    noun="ec2",
    name="start",
    help=words("Start EC2 instances, and see them through to passed status checks."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances",),
    plan=plan,
    examples=("/ec2 start i-0123456789abcdef0", "/ec2 start tag:env=dev"),
    actions=(START,),
)
