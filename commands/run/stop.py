"""Stop what an operation started on instances and what still runs there."""

from dataclasses import dataclass

from aws import command
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.words import plural, words
from commands.changes.cancel_command import STOP, step
from commands.changes.run_command import comment
from commands.reading import accounts_arg, everywhere, places, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /run stop is told."""

    number: int = arg(
        Kind.NUMBER, words("the number of the operation"), option=False, required=True, at_least=1
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step for each command of the operation that is not over; none: it is answered so.

    Raises UsageError when there is no such operation.
    """
    if world.ledger.operation(args.number) is None:
        raise UsageError(words("There is no operation #{number}.", number=args.number))
    meant = places(world, args.account, args.region)
    found = everywhere(meant, lambda place: command.running(world.aws.ssm(place)))
    steps = tuple(step(place, one) for place, one in found if one.comment == comment(args.number))
    if not steps:
        return Plan(words("Nothing of #{number} runs any more.", number=args.number), unread=found.unread)
    summary = plural(
        "stop {n} command of #{number}", "stop {n} commands of #{number}", len(steps), number=args.number
    )
    return Plan(summary, steps, unread=found.unread)


VERB = Verb(
    noun="run",
    name="stop",
    help=words("Stop commands of an operation that still run on instances."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ssm:ListCommands",),
    plan=plan,
    examples=("/run stop 12",),
    actions=(STOP,),
)
