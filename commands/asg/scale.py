"""Change how many instances Auto Scaling groups have, and see it through until they serve."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from aws.account import Place
from aws.autoscaling_group import Group
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands.asg import _groups, _size
from commands.asg._size import SCALE
from commands.reading import accounts_arg, regions_arg

_LARGEST = 10_000  # instances


@dataclass(frozen=True, slots=True)
class Args:
    """What /asg scale is told."""

    targets: Targets = _groups.targets_arg()
    desired: int = arg(
        Kind.NUMBER, words("so many instances shall serve"), required=True, at_least=0, at_most=_LARGEST
    )
    min: int | None = arg(
        Kind.NUMBER, words("never fewer, from now on; left out, as it is"), at_least=0, at_most=_LARGEST
    )
    max: int | None = arg(
        Kind.NUMBER, words("never more, from now on; left out, as it is"), at_least=0, at_most=_LARGEST
    )
    within: timedelta | None = arg(
        Kind.DURATION, words("the time it may take; else 15 minutes"), at_least=60, at_most=24 * 60 * 60
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step for each group that has another size.  Raises UsageError for a size outside its limits."""
    found = _groups.find(world, args.targets, args.account, args.region)
    steps = [(one, _step(args, place, one)) for place, one in found if not one.going]
    changing = tuple(step for _, step in steps if step.before != step.after)
    left = [Left(step.target, _so(one)) for one, step in steps if step.before == step.after]
    left += [
        Left(_groups.resource(place, one), words("it is being deleted")) for place, one in found if one.going
    ]
    summary = plural(
        "{n} group to {desired} instances",
        "{n} groups to {desired} instances",
        len(changing),
        desired=str(args.desired),
    )
    return Plan(summary, changing, tuple(left), found.unread)


def _so(one: Group) -> Words:
    return words(
        "its size is so already; {serving} of {desired} in service and healthy",
        serving=str(one.serving),
        desired=str(one.desired),
    )


def _step(args: Args, place: Place, one: Group) -> Step:
    smallest = one.smallest if args.min is None else args.min
    largest = one.largest if args.max is None else args.max
    _must_fit(one.name, args.desired, smallest, largest)
    made = _size.step(place, one, args.desired, smallest, largest)
    return replace(made, warnings=tuple(_warnings(one, args.desired)), within=args.within)


def _must_fit(name: str, desired: int, smallest: int, largest: int) -> None:
    if not smallest <= desired <= largest:
        raise UsageError(
            words(
                "{name} has between {smallest} and {largest} instances, so {desired} is too many or too few;"
                " --min and --max change that.",
                name=name,
                smallest=str(smallest),
                largest=str(largest),
                desired=str(desired),
            )
        )


def _warnings(one: Group, desired: int) -> Iterator[Words]:
    """What whoever agrees should know.  Pure."""
    fewer = len(one.members) - desired
    protected = [member.id for member in one.members if member.protected]
    if fewer > 0:
        yield plural(
            "{n} instance is terminated with its disks; the group chooses which",
            "{n} instances are terminated with their disks; the group chooses which",
            fewer,
        )
    if fewer > 0 and protected:
        yield words("protected from scale-in, so they stay: {ids}", ids=", ".join(protected))
    if fewer < 0 and one.spot:
        yield words("some are spot instances: AWS may have none, and may take them back")
    for process, needed in (("Launch", fewer < 0), ("Terminate", fewer > 0)):
        if needed and process in one.suspended:
            yield words("its process {process} is suspended: `/asg resume` first", process=process)


VERB = Verb(
    noun="asg",
    name="scale",
    help=words("Change how many instances Auto Scaling groups have, and see it through until they serve."),
    args=Args,
    risk=Risk.CHANGE,
    iam=_groups.READS,
    plan=plan,
    examples=("/asg scale web --desired 4", "/asg scale tag:env=dev --desired 0 --min 0"),
    actions=(SCALE,),
)
