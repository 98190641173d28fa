"""Which volumes are meant, and which of them are taken at one moment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aws import instance, volume
from aws.account import Place
from aws.instance import Instance
from aws.tags import Tags
from aws.volume import Volume
from bot.arguments import UsageError
from bot.command import World
from bot.plan import Resource
from bot.targets import Targets
from bot.words import Words, words
from commands.reading import Found, all_named, asked_for, everywhere, nearest, places

GONE = ("shutting-down", "terminated")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A volume that is meant, and the instance it is attached to, if any."""

    volume: Volume
    instance: Instance | None

    @property
    def id(self) -> str:
        """The volume's id."""
        return self.volume.id

    @property
    def tags(self) -> Tags:
        """What its tags say; those of its instance stand in for the ones it has not."""
        return Tags.of({**self.instance.tags, **self.volume.tags}) if self.instance else self.volume.tags

    def resource(self, place: Place) -> Resource:
        """The volume as a step's target."""
        one = self.volume
        return Resource(place.account, place.region, "volume", one.id, self.name, one.tags.pairs)

    @property
    def name(self) -> str:
        """By which people know it: its own, or its instance's."""
        return self.volume.name or (self.instance.name if self.instance else "")


def find(world: World, targets: Targets, accounts: Sequence[str], regions: Sequence[str]) -> Found[Chosen]:
    """The volumes that are meant; an instance means all of its volumes.

    Names and tags are those of the volumes or of their instances.  Raises UsageError when an id, or
    everything, is nowhere.
    """
    meant = places(world, accounts, regions)
    found = everywhere(meant, lambda place: in_place(world, place, targets))
    named = {one.id for _, one in found} | {one.volume.instance_id for _, one in found}
    all_named(targets, named, found.unread)
    if not found.items and not found.unread and not targets.everything:
        raise UsageError(_nothing(world, meant, targets))
    return found


def in_place(world: World, place: Place, targets: Targets) -> list[Chosen]:
    """The volumes that are meant in one place, each once."""
    instances = {one.id: one for one in _instances(world, place, targets)}
    volumes = {one.id: one for one in _volumes(world, place, targets, tuple(instances))}
    parents = {one.instance_id for one in volumes.values()} - {"", *instances}
    if parents:
        for one in instance.find(world.aws.ec2(place), ids=sorted(parents)):
            instances[one.id] = one
    return [Chosen(one, instances.get(one.instance_id)) for one in volumes.values()]


def together(chosen: Iterable[tuple[Place, Chosen]]) -> frozenset[str]:
    """The instances of which several volumes, or all, are meant: one call takes these at one moment."""
    of: dict[str, set[str]] = defaultdict(set)
    attached: dict[str, set[str]] = {}
    for _, one in chosen:
        if one.instance is not None:
            of[one.instance.id].add(one.id)
            attached[one.instance.id] = set(one.instance.volume_ids)
    return frozenset(key for key, ids in of.items() if len(ids) > 1 or ids == attached[key])


def _instances(world: World, place: Place, targets: Targets) -> Iterator[Instance]:
    ec2, ids = world.aws.ec2(place), [wanted for wanted in targets.ids if wanted.startswith("i-")]
    ways = [instance.find(ec2, ids=ids)] if ids else []
    if targets.everything or targets.tags or targets.names:
        ways.append(instance.find(ec2, tags=targets.tags, names=targets.names))
    for way in ways:
        yield from (one for one in way if one.state not in GONE)


def _volumes(world: World, place: Place, targets: Targets, instances: Sequence[str]) -> Iterator[Volume]:
    ec2, ids = world.aws.ec2(place), [wanted for wanted in targets.ids if wanted.startswith("vol-")]
    if targets.everything:
        yield from volume.find(ec2)
        return
    if ids:
        yield from volume.find(ec2, ids=ids)
    if targets.tags or targets.names:
        yield from volume.find(ec2, tags=[*targets.tags, *(("Name", name) for name in targets.names)])
    if instances:
        yield from volume.find(ec2, instance_ids=instances)


def _nothing(world: World, meant: Sequence[Place], targets: Targets) -> Words:
    """Say that nothing fits, with the names and tags that come nearest."""
    volumes = everywhere(meant, lambda place: volume.find(world.aws.ec2(place)))
    instances = everywhere(meant, lambda place: instance.find(world.aws.ec2(place)))
    there = [(one.name, one.tags) for _, one in (*volumes, *instances)]
    near = nearest(targets, there)
    asked = " ".join(asked_for(targets))
    if near:
        return words("No volume fits {asked}. Did you mean {near}?", asked=asked, near=near)
    return words("No volume fits {asked}.", asked=asked)
