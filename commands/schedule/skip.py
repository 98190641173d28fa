"""Skip the next run of a schedule, of the config or from chat, and only that."""

from dataclasses import dataclass
from datetime import datetime

from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.reading import fields
from commands.schedule import _named


@dataclass(frozen=True, slots=True)
class Args:
    """What /schedule skip is told."""

    name: str = _named.name_arg()
    next: bool = arg(Kind.FLAG, words("the next run, as always"), default=False)
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step, unless a run to come is skipped already.  Raises UsageError when none comes."""
    one = _named.find(world, args.name)
    if one.skips is not None:
        return Plan(words("{name} skips its run of {at} already.", name=one.name, at=one.skips))
    if one.next_due is None:
        raise UsageError(words("{name} has no next run.", name=one.name))
    run = one.next_due.isoformat()
    before, after = fields(run=run, skipped="no"), fields(run=run, skipped="yes")
    step = here.step("schedule.skip", "schedule", one.name, before, after, person=world.asker)
    summary = words("skip the run of {name} at {at}", name=one.name, at=one.next_due)
    then = tuple(words("The run after it is at {at}.", at=at) for at in one.next_runs[1:2])
    return Plan(summary, (step,), notes=then)


def look(world: World, step: Step) -> Fields | None:
    """The run to come that is skipped, or else the one that comes next."""
    one = _named.there(world, step.target.id)
    if one is None:
        return None
    if one.skips is not None:
        return fields(run=one.skips.isoformat(), skipped="yes")
    return fields(run=one.next_due.isoformat() if one.next_due else "", skipped="no")


def do(world: World, step: Step, _token: str) -> None:
    """Skip it; the second time changes nothing."""
    run = datetime.fromisoformat(dict(step.after)["run"])
    world.ledger.skip_run(step.target.id, run, here.given(step, "person"))


SKIP = here.action("schedule.skip", look, do)

VERB = Verb(
    noun="schedule",
    name="skip",
    help=words("Skip the next run of a schedule, and only that."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/schedule skip dev-off",),
    actions=(SKIP,),
)
