"""Turn a lone instance into an Auto Scaling group of one, which replaces it when it breaks.

What is there stays: an image is made of the instance, and a new one runs of it in a group of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from aws.account import Place
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import plural, words
from commands import instances
from commands.changes import create_image, make_group, make_template
from commands.changes.create_image import CREATE
from commands.changes.make_group import MAKE_GROUP
from commands.changes.make_template import MAKE_TEMPLATE
from commands.ec2 import _lone
from commands.ec2._instances import targets_arg
from commands.ec2._lone import Lone
from commands.reading import accounts_arg, everywhere, regions_arg


@dataclass(frozen=True, slots=True)
class Args:
    """What /ec2 heal is told."""

    targets: Targets = targets_arg()
    reboot: bool = arg(
        Kind.FLAG, words("reboot it for the image, so that its file systems are whole"), default=False
    )
    subnet: tuple[str, ...] = arg(
        Kind.WORD, words("the subnets it may run in; left out, its own"), default=(), many=True
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def plan(args: Args, world: World) -> Plan:
    """An image, a template and a group for each instance; none of what is there changes."""
    if args.targets != Targets(ids=args.targets.ids):
        raise UsageError(words("Name the instances by their ids; `/ec2 recover status` shows them."))
    found = instances.find(world, args.targets, args.account, args.region)
    lone = [(place, one) for place, one in found if _lone.why_left(one) is None]
    read = everywhere(dict.fromkeys(place for place, _ in lone), lambda place: _lone.read(world, place, lone))
    fresh = [(place, one) for place, one in read if not one.taken]
    steps = tuple(step for place, one in fresh for step in _steps(args, world, place, one))
    left = [
        Left(instances.resource(place, one), why)
        for place, one in found
        if (why := _lone.why_left(one)) is not None
    ]
    left += [
        Left(instances.resource(place, one.instance), _lone.taken(one)) for place, one in read if one.taken
    ]
    summary = plural(
        "a group of one for {n} instance", "a group of one for each of {n} instances", len(fresh)
    )
    return Plan(
        summary, steps, tuple(left), found.unread + read.unread, tuple(_lone.notes()) if steps else ()
    )


def _steps(args: Args, world: World, place: Place, one: Lone) -> Iterator[Step]:
    """Each waits for the one before it."""
    by_id = tuple(each for each in one.registered if each.group.kind == "instance")
    image = create_image.step(place, one.instance, world.now, reboot=args.reboot)
    template = make_template.step(
        place, one.instance, one.model, one.template_name(world.now), image=image.key
    )
    group = make_group.step(
        place,
        one.instance,
        one.name,
        template=template.key,
        subnets=args.subnet or (one.model.launch.subnet_id,),
        target_groups=[each.group.arn for each in by_id],
        warnings=tuple(_lone.warnings(one)),
    )
    yield from (image, template, group)


VERB = Verb(
    noun="ec2",
    name="heal",
    help=words("Turn a lone instance into an Auto Scaling group of one, which replaces it when it breaks."),
    args=Args,
    risk=Risk.CHANGE,
    iam=("ec2:DescribeInstances", *_lone.READS),
    plan=plan,
    examples=(
        "/ec2 heal i-0123456789abcdef0",
        "/ec2 heal i-0123456789abcdef0 --subnet subnet-0123456789abcdef0 --subnet subnet-0123456789abcdef1",
    ),
    actions=(CREATE, MAKE_TEMPLATE, MAKE_GROUP),
)
