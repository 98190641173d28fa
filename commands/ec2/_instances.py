"""What the verbs of /ec2 share: finding the instances that are meant, and looking at them again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aws import instance
from aws.account import Place
from aws.instance import Instance
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import World
from bot.plan import Fields, Resource, Step
from bot.targets import Targets
from bot.words import Words, words
from commands.reading import (
    Found,
    accounts_arg,
    all_named,
    asked_for,
    everywhere,
    fields,
    nearest,
    places,
    regions_arg,
)

GROUP_TAG = "aws:autoscaling:groupName"  # "Tag Auto Scaling groups and instances", EC2 Auto Scaling guide


@dataclass(frozen=True, slots=True)
class Args:
    """What the verbs that change instances are told."""

    targets: Targets = arg(
        Kind.TARGETS, words("which instances"), option=False, required=True, prefixes=("i-",)
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def find(world: World, targets: Targets, accounts: Sequence[str], regions: Sequence[str]) -> Found[Instance]:
    """The instances that are meant.  Raises UsageError when an id, or everything, is nowhere."""
    meant = places(world, accounts, regions)
    found = everywhere(meant, lambda place: _in(world, place, targets))
    all_named(targets, (one.id for _, one in found), found.unread)
    if not found.items and not found.unread and (targets.names or targets.tags):
        raise UsageError(_nothing(world, meant, targets))
    return found


def resource(place: Place, one: Instance) -> Resource:
    """An instance as a step's target."""
    return Resource(place.account, place.region, "instance", one.id, one.name, tuple(one.tags.items()))


def look(world: World, place: Place, steps: Sequence[Step]) -> Mapping[str, Fields]:
    """The state of each step's instance now."""
    found = instance.find(world.aws.ec2(place), ids=[step.target.id for step in steps])
    states = {one.id: one.state for one in found}
    return {step.key: fields(state=states[step.target.id]) for step in steps if step.target.id in states}


def _in(world: World, place: Place, targets: Targets) -> Iterator[Instance]:
    ec2 = world.aws.ec2(place)
    if targets.ids:
        yield from instance.find(ec2, ids=targets.ids)
    if targets.everything or targets.names or targets.tags or not targets.ids:
        for one in instance.find(ec2, names=targets.names, tags=targets.tags):
            if one.id not in targets.ids and one.state != "terminated":
                yield one


def _nothing(world: World, meant: Sequence[Place], targets: Targets) -> Words:
    """Say that nothing fits, with the names and tags that come nearest."""
    every = everywhere(meant, lambda place: instance.find(world.aws.ec2(place)))
    near = nearest(targets, ((one.name, one.tags) for _, one in every))
    asked = " ".join(asked_for(targets))
    if near:
        return words("No instance fits {asked}. Did you mean {near}?", asked=asked, near=near)
    return words("No instance fits {asked}.", asked=asked)
