"""Let a shift of traffic go on to its next stage, after a look at how users fare."""

# ruff: noqa: N999 - a verb is called as it is typed, and no other module imports it by name

from dataclasses import dataclass

from bot.arguments import Kind, UsageError, arg
from bot.command import Risk, Verb, World
from bot.plan import Fields, Plan, Step
from bot.words import words
from commands import here
from commands.changes import gate

NAME = "failover.continue"


@dataclass(frozen=True, slots=True)
class Args:
    """What /failover continue is told."""

    number: int = arg(Kind.NUMBER, words("the operation's number"), option=False, required=True, at_least=1)


def plan(args: Args, world: World) -> Plan:
    """One step: the gate at which it waits is opened, and no later one."""
    one = world.ledger.operation(args.number)
    if one is None:
        raise UsageError(words("There is no operation #{number}.", number=args.number))
    if not world.ledger.is_open(args.number):
        return Plan(words("#{number} has ended already: {state}.", number=args.number, state=one.state))
    stage = gate.waiting(world, args.number)
    if stage is None:
        return Plan(words("#{number} does not wait for anybody to let it go on.", number=args.number))
    target, by = f"{args.number}@{stage}", {"number": str(args.number), "person": world.asker}
    step = here.step(NAME, "gate", target, gate.SHUT, gate.OPEN, **by)
    summary = words(
        "let #{number} go on after {stage} %: {line}", number=args.number, stage=stage, line=one.line
    )
    return Plan(summary, (step,))


def look(world: World, step: Step) -> Fields | None:
    """Whether it is open; gone with the operation."""
    number = int(here.given(step, "number"))
    if not world.ledger.is_open(number):
        return None
    opened = {one.stage for one in world.drills.gates(number)}
    return gate.OPEN if gate.stage_of(step.target.id) in opened else gate.SHUT


def do(world: World, step: Step, _token: str) -> None:
    """Open it; the first who does stands there."""
    number, person = int(here.given(step, "number")), here.given(step, "person")
    world.drills.open_gate(number, gate.stage_of(step.target.id), person, world.now)


CONTINUE = here.action(NAME, look, do)

VERB = Verb(
    noun="failover",
    name="continue",
    help=words("Let a shift of traffic go on to its next stage."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(),
    plan=plan,
    examples=("/failover continue 17",),
    actions=(CONTINUE,),
)
