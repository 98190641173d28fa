"""Reboot EC2 instances, and see that they pass their checks afterwards."""

from bot.command import Risk, Verb, World
from bot.plan import Left, Plan
from bot.words import plural, words
from commands import instances
from commands.changes import reboot_instances
from commands.changes.reboot_instances import REBOOT
from commands.ec2 import _losses
from commands.ec2._instances import Args


def plan(args: Args, world: World) -> Plan:
    """One step for each instance that runs; the others are left."""
    found = instances.find(world, args.targets, args.account, args.region)
    running = [(place, one) for place, one in found if one.state == "running"]
    losses = _losses.of(world, running, reboots=True)
    steps = tuple(
        reboot_instances.step(place, one, within=args.within, warnings=losses.warnings[place, one.id])
        for place, one in running
    )
    left = tuple(
        Left(instances.resource(place, one), words("it is {state}", state=one.state))
        for place, one in found
        if one.state != "running"
    )
    summary = plural(
        "reboot {count} of {n} instance", "reboot {count} of {n} instances", len(found), count=len(steps)
    )
    return Plan(summary, steps, left, found.unread, losses.notes)


VERB = Verb(
    noun="ec2",
    name="reboot",
    help=words("Reboot EC2 instances, and see that they pass their checks afterwards."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", "ssm:DescribeSessions"),
    plan=plan,
    examples=("/ec2 reboot i-0123456789abcdef0", "/ec2 reboot name:batch-* --within 5m"),
    actions=(REBOOT,),
)
