"""Resume what was suspended of Auto Scaling groups."""

from collections.abc import Sequence

from aws import autoscaling_process
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import Words, plural, words
from commands.asg import _groups, _processes
from commands.asg._processes import ACTIVE, Args, Turn

NAME = "asg.resume"


def plan(args: Args, world: World) -> Plan:
    """One step for each group in which one of the processes is suspended."""
    return _processes.plan(args, world, Turn(NAME, ACTIVE, _summary, _warnings))


def _summary(found: int, count: int) -> Words:
    return plural(
        "resume processes of {count} of {n} group",
        "resume processes of {count} of {n} groups",
        found,
        count=count,
    )


def _warnings(resumed: Sequence[str]) -> tuple[Words, ...]:
    """What whoever agrees should know."""
    if {"Terminate", "HealthCheck", "ReplaceUnhealthy"} & set(resumed):
        return (words("what became unhealthy meanwhile is replaced at once"),)
    return ()


RESUME = _processes.action(NAME, "autoscaling:ResumeProcesses", autoscaling_process.resume)

VERB = Verb(
    noun="asg",
    name="resume",
    help=words("Resume what was suspended of Auto Scaling groups."),
    args=Args,
    risk=Risk.CHANGE,
    iam=_groups.READS,
    plan=plan,
    examples=("/asg resume web", "/asg resume tag:env=dev --process Launch"),
    actions=(RESUME,),
)
