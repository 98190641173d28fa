"""Which instances are meant, for every verb that is about instances."""

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


def find(world: World, targets: Targets, accounts: Sequence[str], regions: Sequence[str]) -> Found[Instance]:
    """The instances that are meant; no targets: all.  Raises UsageError when an id, or all, is nowhere."""
    meant = places(world, accounts, regions)
    found = everywhere(meant, lambda place: in_place(world, place, targets))
    all_named(targets, (one.id for _, one in found), found.unread)
    if not found.items and not found.unread and (targets.names or targets.tags):
        raise UsageError(_nothing(world, meant, targets))
    return found


def in_place(world: World, place: Place, targets: Targets) -> Iterator[Instance]:
    """The instances that are meant in one place, each once; terminated ones only by their ids."""
    ec2 = world.aws.ec2(place)
    if targets.ids:
        yield from instance.find(ec2, ids=targets.ids)
    if targets.everything or targets.names or targets.tags or not targets.ids:
        for one in instance.find(ec2, names=targets.names, tags=targets.tags):
            if one.id not in targets.ids and one.state != "terminated":
                yield one


def resource(place: Place, one: Instance) -> Resource:
    """An instance as a step's target."""
    return Resource(place.account, place.region, "instance", one.id, one.name, one.tags.pairs)


def _nothing(world: World, meant: Sequence[Place], targets: Targets) -> Words:
    """Say that nothing fits, with the names and tags that come nearest."""
    every = everywhere(meant, lambda place: in_place(world, place, Targets(everything=True)))
    near = nearest(targets, ((one.name, one.tags) for _, one in every))
    asked = " ".join(asked_for(targets))
    if near:
        return words("No instance fits {asked}. Did you mean {near}?", asked=asked, near=near)
    return words("No instance fits {asked}.", asked=asked)
