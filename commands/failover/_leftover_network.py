"""Network ACLs and security groups that are left over.  Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from aws.account import Place
from aws.network_acl import NetworkAcl
from aws.security_group import SecurityGroup
from bot.words import words
from commands.changes import remove_acl, remove_group
from commands.failover._leftover import Leftover, kind_of


def of_acls(place: Place, found: Sequence[NetworkAcl]) -> Iterator[Leftover]:
    """ACLs with a tag; one that holds for a subnet stays, since it may be what is put back to."""
    for one in found:
        kind = kind_of(one.tags)
        if kind is None or one.default:
            continue
        holds = words("it holds for {subnets}", subnets=", ".join(one.subnet_ids))
        yield Leftover(
            kind,
            remove_acl.resource(place, one),
            f"network ACL of {one.vpc_id}",
            step=remove_acl.step(place, one),
            stays=holds if one.subnet_ids else None,
        )


def of_groups(
    place: Place,
    found: Sequence[SecurityGroup],
    users: Mapping[str, Collection[str]],
    ends: Mapping[str, str],
) -> Iterator[Leftover]:
    """Security groups with a tag.

    `users` are the instances, "" for anything else, whose interfaces have a group; `ends` are the keys of the
    steps that end instances: a group that only these have goes after them.
    """
    for one in found:
        kind = kind_of(one.tags)
        if kind is None:
            continue
        theirs = users.get(one.id, ())
        others = [user or words("an interface") for user in theirs if user not in ends]
        needs = tuple(sorted(ends[user] for user in set(theirs) & set(ends)))
        yield Leftover(
            kind,
            remove_group.resource(place, one),
            f"security group of {one.vpc_id}",
            step=remove_group.step(place, one, needs=needs),
            stays=words("{user} has it", user=others[0]) if others else None,
        )
