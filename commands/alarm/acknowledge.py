"""Acknowledge an alarm: you look at it, and nobody else is called."""

from dataclasses import dataclass

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.trouble import State
from bot.words import words
from commands import here
from commands.alarm import _named
from commands.reading import fields


@dataclass(frozen=True, slots=True)
class Args:
    """What /alarm acknowledge is told."""

    alarm: str = _named.alarm_arg()
    reason: str = arg(Kind.TEXT, words("why, for the thread: what is done, or why nothing is"), default="")


def plan(args: Args, world: World) -> Plan:
    """One step, unless it is over or somebody looks at it already."""
    one = _named.find(world, args.alarm)
    if one.state is State.OVER:
        return Plan(words("#A{number} is over.", number=one.number))
    if one.state is State.ACKNOWLEDGED:
        said = words("{person} looks at #A{number} already.", person=one.acknowledged_by, number=one.number)
        return Plan(said)
    before, after = fields(state=State.OPEN), fields(state=State.ACKNOWLEDGED)
    by = {"person": world.asker, "reason": args.reason}
    step = here.step("alarm.acknowledge", "alarm", _named.target(one), before, after, **by)
    return Plan(words("acknowledge #A{number}: {title}", number=one.number, title=one.title), (step,))


def look(world: World, step: Step) -> Fields | None:
    """Where it stands."""
    one = _named.there(world, step)
    return None if one is None else fields(state=one.state)


def do(world: World, step: Step, _token: str) -> None:
    """Say who looks at it; the second time changes nothing."""
    world.troubles.acknowledge(
        _named.number(step.target.id), here.given(step, "person"), here.given(step, "reason")
    )


ACKNOWLEDGE = here.action("alarm.acknowledge", look, do)

VERB = Verb(
    noun="alarm",
    name="acknowledge",
    help=words("Acknowledge an alarm: you look at it, and nobody else is called."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/alarm acknowledge A12", '/alarm acknowledge A12 --reason "our own scanner, no abuse"'),
    actions=(ACKNOWLEDGE,),
)
