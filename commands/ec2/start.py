"""Start EC2 instances, and see them through to passed status checks; with --for only for a while."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from aws import target_group
from aws.account import Place
from aws.instance import Instance
from bot.arguments import Kind, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.changes import start_instances, stop_instances
from commands.changes.start_instances import START
from commands.changes.stop_instances import STOP
from commands.ec2._extra import Extra
from commands.ec2._instances import targets_arg, within_arg
from commands.reading import Found, accounts_arg, regions_arg

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


@dataclass(frozen=True, slots=True)
class Groups:
    """The target groups of instances, by place and id, as ARNs; and what nobody could see."""

    of: Mapping[tuple[Place, str], tuple[str, ...]]
    notes: tuple[Words, ...] = ()


def plan(args: Args, world: World) -> Plan:
    """One step for each instance that is stopped; with --for one more, for each that will run."""
    found = instances.find(world, args.targets, args.account, args.region)
    groups = _groups(world, found) if args.healthy else Groups({})
    starts = {
        (place, one.id): start_instances.step(
            place, one, within=args.within, groups=groups.of.get((place, one.id), ())
        )
        for place, one in found
        if one.state == "stopped"
    }
    stops = tuple(_stops(args.for_, world, found, starts))
    covered = {step.target.id for step in (*starts.values(), *stops)}
    left = tuple(
        Left(instances.resource(place, one), words("it is {state}", state=one.state))
        for place, one in found
        if one.id not in covered
    )
    summary = _summary(len(found), len(starts), args.for_)
    return Plan(summary, (*starts.values(), *stops), left, found.unread, groups.notes)


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


# -- only for a while ----------------------------------------------------------------------------------


def _stops(
    for_: timedelta | None, world: World, found: Found[Instance], starts: Mapping[tuple[Place, str], Step]
) -> list[Step]:
    """The stop of each that is started, however the start went, and of each that runs already."""
    if for_ is None:
        return []
    sooner = _sooner(world, world.now + for_)
    after = [
        replace(
            stop_instances.step(place, one, warnings=sooner.get((place, one.id), ())),
            follows=(starts[place, one.id].key,),
            after_a_while=for_,
        )
        for place, one in found
        if (place, one.id) in starts
    ]
    already = [
        replace(
            stop_instances.step(place, one, warnings=sooner.get((place, one.id), ())),
            not_before=world.now + for_,
        )
        for place, one in found
        if one.state in ("running", "pending") and one.root_device != "instance-store"
    ]
    return [*after, *already]


def _sooner(world: World, than: datetime) -> dict[tuple[Place, str], tuple[Words, ...]]:
    """Which are stopped before that moment by an operation that was asked for earlier."""
    return {
        (Place(held.account, held.region), held.resource): (
            words(
                "#{number} stops it at {when} already; cancel that one if it shall run longer",
                number=str(held.number),
                when=held.until,
            ),
        )
        for held in world.ledger.held()
        if held.action == stop_instances.NAME and held.until < than
    }


# -- healthy where they are registered -----------------------------------------------------------------


def _groups(world: World, found: Found[Instance]) -> Groups:
    """Where each that is stopped is registered; a group is looked at once."""
    of: dict[tuple[Place, str], tuple[str, ...]] = {}
    notes: list[Words] = []
    for place in dict.fromkeys(place for place, one in found if one.state == "stopped"):
        stopped = [one for there, one in found if there == place and one.state == "stopped"]
        extra = Extra(place.account, notes)
        groups = extra.look(partial(_registered, world, place, stopped), None, _no_groups)
        of |= {(place, id_): arns for id_, arns in (groups or {}).items()}
        nowhere = [one.name or one.id for one in stopped if groups is not None and one.id not in groups]
        notes += [_nowhere(nowhere)] if nowhere else []
    return Groups(of, tuple(notes))


def _registered(
    world: World, place: Place, stopped: Sequence[Instance]
) -> Mapping[str, tuple[str, ...]] | None:
    ids, vpcs = {one.id for one in stopped}, {one.vpc_id for one in stopped}
    groups = target_group.groups_of(world.aws.elbv2(place), ids, vpcs)
    return {id_: tuple(one.arn for one in theirs) for id_, theirs in groups.items()}


def _no_groups(why: Words) -> Words:
    return words("could not look in which target groups they are: {why}", why=why)


def _nowhere(names: Sequence[str]) -> Words:
    return words(
        "in no target group, so that only their status checks are looked at: {names}",
        names=", ".join(names[:10]) + (" …" if len(names) > 10 else ""),
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
