"""Which instances are meant."""

from collections.abc import Iterator, Sequence

from aws import instance
from aws.account import Place
from aws.instance import Instance
from bot.arguments import UsageError
from bot.command import World
from bot.plan import Resource
from bot.targets import Targets
from bot.words import Words, words
from commands.reading import Found, all_named, asked_for, everywhere, nearest, places

GONE = ("shutting-down", "terminated")


def find(world: World, targets: Targets, accounts: Sequence[str], regions: Sequence[str]) -> Found[Instance]:
    """The instances that are meant and not gone.  Raises UsageError when an id, or everything, is nowhere."""
    meant = places(world, accounts, regions)
    found = everywhere(meant, lambda place: in_place(world, place, targets))
    all_named(targets, (one.id for _, one in found), found.unread)
    if not found.items and not found.unread and (targets.names or targets.tags):
        raise UsageError(_nothing(world, meant, targets))
    return found


def in_place(world: World, place: Place, targets: Targets) -> Iterator[Instance]:
    """The instances that are meant in one place, each once."""
    ec2 = world.aws.ec2(place)
    ways = [instance.find(ec2, ids=targets.ids)] if targets.ids else []
    if targets.everything or targets.names or targets.tags:
        ways.append(instance.find(ec2, names=targets.names, tags=targets.tags))
    seen: set[str] = set()
    for way in ways:
        for one in way:
            if one.id not in seen and one.state not in GONE:
                seen.add(one.id)
                yield one


def resource(place: Place, one: Instance) -> Resource:
    """An instance as a step's target."""
    return Resource(place.account, place.region, "instance", one.id, one.name, tuple(one.tags.items()))


def _nothing(world: World, meant: Sequence[Place], targets: Targets) -> Words:
    """Say that nothing fits, with the names and tags that come nearest."""
    every = everywhere(meant, lambda place: instance.find(world.aws.ec2(place)))
    near = nearest(targets, ((one.name, one.tags) for _, one in every))
    asked = " ".join(asked_for(targets))
    if near:
        return words("No instance fits {asked}. Did you mean {near}?", asked=asked, near=near)
    return words("No instance fits {asked}.", asked=asked)
