"""Which account, region and VPC a zone is meant in."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws import subnet
from aws.account import Place
from aws.subnet import Subnet
from bot.arguments import UsageError
from bot.command import World
from bot.words import Words, words
from commands.reading import Found, everywhere, places

CHAOS = "toban:chaos"
"""The tag of what may be broken."""


@dataclass(frozen=True, slots=True)
class Where:
    """The subnets of a zone in a VPC."""

    place: Place
    vpc_id: str
    zone: str  # such as ap-northeast-1a
    zone_id: str  # the same zone's name in every account, such as apne1-az4
    subnets: tuple[Subnet, ...]


def find(world: World, zone: str, vpc_id: str, accounts: Sequence[str], regions: Sequence[str]) -> Where:
    """The one VPC that is meant: named, or the only one there, or the only one that may be broken.

    Raises UsageError when none has a subnet there, or several have.
    """
    found = _subnets(world, zone, vpc_id, accounts, regions)
    by_vpc: dict[tuple[Place, str], list[Subnet]] = {}
    for place, one in found:
        by_vpc.setdefault((place, one.vpc_id), []).append(one)
    if not by_vpc:
        raise UsageError(_nothing(zone, vpc_id, found))
    if len(by_vpc) > 1:
        tagged = {where: some for where, some in by_vpc.items() if all(map(_may_be_broken, some))}
        by_vpc = tagged if len(tagged) == 1 else by_vpc
    if len(by_vpc) > 1:
        known = ", ".join(sorted(f"{id_} ({place.account})" for place, id_ in by_vpc))
        raise UsageError(
            words(
                "{zone} has subnets in several VPCs. Say with --vpc, or --account, which is meant: {known}.",
                zone=zone,
                known=known,
            )
        )
    (((place, id_), subnets),) = by_vpc.items()
    return Where(place, id_, zone, subnets[0].zone_id, tuple(sorted(subnets, key=lambda one: one.id)))


def _may_be_broken(one: Subnet) -> bool:
    """Whether its tag says so; the policy decides, this only spares people an option."""
    return one.tags.get(CHAOS, "") == "allowed"


def _subnets(
    world: World, zone: str, vpc_id: str, accounts: Sequence[str], regions: Sequence[str]
) -> Found[Subnet]:
    meant = [one for one in places(world, accounts, regions) if _may_be_in(zone, one.region)]
    if not meant:
        raise UsageError(words("{zone} is no zone of a region that toban looks after there.", zone=zone))
    vpcs = [vpc_id] if vpc_id else []
    return everywhere(meant, lambda place: subnet.find(world.aws.ec2(place), vpc_ids=vpcs, zones=[zone]))


def _may_be_in(zone: str, region: str) -> bool:
    """Whether a zone's name is one of a region: ap-northeast-1a, or us-west-2-lax-1a of a local zone."""
    rest = zone.removeprefix(region)
    return zone.startswith(region) and bool(rest) and not rest[0].isdigit()


def _nothing(zone: str, vpc_id: str, found: Found[Subnet]) -> Words:
    if found.unread:
        one = found.unread[0]
        return words("{account} could not be read: {why}", account=one.place.account, why=one.why)
    if vpc_id:
        return words("{vpc} has no subnet in {zone}.", vpc=vpc_id, zone=zone)
    return words("There is no subnet in {zone}.", zone=zone)
