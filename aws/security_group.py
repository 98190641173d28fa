"""EC2 security groups: look at them, make one, take every rule out of one, delete one.

Sources: "CreateSecurityGroup" (EC2 API reference): it knows no client token, a name is given once in a VPC,
and a new group lets everything out; "RevokeSecurityGroupEgress": a rule that is not there is an error.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aws.errors import NotFound, speaking_plainly
from aws.filters import batches, by_tags
from aws.page import SIZE, pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import SecurityGroupTypeDef


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    """A security group as toban talks about it."""

    id: str
    name: str
    vpc_id: str
    tags: Tags
    into: tuple[Any, ...] = field(default=(), compare=False)  # its rules, as EC2 writes them
    out: tuple[Any, ...] = field(default=(), compare=False)

    @property
    def is_closed(self) -> bool:
        """Whether it lets nothing through."""
        return not (self.into or self.out)


@dataclass(frozen=True, slots=True)
class Made:
    """A group just made."""

    request_id: str
    id: str


def find(
    ec2: "EC2Client",
    *,
    ids: Sequence[str] = (),
    vpc_ids: Sequence[str] = (),
    names: Sequence[str] = (),
    tags: Sequence[tuple[str, str]] = (),
) -> Iterator[SecurityGroup]:
    """Yield the groups that match everything given; one that does not exist is absent.  Raises AwsError."""
    paginator = ec2.get_paginator("describe_security_groups")
    wanted = {"group-id": ids, "vpc-id": vpc_ids, "group-name": names, **by_tags(tags)}
    for filters in batches(wanted):
        found = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": SIZE})
        for page in pages("looking at security groups", found):
            yield from map(_group, page["SecurityGroups"])


def create(
    ec2_once: "EC2Client", name: str, *, vpc_id: str, description: str, tags: Mapping[str, str]
) -> Made:
    """Make a group of this name; it lets everything out until its rules are taken away.

    Raises AwsError: Refused (InvalidGroup.Duplicate) when the VPC has one of this name.
    """
    with speaking_plainly(f"making the security group {name}"):
        reply = ec2_once.create_security_group(
            GroupName=name,
            Description=description,
            VpcId=vpc_id,
            TagSpecifications=Tags.of(tags).written("security-group"),
        )
    return Made(reply["ResponseMetadata"]["RequestId"], reply["GroupId"])


def close(ec2: "EC2Client", group: SecurityGroup) -> str:
    """Take every rule out of a group; returns AWS's request id, "" when there was none.  Raises AwsError."""
    request_id = ""
    if group.out:
        with speaking_plainly(f"closing {group.id}"):
            reply = ec2.revoke_security_group_egress(GroupId=group.id, IpPermissions=list(group.out))
        request_id = reply["ResponseMetadata"]["RequestId"]
    if group.into:
        with speaking_plainly(f"closing {group.id}"):
            answer = ec2.revoke_security_group_ingress(GroupId=group.id, IpPermissions=list(group.into))
        request_id = answer["ResponseMetadata"]["RequestId"]
    return request_id


def delete(ec2: "EC2Client", group_id: str) -> str:
    """Delete a group that nothing uses; returns AWS's request id, "" when it was gone already.

    Raises AwsError: InUse (DependencyViolation) while an interface or another group's rule names it.
    """
    try:
        with speaking_plainly(f"deleting {group_id}"):
            reply = ec2.delete_security_group(GroupId=group_id)
    except NotFound:
        return ""
    return str(reply["ResponseMetadata"]["RequestId"])


def _group(raw: "SecurityGroupTypeDef") -> SecurityGroup:
    return SecurityGroup(
        id=raw.get("GroupId", ""),
        name=raw.get("GroupName", ""),
        vpc_id=raw.get("VpcId", ""),
        tags=Tags.read(raw.get("Tags")),
        into=tuple(map(_rule, raw.get("IpPermissions", []))),
        out=tuple(map(_rule, raw.get("IpPermissionsEgress", []))),
    )


def _rule(raw: Any) -> dict[str, Any]:
    """A rule without its empty lists, which EC2 writes and does not take."""
    return {name: value for name, value in raw.items() if value not in ([], None)}
