"""Cause: the zone has no machine of this type free now (InsufficientInstanceCapacity)."""

import re

from bot.words import Words, words
from commands.diagnosis.facts import Facts, Options
from commands.diagnosis.finding import Finding

NO_CAPACITY = frozenset(
    {"InsufficientInstanceCapacity", "InsufficientHostCapacity", "InsufficientCapacityOnHost"}
)
_TYPE = re.compile(r"([a-z]+?)(\d+)([a-z-]*)\.(.+)")


def cause(facts: Facts) -> Finding | None:
    """Whether EC2 had no machine to give."""
    if facts.code not in NO_CAPACITY:
        return None
    one = facts.one
    what = words("{zone} has no capacity for {type} now", zone=one.zone, type=one.type)
    said = (words("EC2 says: {message}", message=facts.message),)
    offers = tuple(_offers(facts.options, facts)) if facts.options else ()
    remedy = words(
        "try again later: `/ec2 start {id}`; its volumes cannot leave {zone}, so there take another type;"
        " in another zone it needs an image",
        id=one.id,
        zone=one.zone,
    )
    return Finding(what, remedy, said, offers, short=f"{facts.code} {one.type} {one.zone}")


def _offers(options: Options, facts: Facts) -> list[Words]:
    said = []
    if options.types:
        types = ", ".join(options.types[:8])
        said.append(words("{zone} also offers {types}: `/ec2 resize`", zone=facts.one.zone, types=types))
    if options.zones:
        zones = ", ".join(options.zones)
        said.append(
            words("{type} is offered, and its VPC has a subnet, in {zones}", type=facts.one.type, zones=zones)
        )
    if options.without_subnet:
        zones = ", ".join(options.without_subnet)
        said.append(
            words(
                "{type} is offered in {zones}, where its VPC has no subnet", type=facts.one.type, zones=zones
            )
        )
    if not (options.types or options.zones or options.without_subnet):
        said.append(words("no other zone of the region offers {type}", type=facts.one.type))
    return said


def alike(instance_type: str) -> str:
    """A pattern of types of the same class and size: m*.large for m5.large.

    Types are named class, generation, options and size ("Amazon EC2 instance type naming conventions").
    """
    found = _TYPE.fullmatch(instance_type)
    return f"{found[1]}*.{found[4]}" if found else instance_type


def fits(instance_type: str, other: str) -> bool:
    """Whether what runs on one type is likely to run on the other: class, processor, driver of its devices.

    Graviton has another architecture; from generation 5 on, types are Nitro and show other devices.
    """
    mine, theirs = _TYPE.fullmatch(instance_type), _TYPE.fullmatch(other)
    if mine is None or theirs is None or instance_type == other:
        return False
    same_kind = mine[1] == theirs[1] and mine[4] == theirs[4]
    same_processor = ("g" in mine[3]) == ("g" in theirs[3])
    same_devices = (int(mine[2]) >= 5 or mine[1] == "t") == (int(theirs[2]) >= 5 or theirs[1] == "t")
    return same_kind and same_processor and same_devices
