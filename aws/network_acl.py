"""Network ACLs: which holds for each subnet, make one that denies all, put a subnet under another.

Sources: "CreateNetworkAcl" (EC2 API reference) and "Custom network ACLs" (VPC user guide): a new custom ACL
denies everything both ways until it is given rules; "ReplaceNetworkAclAssociation": a subnet has exactly
one ACL, and each replacement gives its association a new id, so that an id read once is soon nobody's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws.errors import NoAnswer, NotFound, speaking_plainly
from aws.filters import batches, by_tags
from aws.page import SIZE, pages
from aws.said import Said
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import NetworkAclTypeDef

STALE = "InvalidAssociationID.NotFound"


@dataclass(frozen=True, slots=True)
class NetworkAcl:
    """A network ACL as toban talks about it."""

    id: str
    vpc_id: str
    default: bool  # the VPC's own, which a new subnet comes under
    tags: Tags
    associations: tuple[tuple[str, str], ...]  # subnet, and the id of its association as it is now
    denies_all: bool  # no rule of it allows anything

    @property
    def subnet_ids(self) -> tuple[str, ...]:
        """The subnets that it holds for."""
        return tuple(subnet for subnet, _ in self.associations)


@dataclass(frozen=True, slots=True)
class Made:
    """A network ACL just made."""

    request_id: str
    id: str


def find(
    ec2: "EC2Client",
    *,
    vpc_ids: Sequence[str] = (),
    subnet_ids: Sequence[str] = (),
    tags: Sequence[tuple[str, str]] = (),
) -> Iterator[NetworkAcl]:
    """Yield the ACLs that match everything given; one that does not exist is absent.  Raises AwsError."""
    paginator = ec2.get_paginator("describe_network_acls")
    of_subnets = {"association.subnet-id": subnet_ids}
    for filters in batches({"vpc-id": vpc_ids, **of_subnets, **by_tags(tags)}):
        found = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": SIZE})
        for page in pages("looking at network ACLs", found):
            yield from map(_acl, page["NetworkAcls"])


def of_subnets(ec2: "EC2Client", subnet_ids: Sequence[str]) -> dict[str, NetworkAcl]:
    """The ACL that holds for each of these subnets now; a subnet that is gone is absent.  Raises AwsError."""
    wanted = set(subnet_ids)
    found = find(ec2, subnet_ids=sorted(wanted)) if wanted else ()
    return {subnet: one for one in found for subnet in one.subnet_ids if subnet in wanted}


# -- changes ------------------------------------------------------------------------------------------


def create(ec2_once: "EC2Client", vpc_id: str, *, tags: Mapping[str, str], token: str) -> Made:
    """Make an ACL without rules: whatever subnet comes under it lets nothing in and nothing out.

    Tagged at once; AWS knows the second call by its token.  Raises AwsError.
    """
    with speaking_plainly(f"making a network ACL in {vpc_id}"):
        reply = ec2_once.create_network_acl(
            VpcId=vpc_id, ClientToken=token, TagSpecifications=Tags.of(tags).written("network-acl")
        )
    return Made(reply["ResponseMetadata"]["RequestId"], reply["NetworkAcl"].get("NetworkAclId", ""))


def put_under(ec2_once: "EC2Client", subnet_id: str, acl_id: str) -> str:
    """Let this ACL hold for a subnet, by the association that it has now; returns AWS's request id.

    "" when it is so already.  Raises AwsError: NotFound when the subnet or the ACL is gone; NoAnswer when the
    association is another's by now: that may have been an earlier call of this very change.
    """
    now = of_subnets(ec2_once, [subnet_id]).get(subnet_id)
    if now is None:
        raise NotFound(f"looking for the network ACL of {subnet_id}", gone(subnet_id))
    if now.id == acl_id:
        return ""
    try:
        with speaking_plainly(f"putting {subnet_id} under {acl_id}"):
            reply = ec2_once.replace_network_acl_association(
                AssociationId=dict(now.associations)[subnet_id], NetworkAclId=acl_id
            )
    except NotFound as error:
        if error.said.code == STALE:
            raise NoAnswer(error.doing, error.said) from error
        raise
    return reply["ResponseMetadata"]["RequestId"]


def delete(ec2: "EC2Client", acl_id: str) -> str:
    """Delete an ACL that holds for no subnet; returns AWS's request id, "" when it was gone already.

    Raises AwsError: InUse (DependencyViolation) while it holds for one.
    """
    try:
        with speaking_plainly(f"deleting {acl_id}"):
            reply = ec2.delete_network_acl(NetworkAclId=acl_id)
    except NotFound:
        return ""
    return reply["ResponseMetadata"]["RequestId"]


def gone(subnet_id: str) -> Said:
    """What is said of a subnet that is not there (any more).  Pure."""
    return Said(f"{subnet_id} does not exist", service="ec2", code="InvalidSubnetID.NotFound")


def _acl(raw: "NetworkAclTypeDef") -> NetworkAcl:
    pairs = (
        (one.get("SubnetId", ""), one.get("NetworkAclAssociationId", ""))
        for one in raw.get("Associations", [])
    )
    return NetworkAcl(
        id=raw.get("NetworkAclId", ""),
        vpc_id=raw.get("VpcId", ""),
        default=raw.get("IsDefault", False),
        tags=Tags.read(raw.get("Tags")),
        associations=tuple(sorted(pairs)),
        denies_all=all(one.get("RuleAction") == "deny" for one in raw.get("Entries", [])),
    )
