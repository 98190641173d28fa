"""Give EC2 instances another type; what runs is stopped for it, and started again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from aws import instance_type, offering
from aws.account import Place
from aws.instance import Instance
from aws.instance_type import InstanceType
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.changes import resize_instance
from commands.changes.resize_instance import RESIZE
from commands.changes.start_instances import START
from commands.changes.stop_instances import STOP
from commands.ec2 import _fits, _losses
from commands.ec2._instances import targets_arg, within_arg
from commands.prices import notes
from commands.reading import Found, accounts_arg, everywhere, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 resize is told."""

    targets: Targets = targets_arg()
    to: str = arg(Kind.WORD, words("the new type, such as m7i.large"), required=True)
    within: timedelta | None = within_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


@dataclass(frozen=True, slots=True)
class Offer:
    """The types that are meant, in one place; and the zones that have the new one."""

    types: Mapping[str, InstanceType]
    zones: frozenset[str]


def plan(args: Args, world: World) -> Plan:
    """Up to five steps for each instance that the new type fits; the others are left, with the reason."""
    found = instances.find(world, args.targets, args.account, args.region)
    offers = _offers(args.to, world, found)
    by_place = dict(offers.items)
    read = [(place, one) for place, one in found if place in by_place]
    losses = _losses.of(world, ((place, one) for place, one in read if one.state == "running"))
    steps, left = list[Step](), list[Left]()
    for place, one in read:
        offer = by_place[place]
        why = _fits.why_not(one, args.to, offer.types, offer.zones) or losses.kept.get((place, one.id))
        if why is None:
            warnings = _fits.warnings(one, args.to, offer.types), losses.warnings.get((place, one.id), ())
            steps += resize_instance.steps(
                place, one, args.to, within=args.within, warnings=(*warnings[0], *warnings[1])
            )
        else:
            left.append(Left(instances.resource(place, one), why))
    unread = tuple(dict.fromkeys((*found.unread, *offers.unread)))
    changed = {(step.target.place, step.target.id) for step in steps}
    cost = notes.of_resizing(world, (one for one in read if (one[0], one[1].id) in changed), args.to)
    said = (*losses.notes, *cost)
    return Plan(_summary(args.to, found, steps), tuple(steps), tuple(left), unread, said)


def _offers(type_: str, world: World, found: Found[Instance]) -> Found[Offer]:
    """What each place that is meant knows of the types.  Raises UsageError when none has the new one."""

    def read(place: Place) -> list[Offer]:
        ec2, now = world.aws.ec2(place), {one.type for there, one in found if there == place}
        zones = frozenset(one.zone for one in offering.find(ec2, [type_]))
        return [Offer(instance_type.find(ec2, {type_, *now}), zones)]

    meant = dict.fromkeys(place for place, _ in found)
    offers = everywhere(meant, read)
    if offers.items and not offers.unread and not any(type_ in offer.types for _, offer in offers):
        regions = ", ".join(dict.fromkeys(place.region for place in meant))
        raise UsageError(words("{type} is no instance type of {regions}.", type=type_, regions=regions))
    return offers


def _summary(type_: str, found: Found[Instance], steps: list[Step]) -> Words:
    count = len({(step.target.place, step.target.id) for step in steps})
    return plural(
        "change {count} of {n} instance to {type}",
        "change {count} of {n} instances to {type}",
        len(found),
        count=count,
        type=type_,
    )


VERB = Verb(
    noun="ec2",
    name="resize",
    help=words("Give EC2 instances another type; what runs is stopped for it, and started again."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstances",
        *_losses.IAM,
    ),
    plan=plan,
    examples=(
        "/ec2 resize i-0123456789abcdef0 --to m7i.large",
        "/ec2 resize name:batch-* --to c7i.xlarge --within 15m",
    ),
    actions=(STOP, RESIZE, START),
)
