"""Run a schedule's line now, with its owner's rights and by the same rules as by the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws.account import Place
from bot.command import Action, Batch, Called, Replay, Risk, Verb, World
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
    step = Step(
        key=f"schedule.run/{one.name}",
        action="schedule.run",
        target=here.resource("schedule", one.name),
        before=fields(digest=one.digest),
        after=fields(asked="yes"),
    )
    return Plan(words("ask {line} now, as the schedule {name} does", line=one.line, name=one.name), (step,))


def look(world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """The schedule as it reads now."""
    digests = {one.name: one.digest for one in world.ledger.schedules()}
    return {step.key: fields(digest=digests[step.target.id]) for step in steps if step.target.id in digests}


def call(world: World, batch: Batch) -> Called:
    """Ask the line, once for this batch."""
    (step,) = batch.steps
    world.ledger.run_schedule(step.target.id, batch.token)
    return Called("")


RUN = Action(
    name="schedule.run",
    risk=Risk.CHANGE,
    replay=Replay.BY_TOKEN,
    iam=(),
    look=look,
    call=call,
    watch=here.watch,
)

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
