"""Agree to a schedule as it reads now: its line, its times, its caps.  An edit voids this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws.account import Place
from bot.arguments import UsageError
from bot.brief import ScheduleBrief
from bot.command import Action, Batch, Called, Replay, Risk, Verb, World
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
    step = Step(
        key=f"schedule.approve/{one.name}",
        action="schedule.approve",
        target=here.resource("schedule", one.name),
        before=fields(agreed="no", digest=one.digest),
        after=fields(agreed="yes", digest=one.digest),
        inputs=fields(person=world.asker),
    )
    summary = words(
        "agree to the schedule {name}: {when} {line}", name=one.name, when=one.when, line=one.line
    )
    return Plan(summary, (step,))


def look(world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """The schedule as it reads now, and whether this person agreed."""
    there = {one.name: one for one in world.ledger.schedules()}
    return {
        step.key: _fields(there[step.target.id], dict(step.inputs)["person"])
        for step in steps
        if step.target.id in there
    }


def _fields(one: ScheduleBrief, person: str) -> Fields:
    agreed = person in one.approved_by and one.disabled is None
    return fields(agreed="yes" if agreed else "no", digest=one.digest)


def call(world: World, batch: Batch) -> Called:
    """Record it; the second time changes nothing."""
    (step,) = batch.steps
    world.ledger.approve_schedule(step.target.id, dict(step.before)["digest"], dict(step.inputs)["person"])
    return Called("")


APPROVE = Action(
    name="schedule.approve",
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(),
    look=look,
    call=call,
    watch=here.watch,
)

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
