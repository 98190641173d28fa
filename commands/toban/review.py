"""Say that you looked at an emergency: somebody did not wait for an approval, and why."""

from dataclasses import dataclass

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
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
    step = here.step(
        "toban.review",
        "operation",
        str(args.number),
        fields(reviewed="no"),
        fields(reviewed="yes"),
        person=world.asker,
    )
    return Plan(words("review #{number}: {line}", number=args.number, line=one.line), (step,))


def look(world: World, step: Step) -> Fields:
    """Whether it still waits for its review."""
    waits = any(str(one.number) == step.target.id for one in world.ledger.unreviewed())
    return fields(reviewed="no" if waits else "yes")


def do(world: World, step: Step, _token: str) -> None:
    """Record it."""
    world.ledger.review(int(step.target.id), here.given(step, "person"))


REVIEW = here.action("toban.review", look, do)

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
