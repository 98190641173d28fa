"""Turn a lone instance into an Auto Scaling group of one, which replaces it when it breaks.

What is there stays: an image is made of the instance, and a new one runs of it in a group of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from aws import autoscaling_group, launch_template
from aws.account import Place
from aws.instance import Instance
from aws.launch_template import Model
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import Risk, Verb, World
from bot.plan import Left, Plan, Step
from bot.targets import Targets
from bot.words import Words, plural, words
from commands import instances
from commands.changes import create_image, deregister_target, make_group, make_template
from commands.changes.create_image import CREATE
from commands.changes.deregister_target import Registration
from commands.changes.instance_state import GROUP_TAG
from commands.changes.make_group import MAKE_GROUP
from commands.changes.make_template import MAKE_TEMPLATE
from commands.ec2._instances import targets_arg
from commands.reading import accounts_arg, everywhere, regions_arg

_CAN = ("running", "stopped")


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


@dataclass(frozen=True, slots=True)
class Lone:
    """A lone instance, as what it runs, and where load balancers find it."""

    instance: Instance
    model: Model
    registered: tuple[Registration, ...]
    taken: bool  # there is a template or a group of that name, of an earlier time

    @property
    def name(self) -> str:
        """Of its template and its group."""
        return _name(self.instance)


def _name(one: Instance) -> str:
    return f"toban-{one.id}"


def plan(args: Args, world: World) -> Plan:
    """An image, a template and a group for each instance; none of what is there changes."""
    if args.targets != Targets(ids=args.targets.ids):
        raise UsageError(words("Name the instances by their ids; `/ec2 recover status` shows them."))
    found = instances.find(world, args.targets, args.account, args.region)
    lone = [(place, one) for place, one in found if _why_left(one) is None]
    read = everywhere(dict.fromkeys(place for place, _ in lone), lambda place: _read(world, place, lone))
    steps = tuple(step for place, one in read if not one.taken for step in _steps(args, world, place, one))
    left = [
        Left(instances.resource(place, one), why)
        for place, one in found
        if (why := _why_left(one)) is not None
    ]
    left += [Left(instances.resource(place, one.instance), _taken(one)) for place, one in read if one.taken]
    summary = plural("a group of one for {n} instance", "a group of one for each of {n} instances", len(read))
    return Plan(summary, steps, tuple(left), found.unread + read.unread, tuple(_notes()) if steps else ())


def _why_left(one: Instance) -> Words | None:
    if group := one.tags.get(GROUP_TAG, ""):
        return words("its group {group} replaces it", group=group)
    if one.state not in _CAN:
        return words("it is {state}", state=one.state)
    if one.root_device == "instance-store":
        return words("its root device is an instance store: EC2 makes no image of it")
    return None


def _taken(one: Lone) -> Words:
    return words(
        "there is a launch template or a group called {name} already: remove it first, or use it",
        name=one.name,
    )


def _read(world: World, place: Place, lone: list[tuple[Place, Instance]]) -> Iterator[Lone]:
    mine = [one for where, one in lone if where == place]
    ec2, names = world.aws.ec2(place), [_name(one) for one in mine]
    taken = {one.name for one in launch_template.find(ec2, names=names)}
    taken |= {one.name for one in autoscaling_group.find(world.aws.autoscaling(place), names=names)}
    registered = deregister_target.of(world, place, mine)
    for one in mine:
        model = launch_template.model_of(ec2, one.id)
        yield Lone(one, model, registered.get(one.id, ()), _name(one) in taken)


def _steps(args: Args, world: World, place: Place, one: Lone) -> Iterator[Step]:
    """Each waits for the one before it."""
    by_id = tuple(each for each in one.registered if each.group.kind == "instance")
    image = create_image.step(place, one.instance, world.now, reboot=args.reboot)
    template = make_template.step(place, one.instance, one.model, one.name, image=image.key)
    group = make_group.step(
        place,
        one.instance,
        one.name,
        template=template.key,
        subnets=args.subnet or (one.model.launch.subnet_id,),
        target_groups=[each.group.arn for each in by_id],
        warnings=tuple(_warnings(one)),
    )
    yield from (image, template, group)


# -- what is honest to say -----------------------------------------------------------------------------


def _warnings(one: Lone) -> Iterator[Words]:
    it = one.instance
    yield words(
        "the new instance has another id and another private address than {ip}", ip=it.private_ip or "–"
    )
    yield words(
        "each replacement begins with the image of today: what is written to its disks later is lost with it"
    )
    if it.keeps_public_ip:
        yield words(
            "its Elastic IP {ip} stays with the old instance: associate it with the new one, or put a load"
            " balancer in front",
            ip=it.public_ip,
        )
    if one.registered:
        names = ", ".join(each.group.name for each in one.registered if each.group.kind == "instance")
        by_address = ", ".join(each.group.name for each in one.registered if each.group.kind == "ip")
        if names:
            yield words("both serve in {groups} until the old one is stopped", groups=names)
        if by_address:
            yield words("register the new one in {groups} by its address yourself", groups=by_address)
    if it.lifecycle:
        yield words("the new one is on demand, not {lifecycle}", lifecycle=it.lifecycle)
    if one.model.interfaces > 1:
        yield words("of its {n} network interfaces the new one has one", n=one.model.interfaces)


def _notes() -> Iterator[Words]:
    yield words(
        "toban neither stops nor terminates the old instance: until you stop it both run, and what runs by a"
        " timer runs twice. `/ec2 stop` once the new one serves."
    )
    yield words(
        "Its user data is not run again, the image holds what it did; its tags go with it, those of its"
        " volumes do not."
    )


VERB = Verb(
    noun="ec2",
    name="heal",
    help=words("Turn a lone instance into an Auto Scaling group of one, which replaces it when it breaks."),
    args=Args,
    risk=Risk.CHANGE,
    iam=(
        "autoscaling:DescribeAutoScalingGroups",
        "ec2:DescribeInstances",
        "ec2:DescribeLaunchTemplates",
        *deregister_target.READS,
    ),
    plan=plan,
    examples=(
        "/ec2 heal i-0123456789abcdef0",
        "/ec2 heal i-0123456789abcdef0 --subnet subnet-0123456789abcdef0 --subnet subnet-0123456789abcdef1",
    ),
    actions=(CREATE, MAKE_TEMPLATE, MAKE_GROUP),
)
