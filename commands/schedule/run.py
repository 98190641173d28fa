"""Run a schedule's line now, with its owner's rights and by the same rules as by the clock."""

from dataclasses import dataclass

from bot.command import Replay, Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.reading import fields
from commands.schedule import _named


@dataclass(frozen=True, slots=True)
class Args:
    """What /schedule run is told."""

    name: str = _named.name_arg()


def plan(args: Args, world: World) -> Plan:
    """One step: the line is asked, which makes an operation of its own."""
    one = _named.find(world, args.name)
    step = here.step("schedule.run", "schedule", one.name, fields(digest=one.digest), fields(asked="yes"))
    return Plan(words("ask {line} now, as the schedule {name} does", line=one.line, name=one.name), (step,))


def look(world: World, step: Step) -> Fields | None:
    """The schedule as it reads now."""
    one = _named.there(world, step.target.id)
    return None if one is None else fields(digest=one.digest)


def do(world: World, step: Step, token: str) -> None:
    """Ask the line, once for this token."""
    world.ledger.run_schedule(step.target.id, token)


RUN = here.action("schedule.run", look, do, replay=Replay.BY_TOKEN)

VERB = Verb(
    noun="schedule",
    name="run",
    help=words("Run a schedule's line now, with its owner's rights and by the same rules."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/schedule run dev-off",),
    actions=(RUN,),
)
