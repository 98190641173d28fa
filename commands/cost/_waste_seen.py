"""What is read of a place to find waste: listings only, each free of charge; what cannot be read is named."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from aws import address, image, instance, snapshot, volume
from aws.account import Place
from aws.address import Address
from aws.errors import AwsError, NoCredentials, Unreachable
from aws.instance import Instance
from aws.snapshot import Snapshot
from aws.volume import Volume
from bot.command import World
from bot.plan import Unread
from bot.refusals import said
from bot.words import Words, words
from commands import balancers
from commands.balancers import READS, READS_WHY, Use
from commands.cost._waste_finding import is_of_test

T = TypeVar("T")
IAM = (
    "ec2:DescribeAddresses",
    "ec2:DescribeImages",
    "ec2:DescribeInstances",
    "ec2:DescribeSnapshots",
    "ec2:DescribeVolumes",
    *READS,
    *READS_WHY,
)


@dataclass(frozen=True, slots=True)
class Balanced:
    """A load balancer, and why somebody needs it; None: it sends to nobody."""

    use: Use
    needed: Words | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A place as it was seen; None: it could not be read, and nothing is said of it."""

    place: Place
    volumes: Sequence[Volume] | None
    snapshots: Sequence[Snapshot] | None  # old ones, and those of tests
    images: frozenset[str] | None  # those of the snapshots that images stand on
    instances: Sequence[Instance] | None
    addresses: Sequence[Address] | None
    balancers: Sequence[Balanced] | None
    unread: tuple[Unread, ...]


@dataclass(slots=True)
class _Reader:
    """Looks that may fail one by one."""

    place: Place
    unread: list[Unread] = field(default_factory=list)

    def read(self, look: Callable[[], Iterable[T]], about: Callable[[Words], Words]) -> list[T] | None:
        """What is there.  Raises AwsError when nothing of the place can be read."""
        try:
            return list(look())
        except AwsError as error:
            if _is_shut(error):
                raise
            self.unread.append(Unread(self.place, about(said(error, self.place.account))))
            return None


def _is_shut(error: AwsError) -> bool:
    """Whether no call to the place would go better: nobody there, or no role to be had."""
    return isinstance(error, NoCredentials | Unreachable) or error.said.operation == "AssumeRole"


def look(world: World, place: Place, before: datetime) -> Seen:
    """Read a place; of snapshots only those that were taken `before`, and those of tests.

    Raises AwsError when nothing of it can be read.
    """
    ec2, reader = world.aws.ec2(place), _Reader(place)
    volumes = reader.read(lambda: volume.find(ec2), _no_volumes)
    old = reader.read(lambda: _snapshots(world, place, before), _no_snapshots)
    standing = reader.read(lambda: image.users_of(ec2, [one.id for one in old or ()]), _no_images)
    instances = reader.read(lambda: instance.find(ec2), _no_instances)
    addresses = reader.read(lambda: address.find(ec2), _no_addresses)
    uses = reader.read(
        lambda: (_needed(world, place, one) for one in balancers.in_place(world, place)), _no_uses
    )
    return Seen(
        place,
        volumes,
        old,
        None if standing is None else frozenset(standing),
        instances,
        addresses,
        uses,
        tuple(reader.unread),
    )


def _snapshots(world: World, place: Place, before: datetime) -> Iterable[Snapshot]:
    found = snapshot.find(world.aws.ec2(place))
    return (one for one in found if one.started <= before or is_of_test(one.tags))


def _needed(world: World, place: Place, one: Use) -> Balanced:
    return Balanced(one, balancers.why_used(world, place, one))


def _no_volumes(why: Words) -> Words:
    return words("volumes could not be read: {why}", why=why)


def _no_snapshots(why: Words) -> Words:
    return words("snapshots could not be read: {why}", why=why)


def _no_images(why: Words) -> Words:
    return words("the images that stand on snapshots could not be read: {why}", why=why)


def _no_instances(why: Words) -> Words:
    return words("instances could not be read: {why}", why=why)


def _no_addresses(why: Words) -> Words:
    return words("addresses could not be read: {why}", why=why)


def _no_uses(why: Words) -> Words:
    return words("load balancers could not be read: {why}", why=why)
