"""Snooze an alarm: nobody is called about it for a while; then it is as if it had just begun."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.command import Risk, Verb, World
from bot.moment import Moment
from bot.plan import Fields, Plan, Step
from bot.trouble import State, Trouble
from bot.words import words
from commands import here
from commands.alarm import _named, _quiet
from commands.reading import fields


@dataclass(frozen=True, slots=True)
class Args:
    """What /alarm snooze is told."""

    alarm: str = _named.alarm_arg()
    for_: timedelta | None = _quiet.for_arg()
    until: Moment | None = _quiet.until_arg()


def plan(args: Args, world: World) -> Plan:
    """One step, unless it is over."""
    one = _named.find(world, args.alarm)
    until = _quiet.until(args.for_, args.until, world)
    if one.state is State.OVER:
        return Plan(words("#A{number} is over.", number=one.number))
    step = here.step(
        "alarm.snooze",
        "alarm",
        _named.target(one),
        _quiet_until(one),
        fields(quiet=until.isoformat()),
        person=world.asker,
    )
    summary = words(
        "call nobody about #A{number} until {until}: {title}", number=one.number, until=until, title=one.title
    )
    return Plan(summary, (step,), notes=(words("Then it is as if it had just begun."),))


def _quiet_until(one: Trouble) -> Fields:
    return fields(quiet=one.snoozed_until.isoformat() if one.snoozed_until else "no")


def look(world: World, step: Step) -> Fields | None:
    """Until when nobody is called about it; none that is over needs that."""
    one = _named.there(world, step)
    return None if one is None or one.state is State.OVER else _quiet_until(one)


def do(world: World, step: Step, _token: str) -> None:
    """Snooze it; the second time changes nothing."""
    until = datetime.fromisoformat(dict(step.after)["quiet"])
    world.troubles.snooze(_named.number(step.target.id), until, here.given(step, "person"))


SNOOZE = here.action("alarm.snooze", look, do)

VERB = Verb(
    noun="alarm",
    name="snooze",
    help=words("Snooze an alarm: nobody is called about it for a while."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/alarm snooze A12 --for 2h", "/alarm snooze A12 --until 22:00"),
    actions=(SNOOZE,),
)
