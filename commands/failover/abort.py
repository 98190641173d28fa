"""End a failure test now: nothing more is broken, and all that is, is put back at once.

Everybody who may ask anything may: a fault that somebody wants to end needs no approval.
"""

from dataclasses import dataclass

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.reading import fields

NAME = "failover.abort"
OPEN, ENDED = "not ended", "ended"
RUN = ("/failover run ", "/failover run-")
"""How a failure test's line begins, as it is stored, and as it was before it was two words."""


@dataclass(frozen=True, slots=True)
class Args:
    """What /failover abort is told."""

    number: int = arg(
        Kind.NUMBER,
        words("the number of its operation; without it, the one that is under way"),
        option=False,
        default=0,
        at_least=1,
    )


def plan(args: Args, world: World) -> Plan:
    """One step: it ends."""
    number = args.number or _the_one(world)
    one = world.ledger.operation(number)
    if one is None or not one.line.startswith(RUN):
        raise UsageError(words("#{number} is no failure test.", number=number))
    if not world.ledger.is_open(number):
        return Plan(words("#{number} has ended already: {state}.", number=number, state=one.state))
    before, after = fields(operation=OPEN), fields(operation=ENDED)
    step = here.step(NAME, "operation", str(number), before, after, person=world.asker)
    return Plan(words("end #{number} now: {line}", number=number, line=one.line), (step,))


def _the_one(world: World) -> int:
    """The only drill that is under way.  Raises UsageError when there are none, or several."""
    numbers = [one.number for one in world.drills.find(open_only=True)]
    if not numbers:
        raise UsageError(words("No failure test is under way."))
    if len(numbers) > 1:
        known = ", ".join(f"#{number}" for number in numbers)
        raise UsageError(words("Say which one: {known}.", known=known))
    return numbers[0]


def look(world: World, step: Step) -> Fields:
    """Whether it has ended meanwhile."""
    return fields(operation=OPEN if world.ledger.is_open(int(step.target.id)) else ENDED)


def do(world: World, step: Step, _token: str) -> None:
    """Ask it to end; the second time changes nothing."""
    world.ledger.cancel(int(step.target.id), here.given(step, "person"))


ABORT = here.action(NAME, look, do, risk=Risk.NONE, whatever_happens=True)

VERB = Verb(
    noun="failover",
    name="abort",
    help=words("End a failure test now: all that is broken is put back at once."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/failover abort 17", "/failover abort"),
    actions=(ABORT,),
)
