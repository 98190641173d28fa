"""Skip the next run of a schedule, of the config or from chat, and only that."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.brief import ScheduleBrief
from bot.command import Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.reading import fields
from commands.schedule import _named

NEXT = "next"


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
    run = _run(one.next_due)
    step = here.step(
        "schedule.skip",
        "schedule",
        one.name,
        fields(next=run, skips=""),
        fields(next=run, skips=run),
        person=world.asker,
    )
    summary = words("skip the run of {name} at {at}", name=one.name, at=one.next_due)
    after = tuple(words("The run after it is at {at}.", at=at) for at in one.next_runs[1:2])
    return Plan(summary, (step,), notes=after)


def _run(due: datetime) -> str:
    return due.astimezone(UTC).isoformat()


def look(world: World, step: Step) -> Fields | None:
    """The run that comes next, and whether it is the one that is skipped."""
    one = _named.there(world, step.target.id)
    return None if one is None else _shown(one)


def _shown(one: ScheduleBrief) -> Fields:
    if one.skips is not None:
        return fields(next=_run(one.skips), skips=_run(one.skips))
    return fields(next=_run(one.next_due) if one.next_due else "", skips="")


def do(world: World, step: Step, _token: str) -> None:
    """Skip it; the second time changes nothing."""
    run = datetime.fromisoformat(dict(step.after)["skips"])
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
