"""Network interfaces of instances, and the security groups that isolate them or did before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aws import interface
from aws.account import Place
from aws.instance import Instance
from aws.interface import Interface
from aws.security_group import SecurityGroup
from bot.command import World
from commands.changes import isolation
from commands.changes.isolation import ISOLATED

IAM = ("ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups")


@dataclass(frozen=True, slots=True)
class Seen:
    """An instance, its interfaces, and the groups that isolate in their VPCs."""

    instance: Instance
    interfaces: tuple[Interface, ...]
    closing: Mapping[str, SecurityGroup]  # by VPC

    def is_isolated(self, one: Interface) -> bool:
        """Whether an interface lets nothing through."""
        return isolation.shown(one.group_ids, self.closing.get(one.vpc_id)) == ISOLATED

    @property
    def isolated(self) -> tuple[Interface, ...]:
        """Its interfaces that let nothing through."""
        return tuple(one for one in self.interfaces if self.is_isolated(one))

    @property
    def open(self) -> tuple[Interface, ...]:
        """The others."""
        return tuple(one for one in self.interfaces if not self.is_isolated(one))


def read(world: World, place: Place, there: Sequence[Instance]) -> Iterator[Seen]:
    """What each of these instances has, in two looks for all of them.  Raises AwsError."""
    ids = [one.id for one in there]
    found = tuple(interface.find(world.aws.ec2(place), instance_ids=ids)) if ids else ()
    closing = isolation.closed(world, place, (one.vpc_id for one in found))
    for one in there:
        yield Seen(one, tuple(each for each in found if each.instance_id == one.id), closing)


def by_place(found: Sequence[tuple[Place, Instance]]) -> dict[Place, list[Instance]]:
    """Instances by where they are."""
    of: dict[Place, list[Instance]] = {}
    for place, one in found:
        of.setdefault(place, []).append(one)
    return of
