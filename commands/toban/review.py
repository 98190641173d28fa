"""Say that you looked at an emergency: somebody did not wait for an approval, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws.account import Place
from bot.arguments import Kind, UsageError, arg
from bot.command import Action, Batch, Called, Replay, Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.reading import fields


@dataclass(frozen=True, slots=True)
class Args:
    """What /toban review is told."""

    number: int = arg(Kind.NUMBER, words("the operation's number"), option=False, required=True, at_least=1)


def plan(args: Args, world: World) -> Plan:
    """One step.  Raises UsageError for whoever asked for the emergency."""
    open_ones = {one.number: one for one in world.ledger.unreviewed()}
    if args.number not in open_ones:
        return Plan(words("#{number} waits for no review.", number=args.number))
    one = open_ones[args.number]
    if one.person == world.asker:
        raise UsageError(
            words("You asked for #{number} yourself; somebody else has to review it.", number=args.number)
        )
    step = Step(
        key=f"toban.review/{args.number}",
        action="toban.review",
        target=here.resource("operation", str(args.number)),
        before=fields(reviewed="no"),
        after=fields(reviewed="yes"),
        inputs=fields(person=world.asker),
    )
    return Plan(words("review #{number}: {line}", number=args.number, line=one.line), (step,))


def look(world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each still waits for its review."""
    waiting = {str(one.number) for one in world.ledger.unreviewed()}
    return {step.key: fields(reviewed="no" if step.target.id in waiting else "yes") for step in steps}


def call(world: World, batch: Batch) -> Called:
    """Record it."""
    (step,) = batch.steps
    world.ledger.review(int(step.target.id), dict(step.inputs)["person"])
    return Called("")


REVIEW = Action(
    name="toban.review",
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(),
    look=look,
    call=call,
    watch=here.watch,
)

VERB = Verb(
    noun="toban",
    name="review",
    help=words("Say that you looked at an emergency that did not wait for an approval."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/toban review 17",),
    actions=(REVIEW,),
)
