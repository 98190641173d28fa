"""Pause a schedule, of the config or from chat: it does not run until somebody resumes it."""

from dataclasses import dataclass

from bot.arguments import emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Plan, Step
from bot.words import words
from commands import here
from commands.schedule import _named
from commands.schedule._named import PAUSED, RUNS


@dataclass(frozen=True, slots=True)
class Args:
    """What /schedule pause is told."""

    name: str = _named.name_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step, unless it is paused already."""
    one = _named.find(world, args.name)
    if (already := _named.paused(one)) is not None:
        return Plan(already)
    step = here.step("schedule.pause", "schedule", one.name, RUNS, PAUSED, person=world.asker)
    note = words("What falls due is passed over until “/schedule resume {name}”.", name=one.name)
    summary = words("pause the schedule {name}: {when} {line}", name=one.name, when=one.when, line=one.line)
    return Plan(summary, (step,), notes=(note,))


def do(world: World, step: Step, _token: str) -> None:
    """Pause it; the second time changes nothing."""
    world.ledger.pause_schedule(step.target.id, here.given(step, "person"))


PAUSE = here.action("schedule.pause", _named.look, do)

VERB = Verb(
    noun="schedule",
    name="pause",
    help=words("Pause a schedule: it does not run until somebody resumes it."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/schedule pause dev-off",),
    actions=(PAUSE,),
)
