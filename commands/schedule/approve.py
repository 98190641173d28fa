"""Agree to a schedule as it reads now: its line, its times, its caps.  An edit voids this."""

from dataclasses import dataclass

from bot.arguments import UsageError
from bot.command import Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.reading import fields
from commands.schedule import _named


@dataclass(frozen=True, slots=True)
class Args:
    """What /schedule approve is told."""

    name: str = _named.name_arg()


def plan(args: Args, world: World) -> Plan:
    """One step, unless this person agreed already.  Raises UsageError for the schedule's owner."""
    one = _named.find(world, args.name)
    if world.asker == one.owner:
        raise UsageError(
            words("You own the schedule {name}; somebody else has to agree to it.", name=one.name)
        )
    if world.asker in one.approved_by and one.disabled is None:
        return Plan(words("You have agreed to the schedule {name} already.", name=one.name))
    step = here.step(
        "schedule.approve",
        "schedule",
        one.name,
        fields(agreed="no", digest=one.digest),
        fields(agreed="yes", digest=one.digest),
        person=world.asker,
    )
    summary = words(
        "agree to the schedule {name}: {when} {line}", name=one.name, when=one.when, line=one.line
    )
    by_mail = _named.by_mail(one)
    return Plan(summary, (step,), notes=(by_mail,) if by_mail else ())


def look(world: World, step: Step) -> Fields | None:
    """The schedule as it reads now, and whether this person agreed."""
    one = _named.there(world, step.target.id)
    if one is None:
        return None
    agreed = here.given(step, "person") in one.approved_by and one.disabled is None
    return fields(agreed="yes" if agreed else "no", digest=one.digest)


def do(world: World, step: Step, _token: str) -> None:
    """Record it; the second time changes nothing."""
    world.ledger.approve_schedule(step.target.id, dict(step.before)["digest"], here.given(step, "person"))


APPROVE = here.action("schedule.approve", look, do)

VERB = Verb(
    noun="schedule",
    name="approve",
    help=words("Agree to a schedule as it reads now: its line, its times, its caps."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/schedule approve nightly",),
    actions=(APPROVE,),
)
