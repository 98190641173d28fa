"""Remove a schedule that was added from chat; what it has begun goes on."""

from dataclasses import dataclass

from bot.arguments import UsageError, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.reading import fields
from commands.schedule import _named


@dataclass(frozen=True, slots=True)
class Args:
    """What /schedule remove is told."""

    name: str = _named.name_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step.  Raises UsageError for a schedule of the config, which only its file can forget."""
    one = _named.find(world, args.name)
    if one.configured:
        raise UsageError(
            words(
                "The schedule {name} stands in the config file: take it out there,"
                " or “/schedule pause {name}”.",
                name=one.name,
            )
        )
    before, after = fields(digest=one.digest), fields(digest="")
    step = here.step("schedule.remove", "schedule", one.name, before, after, person=world.asker)
    summary = words("remove the schedule {name}: {when} {line}", name=one.name, when=one.when, line=one.line)
    again = words("What it has begun goes on. The audit log keeps its line.")
    return Plan(summary, (step,), notes=(again,))


def look(world: World, step: Step) -> Fields:
    """What the schedule says now; "" when there is none any more, which is what is wanted."""
    one = _named.there(world, step.target.id)
    return fields(digest=one.digest if one else "")


def do(world: World, step: Step, _token: str) -> None:
    """Forget it; the second time changes nothing."""
    world.ledger.remove_schedule(step.target.id, here.given(step, "person"))


REMOVE = here.action("schedule.remove", look, do)

VERB = Verb(
    noun="schedule",
    name="remove",
    help=words("Remove a schedule that was added from chat; what it has begun goes on."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/schedule remove dev-off",),
    actions=(REMOVE,),
)
