"""Finding the volumes that a verb of /snapshot means."""

from collections.abc import Iterator, Sequence

from aws import volume
from aws.account import Place
from aws.volume import Volume
from bot.arguments import UsageError
from bot.command import World
from bot.plan import Resource
from bot.targets import Targets
from bot.words import Words, words
from commands.reading import Found, all_named, asked_for, everywhere, nearest, places


def find(world: World, targets: Targets, accounts: Sequence[str], regions: Sequence[str]) -> Found[Volume]:
    """The volumes that are meant; an instance means all of its volumes.

    Names and tags are those of the volumes.  Raises UsageError when an id, or everything, is nowhere.
    """
    meant = places(world, accounts, regions)
    found = everywhere(meant, lambda place: in_place(world, place, targets))
    named = {one.id for _, one in found} | {one.instance_id for _, one in found}
    all_named(targets, named, found.unread)
    if not found.items and not found.unread and not targets.everything:
        raise UsageError(_nothing(world, meant, targets))
    return found


def resource(place: Place, one: Volume) -> Resource:
    """A volume as a step's target."""
    return Resource(place.account, place.region, "volume", one.id, one.name, tuple(one.tags.items()))


def in_place(world: World, place: Place, targets: Targets) -> Iterator[Volume]:
    """The volumes that are meant in one place, each once."""
    ec2 = world.aws.ec2(place)
    volumes = [wanted for wanted in targets.ids if wanted.startswith("vol-")]
    instances = [wanted for wanted in targets.ids if wanted.startswith("i-")]
    seen: set[str] = set()
    ways = []
    if volumes:
        ways.append(volume.find(ec2, ids=volumes))
    if instances:
        ways.append(volume.find(ec2, instance_ids=instances))
    if targets.everything or targets.tags or targets.names:
        names = [("Name", name) for name in targets.names]
        ways.append(volume.find(ec2, tags=[*targets.tags, *names]))
    for way in ways:
        for one in way:
            if one.id not in seen:
                seen.add(one.id)
                yield one


def _nothing(world: World, meant: Sequence[Place], targets: Targets) -> Words:
    """Say that nothing fits, with the names and tags that come nearest."""
    every = everywhere(meant, lambda place: volume.find(world.aws.ec2(place)))
    near = nearest(targets, ((one.name, one.tags) for _, one in every))
    asked = " ".join(asked_for(targets))
    if near:
        return words("No volume fits {asked}. Did you mean {near}?", asked=asked, near=near)
    return words("No volume fits {asked}.", asked=asked)
