"""Stop an operation: at once when nothing was sent, otherwise between two calls."""

from dataclasses import dataclass

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.reading import fields

OPEN, ENDED = "not ended", "ended"


@dataclass(frozen=True, slots=True)
class Args:
    """What /toban cancel is told."""

    number: int = arg(Kind.NUMBER, words("the operation's number"), option=False, required=True, at_least=1)


def plan(args: Args, world: World) -> Plan:
    """One step: the operation stops."""
    one = world.ledger.operation(args.number)
    if one is None:
        raise UsageError(words("There is no operation #{number}.", number=args.number))
    if not world.ledger.is_open(args.number):
        return Plan(words("#{number} has ended already: {state}.", number=args.number, state=one.state))
    step = here.step(
        "toban.cancel",
        "operation",
        str(args.number),
        fields(operation=OPEN),
        fields(operation=ENDED),
        person=world.asker,
    )
    return Plan(words("cancel #{number}: {line}", number=args.number, line=one.line), (step,))


def look(world: World, step: Step) -> Fields:
    """Whether it has ended meanwhile."""
    return fields(operation=OPEN if world.ledger.is_open(int(step.target.id)) else ENDED)


def do(world: World, step: Step, _token: str) -> None:
    """Ask it to stop."""
    world.ledger.cancel(int(step.target.id), here.given(step, "person"))


CANCEL = here.action("toban.cancel", look, do)

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
