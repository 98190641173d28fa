"""Let changes go on after a break in the audit log was looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws.account import Place
from bot.arguments import Kind, arg
from bot.command import Action, Batch, Called, Replay, Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.reading import fields


@dataclass(frozen=True, slots=True)
class Args:
    """What /toban acknowledge is told."""

    reason: str = arg(
        Kind.TEXT, words("what was found, and why changes may go on"), option=False, required=True
    )


def plan(args: Args, world: World) -> Plan:
    """One step, when there is a break; otherwise the answer that there is none."""
    if not world.ledger.audit_is_broken():
        return Plan(words("The audit log has no break that waits to be looked at."))
    step = Step(
        key="toban.acknowledge",
        action="toban.acknowledge",
        target=here.resource("audit", "break"),
        before=fields(changes="stopped"),
        after=fields(changes="go on"),
        inputs=fields(person=world.asker, reason=args.reason),
    )
    return Plan(words("let changes go on after the break in the audit log"), (step,))


def look(world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether changes are stopped."""
    broken = world.ledger.audit_is_broken()
    return {step.key: fields(changes="stopped" if broken else "go on") for step in steps}


def call(world: World, batch: Batch) -> Called:
    """Acknowledge the break."""
    (step,) = batch.steps
    said = dict(step.inputs)
    world.ledger.acknowledge_break(said["person"], said["reason"])
    return Called("")


ACKNOWLEDGE = Action(
    name="toban.acknowledge",
    risk=Risk.DESTROY,
    replay=Replay.REPEATABLE,
    iam=(),
    look=look,
    call=call,
    watch=here.watch,
    whatever_happens=True,
)

VERB = Verb(
    noun="toban",
    name="acknowledge",
    help=words("Let changes go on after a break in the audit log was looked at."),
    args=Args,
    risk=Risk.DESTROY,
    iam=(),
    plan=plan,
    examples=('/toban acknowledge "restored the database from the copy of 03:00"',),
    actions=(ACKNOWLEDGE,),
)
