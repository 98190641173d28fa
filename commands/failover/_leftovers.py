"""What is left over in a place: listings only, each free of charge; what cannot be read is named."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from aws import address, image, instance, interface, network_acl, security_group, snapshot, volume
from aws.account import Place
from aws.errors import AwsError, NoCredentials, Unreachable
from aws.instance import Instance
from bot.command import World
from bot.plan import Unread
from bot.refusals import said
from bot.words import words
from commands import balancers, databases
from commands.changes.break_instance import STOPS
from commands.failover import _leftover_buckets as buckets
from commands.failover import _leftover_network as network
from commands.failover import _leftover_things as things
from commands.failover._leftover import Leftover, Rules, judged, kind_of

T = TypeVar("T")
READS = (
    "ec2:DescribeAddresses",
    "ec2:DescribeImages",
    "ec2:DescribeInstances",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSnapshots",
    "ec2:DescribeVolumes",
    *balancers.READS,
    *databases.READS,
    *buckets.READS,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A place as it was seen."""

    found: tuple[Leftover, ...]
    unread: tuple[Unread, ...]


@dataclass(slots=True)
class _Reader:
    """Looks that may fail one by one."""

    place: Place
    unread: list[Unread] = field(default_factory=list)

    def read(self, look: Callable[[], Iterable[T]]) -> list[T] | None:
        """What is there; None where that cannot be read.  Raises AwsError when no look would go better."""
        try:
            return list(look())
        except AwsError as error:
            if isinstance(error, NoCredentials | Unreachable) or error.said.operation == "AssumeRole":
                raise
            why = said(error, self.place.account)
            self.unread.append(Unread(self.place, words("not all could be read: {why}", why=why)))
            return None


def look(world: World, place: Place, rules: Rules) -> Seen:
    """Read a place.  Raises AwsError when nothing of it can be read."""
    ec2, reader = world.aws.ec2(place), _Reader(place)
    machines = reader.read(lambda: instance.find(ec2)) or ()
    disks = reader.read(lambda: volume.find(ec2)) or ()
    stopped = _stopped(world, place, machines, rules)
    first = _judged(things.of_instances(place, machines, disks, stopped), rules)
    ends = {one.target.id: one.step.key for one in first if one.step and one.step.after == _TERMINATED}
    covered = frozenset(chain.from_iterable(one.covers for one in first))
    rest = chain(
        things.of_volumes(place, [one for one in disks if one.id not in covered]),
        _snapshots(world, place, reader),
        things.of_addresses(place, reader.read(lambda: address.find(ec2)) or ()),
        things.of_balancers(place, reader.read(lambda: balancers.in_place(world, place)) or ()),
        things.of_databases(place, reader.read(lambda: databases.in_place(world, place)) or ()),
        network.of_acls(place, reader.read(lambda: network_acl.find(ec2)) or ()),
        _groups(world, place, reader, ends),
        reader.read(lambda: buckets.find(world, place, rules)) or (),
    )
    found = (*first, *_judged(rest, rules))
    return Seen(found, tuple(dict.fromkeys(reader.unread)))


_TERMINATED = (("state", "terminated"),)


def _judged(found: Iterable[Leftover], rules: Rules) -> list[Leftover]:
    return [judged(one, rules) for one in found]


def _snapshots(world: World, place: Place, reader: _Reader) -> Iterator[Leftover]:
    """None where the images that may stand on them cannot be read."""
    ec2 = world.aws.ec2(place)
    found = [one for one in reader.read(lambda: snapshot.find(ec2)) or () if kind_of(one.tags)]
    imaged = reader.read(lambda: image.users_of(ec2, [one.id for one in found])) if found else []
    return things.of_snapshots(place, found if imaged is not None else (), imaged or ())


def _groups(world: World, place: Place, reader: _Reader, ends: dict[str, str]) -> Iterator[Leftover]:
    """None where the interfaces that may have them cannot be read."""
    ec2 = world.aws.ec2(place)
    groups = [one for one in reader.read(lambda: security_group.find(ec2)) or () if kind_of(one.tags)]
    ids = [one.id for one in groups]
    having = reader.read(lambda: interface.find(ec2, group_ids=ids)) if ids else []
    users = {id_: [one.instance_id for one in having or () if id_ in one.group_ids] for id_ in ids}
    return network.of_groups(place, groups if having is not None else (), users, ends)


def _stopped(world: World, place: Place, found: Iterable[Instance], rules: Rules) -> set[str]:
    """The instances that a drill stopped, which is over, and that nothing of toban's has touched since."""
    stopped = [one.id for one in found if one.state == "stopped"]
    newest = {id_: world.ledger.last_change(place.account, place.region, id_) for id_ in stopped}
    return {
        id_
        for id_, change in newest.items()
        if change is not None and change.action == STOPS and change.number not in rules.under_way
    }
