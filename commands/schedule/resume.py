"""Let a schedule that was paused run again, from now on."""

from dataclasses import dataclass

from bot.arguments import emergency_arg
from bot.brief import ScheduleBrief
from bot.command import Risk, Verb, World
from bot.plan import Plan, Step
from bot.words import Words, words
from commands import here
from commands.schedule import _named
from commands.schedule._named import PAUSED, RUNS


@dataclass(frozen=True, slots=True)
class Args:
    """What /schedule resume is told."""

    name: str = _named.name_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step, unless it is not paused."""
    one = _named.find(world, args.name)
    if not one.paused_by:
        return Plan(words("{name} is not paused.", name=one.name), notes=_still_disabled(one))
    step = here.step("schedule.resume", "schedule", one.name, PAUSED, RUNS, person=world.asker)
    summary = words("resume the schedule {name}: {when} {line}", name=one.name, when=one.when, line=one.line)
    return Plan(summary, (step,), notes=_still_disabled(one) or _coming(one))


def _still_disabled(one: ScheduleBrief) -> tuple[Words, ...]:
    why = _named.disabled(one)
    return (why, words("“/schedule approve {name}” enables it again.", name=one.name)) if why else ()


def _coming(one: ScheduleBrief) -> tuple[Words, ...]:
    return (words("It runs next at {at}.", at=one.next_due),) if one.next_due else ()


def do(world: World, step: Step, _token: str) -> None:
    """Resume it; the second time changes nothing."""
    world.ledger.resume_schedule(step.target.id, here.given(step, "person"))


RESUME = here.action("schedule.resume", _named.look, do)

VERB = Verb(
    noun="schedule",
    name="resume",
    help=words("Let a schedule that was paused run again, from now on."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/schedule resume dev-off",),
    actions=(RESUME,),
)
