"""What isolates an instance, and what is noted of it before: pure, but for looking for the group.

An instance is isolated when each of its network interfaces has one security group alone, of its VPC, that
lets nothing in and nothing out.  Which groups an interface had is noted in tags of the instance.
"""

from collections.abc import Iterable, Mapping, Sequence

from aws import security_group
from aws.account import Place
from aws.security_group import SecurityGroup
from bot.command import World

MARK = "toban:isolation"  # the tag of the group
GROUP = "toban-isolation"
NOTED = "toban:isolated-from:"  # and the interface: a tag of the instance
ISOLATED = "isolated"
TOGETHER = 12  # ids of groups in the value of a tag, which has room for 256 characters
ORDINAL = "+"


def text(groups: Iterable[str]) -> str:
    """Security groups in one field."""
    return " ".join(sorted(groups))


def notes(groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The tags that note which groups each interface had."""
    tags: dict[str, str] = {}
    for interface, ids in groups.items():
        for at in range(0, len(ids), TOGETHER):
            more = f"{ORDINAL}{at // TOGETHER}" if at else ""
            tags[f"{NOTED}{interface}{more}"] = ",".join(sorted(ids)[at : at + TOGETHER])
    return tags


def noted(tags: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Which groups each interface had, by the tags of its instance."""
    found: dict[str, tuple[str, ...]] = {}
    for key in sorted(tags):
        if key.startswith(NOTED):
            interface = key.removeprefix(NOTED).partition(ORDINAL)[0]
            ids = tuple(one for one in tags[key].split(",") if one.startswith("sg-"))
            found[interface] = (*found.get(interface, ()), *ids)
    return found


def closed(world: World, place: Place, vpc_ids: Iterable[str]) -> dict[str, SecurityGroup]:
    """The group of each of these VPCs that isolates, or shall; by the VPC.  Raises AwsError.

    It has both our name, which is given once in a VPC, and our mark: another's must not lose its rules.
    """
    meant = sorted(set(vpc_ids) - {""})
    if not meant:
        return {}
    found = security_group.find(world.aws.ec2(place), vpc_ids=meant, names=[GROUP], tags=[(MARK, "")])
    return {one.vpc_id: one for one in found}


def shown(group_ids: Sequence[str], closing: SecurityGroup | None) -> str:
    """An interface's groups in a field: whether it is isolated, or else which they are."""
    if closing is not None and closing.is_closed and tuple(group_ids) == (closing.id,):
        return ISOLATED
    return text(group_ids)
