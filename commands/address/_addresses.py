"""Which Elastic IP addresses are meant, for every verb of /address."""

from collections.abc import Sequence

from aws import address
from aws.address import Address
from bot.arguments import UsageError
from bot.command import World
from bot.targets import Targets
from bot.words import Words, words
from commands.reading import Found, all_named, asked_for, everywhere, fits, nearest, places

READS = ("ec2:DescribeAddresses",)


def find(world: World, targets: Targets, accounts: Sequence[str], regions: Sequence[str]) -> Found[Address]:
    """The addresses that are meant; no targets: all.  Raises UsageError when an id, or all, is nowhere."""
    meant = places(world, accounts, regions)
    every = everywhere(meant, lambda place: address.find(world.aws.ec2(place)))
    found = Found(tuple((place, one) for place, one in every if _is_meant(targets, one)), every.unread)
    all_named(targets, (one.id for _, one in found), found.unread)
    if not found.items and not found.unread and (targets.names or targets.tags):
        raise UsageError(_nothing(every, targets))
    return found


def user_of(one: Address) -> str:
    """What has an address: an instance, else a network interface; "" when nothing has."""
    return one.instance_id or one.interface_id


def _is_meant(targets: Targets, one: Address) -> bool:
    return one.id in targets.ids or fits(targets, (one.name,) if one.name else (), one.tags)


def _nothing(every: Found[Address], targets: Targets) -> Words:
    """Say that nothing fits, with the names and tags that come nearest."""
    near = nearest(targets, ((one.name, one.tags) for _, one in every))
    asked = " ".join(asked_for(targets))
    if near:
        return words("No address fits {asked}. Did you mean {near}?", asked=asked, near=near)
    return words("No address fits {asked}.", asked=asked)
