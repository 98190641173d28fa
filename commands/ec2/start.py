"""Start EC2 instances, and see them through to passed status checks; with --for only for a while."""

from dataclasses import dataclass
from datetime import timedelta

from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.changes import start_instances
from commands.changes.start_instances import START
from commands.changes.stop_instances import STOP
from commands.ec2 import _for_a_while, _registered
from commands.ec2._instances import targets_arg, within_arg
from commands.ec2._registered import Groups
from commands.prices import notes
from commands.reading import accounts_arg, regions_arg

SHORTEST, LONGEST = 60, 7 * 86400  # seconds


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 start is told."""

    targets: Targets = targets_arg()
    for_: timedelta | None = arg(
        Kind.DURATION,
        words("only for so long: then they are stopped again"),
        at_least=SHORTEST,
        at_most=LONGEST,
    )
    healthy: bool = arg(
        Kind.FLAG, words("started only when they are healthy in their target groups, too"), default=False
    )
    within: timedelta | None = within_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """One step for each instance that is stopped; with --for one more, for each that will run."""
    found = instances.find(world, args.targets, args.account, args.region)
    groups = _registered.of(world, found) if args.healthy else Groups({})
    starts = {
        (place, one.id): start_instances.step(
            place, one, within=args.within, groups=groups.of.get((place, one.id), ())
        )
        for place, one in found
        if one.state == "stopped"
    }
    stops = tuple(_for_a_while.stops(args.for_, world, found, starts))
    covered = {step.target.id for step in (*starts.values(), *stops)}
    left = tuple(
        Left(instances.resource(place, one), words("it is {state}", state=one.state))
        for place, one in found
        if one.id not in covered
    )
    summary = _summary(len(found), len(starts), args.for_)
    cost = notes.of_running(world, ((place, one) for place, one in found if (place, one.id) in starts))
    return Plan(summary, (*starts.values(), *stops), left, found.unread, (*groups.notes, *cost))


def _summary(found: int, starts: int, for_: timedelta | None) -> Words:
    if for_ is None:
        return plural("start {count} of {n} instance", "start {count} of {n} instances", found, count=starts)
    return plural(
        "start {count} of {n} instance, and stop it after {time}",
        "start {count} of {n} instances, and stop them after {time}",
        found,
        count=starts,
        time=for_,
    )


VERB = Verb(
    noun="ec2",
    name="start",
    help=words("Start EC2 instances, and see them through to passed status checks."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(
        "ec2:DescribeInstances",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
    ),
    plan=plan,
    examples=(
        "/ec2 start i-0123456789abcdef0",
        "/ec2 start name:bastion-01 --for 2h",
        "/ec2 start tag:role=web --healthy --within 15m",
        "/ec2 start tag:env=dev",
    ),
    actions=(START, STOP),
)
