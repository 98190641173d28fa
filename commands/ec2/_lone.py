"""A lone instance that is to become a group of one: what it is, and what its replacement will not be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from aws import autoscaling_group, launch_template
from aws.account import Place
from aws.instance import Instance
from aws.launch_template import Model
from bot.command import World
from bot.words import Words, words
from commands.changes import deregister_target
from commands.changes.deregister_target import Registration
from commands.changes.instance_state import GROUP_TAG
from commands.ec2 import _group_keys

READS = (
    "autoscaling:DescribeAutoScalingGroups",
    *deregister_target.READS,
    *_group_keys.READS,
)
_CAN = ("running", "stopped")


@dataclass(frozen=True, slots=True)
class Lone:
    """A lone instance, as what it runs, and where load balancers find it."""

    instance: Instance
    model: Model
    registered: tuple[Registration, ...]
    taken: bool  # there is a group of that name, of an earlier time
    closed_keys: tuple[str, ...]  # of its volumes, which Auto Scaling may not use

    @property
    def name(self) -> str:
        """Of its group: there is one for an instance."""
        return _name(self.instance)

    def template_name(self, now: datetime) -> str:
        """Of its template: another each time, so that a group that came to nothing can be made again."""
        return f"{self.name}-{now:%Y-%m-%d-%H.%M.%S}"


def _name(one: Instance) -> str:
    return f"toban-{one.id}"


def why_left(one: Instance) -> Words | None:
    """Why no group is made for it; None: there can be one."""
    if group := one.tags.get(GROUP_TAG, ""):
        return words("its group {group} replaces it", group=group)
    if one.state not in _CAN:
        return words("it is {state}", state=one.state)
    if one.root_device == "instance-store":
        return words("its root device is an instance store: EC2 makes no image of it")
    return None


def taken(one: Lone) -> Words:
    """Why it is left when its name is given already."""
    return words("there is an Auto Scaling group {name} already: use it, or remove it first", name=one.name)


def read(world: World, place: Place, lone: Sequence[tuple[Place, Instance]]) -> Iterator[Lone]:
    """Those of a place, with all that their groups will be made of.  Raises AwsError."""
    mine = [one for where, one in lone if where == place]
    ec2, names = world.aws.ec2(place), [_name(one) for one in mine]
    given = {one.name for one in autoscaling_group.find(world.aws.autoscaling(place), names=names)}
    registered = deregister_target.of(world, place, mine)
    keys = _group_keys.closed(world, place, [one.id for one in mine])
    for one in mine:
        model = launch_template.model_of(ec2, one.id)
        yield Lone(one, model, registered.get(one.id, ()), _name(one) in given, keys.get(one.id, ()))


# -- what is honest to say -----------------------------------------------------------------------------


def warnings(one: Lone) -> Iterator[Words]:
    """What whoever agrees should know of this one.  Pure."""
    yield from _addresses(one.instance)
    yield words(
        "each replacement begins with the image of today: what is written to its disks later is lost with it"
    )
    yield from _targets(one.registered)
    if one.closed_keys:
        yield words(
            "the group launches nothing until {role} may use {keys}, which encrypts its volumes: add it to"
            " the key's policy (“Required AWS KMS key policy for use with encrypted volumes”)",
            role=_group_keys.ROLE,
            keys=", ".join(one.closed_keys),
        )
    if one.instance.lifecycle:
        yield words("the new one is on demand, not {lifecycle}", lifecycle=one.instance.lifecycle)
    if one.model.interfaces > 1:
        yield words("of its {n} network interfaces the new one has one", n=one.model.interfaces)


def _addresses(it: Instance) -> Iterator[Words]:
    yield words(
        "the new instance has another id and another private address than {ip}", ip=it.private_ip or "–"
    )
    if it.keeps_public_ip:
        yield words(
            "its Elastic IP {ip} stays with the old instance: associate it with the new one, or put a load"
            " balancer in front",
            ip=it.public_ip,
        )


def _targets(registered: Sequence[Registration]) -> Iterator[Words]:
    """Auto Scaling registers instances, never addresses."""
    by_id = ", ".join(each.group.name for each in registered if each.group.kind == "instance")
    by_address = ", ".join(each.group.name for each in registered if each.group.kind == "ip")
    if by_id:
        yield words("both serve in {groups} until the old one is stopped", groups=by_id)
    if by_address:
        yield words("register the new one in {groups} by its address yourself", groups=by_address)


def notes() -> Iterator[Words]:
    """What holds for each.  Pure."""
    yield words(
        "toban neither stops nor terminates the old instance: until you stop it both run, and what runs by a"
        " timer runs twice. `/ec2 stop` once the new one serves."
    )
    yield words(
        "Its user data is not run again, the image holds what it did; its tags go with it, those of its"
        " volumes do not."
    )
