"""List alarms: those that are not over, or as many as there ever were; also each of a storm."""

from dataclasses import dataclass

from bot.arguments import Kind, arg
from bot.command import Risk, Verb, World
from bot.plan import Plan
from bot.trouble import State, Trouble
from bot.words import Words, plural, words
from commands.alarm import _shown
from commands.reading import accounts_arg

ALL = "all"
NOT_OVER = (State.OPEN, State.ACKNOWLEDGED)
MOST, MOST_OVER = 10_000, 1000
"""Of what is not over nothing is left out; of what is, the newest are enough."""


@dataclass(frozen=True, slots=True)
class Args:
    """What /alarm list is told."""

    state: str = arg(
        Kind.CHOICE,
        words("which ones; those that are not over if not said"),
        default="",
        choices=(*State, ALL),
    )
    account: tuple[str, ...] = accounts_arg()


def plan(args: Args, world: World) -> Plan:
    """One row for each alarm; nothing changes."""
    found = _found(args, world)
    notes = []
    if len(found) > _shown.ROWS:
        notes.append(words("The newest {n} are shown; all of them are in the file.", n=_shown.ROWS))
    if args.state in {State.OVER, ALL} and len(found) >= MOST_OVER:
        notes.append(words("There are older ones, too: “/alarm history” of one shows them."))
    return Plan(
        _summary(found, args.state),
        notes=tuple(notes),
        table=_shown.table(found, world.now),
        file=_shown.file(found, lambda said: world.troubles.say(world.channel, said)),
    )


def _found(args: Args, world: World) -> list[Trouble]:
    match args.state:
        case "":
            found = world.troubles.find(NOT_OVER, MOST)
        case "all":
            found = _all(world)
        case _:
            state = State(args.state)
            found = world.troubles.find([state], MOST_OVER if state is State.OVER else MOST)
    return [one for one in found if not args.account or one.account in args.account]


def _all(world: World) -> list[Trouble]:
    """Every one that is not over, and the newest of the others."""
    found = [*world.troubles.find(NOT_OVER, MOST), *world.troubles.find([State.OVER], MOST_OVER)]
    return sorted(found, key=lambda one: -one.number)


def _summary(found: list[Trouble], state: str) -> Words:
    if not found:
        return words("no alarm is open") if state in {"", State.OPEN} else words("there is no such alarm")
    counts = tuple(
        words("{count} {state}", count=count, state=_shown.STATES[each])
        for each in State
        if (count := sum(one.state is each for one in found))
    )
    return plural("{n} alarm: {counts}", "{n} alarms: {counts}", len(found), counts=counts)


VERB = Verb(
    noun="alarm",
    name="list",
    help=words("List alarms: those that are not over, or also those that are."),
    args=Args,
    risk=Risk.NONE,
    iam=(),
    plan=plan,
    examples=("/alarm list", "/alarm list --state over", "/alarm list --state all --account prod"),
)
