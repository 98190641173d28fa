"""What is meant by /cost of: instances with their disks, volumes by themselves, databases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from aws import volume
from aws.account import Place
from aws.errors import AwsError
from aws.volume import Volume
from bot.arguments import UsageError
from bot.command import World
from bot.refusals import said
from bot.targets import Targets
from bot.words import Words, words
from commands import databases, instances
from commands.cost._of_kept import Machine, of_database, of_instance, of_volume
from commands.reading import NO_TARGETS, Found, all_named, asked_for, everywhere, fits, places

IAM = ("ec2:DescribeInstances", "ec2:DescribeVolumes", *databases.READS)
EC2, RDS = "ec2", "rds"
_GONE = ("terminated", "shutting-down")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is meant, and where."""

    targets: Targets
    accounts: Sequence[str]
    regions: Sequence[str]
    services: tuple[str, ...] = (EC2, RDS)
    notes: list[Words] = field(default_factory=list)  # where nobody could look at databases, and why


def machines(world: World, asked: Asked) -> Found[Machine]:
    """Everything that is meant.  Raises UsageError when an id, or all, is nowhere."""
    meant = places(world, asked.accounts, asked.regions)
    found = everywhere(meant, lambda place: _in_place(world, place, asked))
    all_named(asked.targets, (one.id for _, one in found), found.unread)
    if not found.items and not found.unread:
        wanted = " ".join(asked_for(asked.targets)) or "all"
        raise UsageError(words("Nothing that runs or stores something fits {asked}.", asked=wanted))
    return found


def _in_place(world: World, place: Place, asked: Asked) -> Iterator[Machine]:
    if EC2 in asked.services:
        yield from _of_ec2(world, place, asked.targets)
    if RDS in asked.services and _wide(asked.targets):
        yield from _of_rds(world, place, asked)


def _wide(targets: Targets) -> bool:
    """Whether more than ids is meant: a database's id could not be told from a name."""
    return bool(targets.tags or targets.names or targets.everything)


def _of_ec2(world: World, place: Place, targets: Targets) -> Iterator[Machine]:
    named = replace(targets, ids=tuple(one for one in targets.ids if one.startswith("i-")))
    there = instances.in_place(world, place, named) if named != NO_TARGETS else ()
    living = {one.id: one for one in there if one.state not in _GONE}
    disks = {one.id: one for one in _disks(world, place, targets, tuple(living))}
    for machine in living.values():
        theirs = [disk for disk in disks.values() if disk.instance_id == machine.id]
        yield of_instance(place, machine, theirs)
    yield from (of_volume(place, disk) for disk in disks.values() if disk.instance_id not in living)


def _disks(world: World, place: Place, targets: Targets, machines: Sequence[str]) -> Iterator[Volume]:
    """The disks of these machines, and the volumes that are meant themselves."""
    ec2, ids = world.aws.ec2(place), [one for one in targets.ids if one.startswith("vol-")]
    if machines:
        yield from volume.find(ec2, instance_ids=machines)
    if ids:
        yield from volume.find(ec2, ids=ids)
    if _wide(targets):
        yield from volume.find(ec2, tags=[*targets.tags, *(("Name", name) for name in targets.names)])


def _of_rds(world: World, place: Place, asked: Asked) -> Iterator[Machine]:
    """Database instances; a cluster costs what its members do."""
    wanted = replace(asked.targets, ids=())
    try:
        every = list(databases.in_place(world, place))
    except AwsError as error:  # the rest is told all the same
        asked.notes.append(words("databases are not in it: {why}", why=said(error, place.account)))
        return
    for one in every:
        if not one.is_cluster and fits(wanted, (one.id, one.tags.name), one.tags):
            yield of_database(place, one)
