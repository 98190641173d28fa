"""Which volumes are meant, for every verb of /volume: by their own ids, names and tags."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aws import volume
from aws.account import Place
from aws.volume import Volume
from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import World
from bot.targets import Targets
from bot.words import Words, words
from commands.reading import (
    Found,
    accounts_arg,
    all_named,
    asked_for,
    everywhere,
    nearest,
    places,
    regions_arg,
)

READS = ("ec2:DescribeVolumes",)


def targets_arg() -> Targets:
    """The volumes, by position."""
    declared: Targets = arg(
        Kind.TARGETS, words("which volumes"), option=False, required=True, prefixes=("vol-",)
    )
    return declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Args:
    """Which volumes, where, and whether it is an emergency."""

    targets: Targets = targets_arg()
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def find(world: World, targets: Targets, accounts: Sequence[str], regions: Sequence[str]) -> Found[Volume]:
    """The volumes that are meant; no targets: all.  Raises UsageError when an id, or all, is nowhere."""
    meant = places(world, accounts, regions)
    found = everywhere(meant, lambda place: _in_place(world, place, targets))
    all_named(targets, (one.id for _, one in found), found.unread)
    if not found.items and not found.unread and (targets.names or targets.tags):
        raise UsageError(_nothing(world, meant, targets))
    return found


def why_busy(one: Volume) -> Words:
    """Why a volume that is not available is left alone."""
    if one.instance_id:
        return words("it is attached to {instance}", instance=one.instance_id)
    return words("it is {state}", state=one.state)


def _in_place(world: World, place: Place, targets: Targets) -> Iterator[Volume]:
    """The volumes that are meant in one place, each once."""
    ec2 = world.aws.ec2(place)
    if targets.ids:
        yield from volume.find(ec2, ids=targets.ids)
    if targets.everything or targets.names or targets.tags or not targets.ids:
        tags = [*targets.tags, *(("Name", name) for name in targets.names)]
        yield from (one for one in volume.find(ec2, tags=tags) if one.id not in targets.ids)


def _nothing(world: World, meant: Sequence[Place], targets: Targets) -> Words:
    """Say that nothing fits, with the names and tags that come nearest."""
    every = everywhere(meant, lambda place: volume.find(world.aws.ec2(place)))
    near = nearest(targets, ((one.name, one.tags) for _, one in every))
    asked = " ".join(asked_for(targets))
    if near:
        return words("No volume fits {asked}. Did you mean {near}?", asked=asked, near=near)
    return words("No volume fits {asked}.", asked=asked)
