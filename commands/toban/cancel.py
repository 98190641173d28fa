"""Stop an operation: at once when nothing was sent, otherwise between two calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws.account import Place
from bot.arguments import Kind, UsageError, arg
from bot.command import Action, Batch, Called, Replay, Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.reading import fields

ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Args:
    """What /toban cancel is told."""

    number: int = arg(Kind.NUMBER, words("the operation's number"), option=False, required=True, at_least=1)


def plan(args: Args, world: World) -> Plan:
    """One step: the operation stops."""
    one = world.ledger.operation(args.number)
    if one is None:
        raise UsageError(words("There is no operation #{number}.", number=args.number))
    if one.state not in {brief.state for brief in world.ledger.pending()}:
        return Plan(words("#{number} has ended already: {state}.", number=args.number, state=one.state))
    step = Step(
        key=f"toban.cancel/{args.number}",
        action="toban.cancel",
        target=here.resource("operation", str(args.number)),
        before=fields(operation="not ended"),
        after=fields(operation=ENDED),
        inputs=fields(person=world.asker),
    )
    return Plan(words("cancel #{number}: {line}", number=args.number, line=one.line), (step,))


def look(world: World, _place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """Whether each has ended meanwhile."""
    open_now = {str(one.number) for one in world.ledger.pending()}
    return {
        step.key: fields(operation="not ended" if step.target.id in open_now else ENDED) for step in steps
    }


def call(world: World, batch: Batch) -> Called:
    """Ask it to stop."""
    (step,) = batch.steps
    world.ledger.cancel(int(step.target.id), dict(step.inputs)["person"])
    return Called("")


CANCEL = Action(
    name="toban.cancel",
    risk=Risk.CHANGE,
    replay=Replay.REPEATABLE,
    iam=(),
    look=look,
    call=call,
    watch=here.watch,
)

VERB = Verb(
    noun="toban",
    name="cancel",
    help=words("Stop an operation: at once when nothing was sent, otherwise between two calls."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/toban cancel 17",),
    actions=(CANCEL,),
)
