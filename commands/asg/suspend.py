"""Suspend what Auto Scaling groups do by themselves, such as replacing what seems unhealthy."""

from collections.abc import Sequence

from aws import autoscaling_process
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import Words, plural, words
from commands.asg import _groups, _processes
from commands.asg._processes import SUSPENDED, Args, Turn

NAME = "asg.suspend"


def plan(args: Args, world: World) -> Plan:
    """One step for each group in which one of the processes is active."""
    return _processes.plan(args, world, Turn(NAME, SUSPENDED, _summary, _warnings))


def _summary(found: int, count: int) -> Words:
    return plural(
        "suspend processes of {count} of {n} group",
        "suspend processes of {count} of {n} groups",
        found,
        count=count,
    )


def _warnings(suspended: Sequence[str]) -> tuple[Words, ...]:
    """What whoever agrees should know."""
    if {"Launch", "HealthCheck", "ReplaceUnhealthy"} & set(suspended):
        return (words("until it is resumed nothing that breaks is replaced"),)
    return ()


SUSPEND = _processes.action(NAME, "autoscaling:SuspendProcesses", autoscaling_process.suspend)

VERB = Verb(
    noun="asg",
    name="suspend",
    help=words("Suspend what Auto Scaling groups do by themselves, until it is resumed."),
    args=Args,
    risk=Risk.CHANGE,
    iam=_groups.READS,
    plan=plan,
    examples=("/asg suspend web", "/asg suspend web --process ReplaceUnhealthy --process AZRebalance"),
    actions=(SUSPEND,),
)
