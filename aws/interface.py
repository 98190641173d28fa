"""EC2 network interfaces: which instances have, and the security groups that let traffic through them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws.errors import speaking_plainly
from aws.filters import batches
from aws.page import SIZE, pages

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import NetworkInterfaceTypeDef


@dataclass(frozen=True, slots=True)
class Interface:
    """A network interface; what is attached to no instance has no instance's id."""

    id: str
    instance_id: str
    vpc_id: str
    group_ids: tuple[str, ...]  # its security groups, sorted


def find(
    ec2: "EC2Client",
    *,
    instance_ids: Sequence[str] = (),
    ids: Sequence[str] = (),
    group_ids: Sequence[str] = (),
) -> Iterator[Interface]:
    """Yield the interfaces of these instances, with these ids or security groups; what is gone is absent.

    Raises AwsError.
    """
    paginator = ec2.get_paginator("describe_network_interfaces")
    wanted = {"attachment.instance-id": instance_ids, "network-interface-id": ids, "group-id": group_ids}
    for filters in batches(wanted):
        found = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": SIZE})
        for page in pages("looking at network interfaces", found):
            yield from map(_interface, page["NetworkInterfaces"])


def set_groups(ec2: "EC2Client", interface_id: str, group_ids: Sequence[str]) -> str:
    """Give an interface these security groups instead of its own; returns AWS's request id.  Repeatable.

    Raises AwsError.
    """
    with speaking_plainly(f"giving {interface_id} other security groups"):
        reply = ec2.modify_network_interface_attribute(
            NetworkInterfaceId=interface_id, Groups=list(group_ids)
        )
    return reply["ResponseMetadata"]["RequestId"]


def _interface(raw: "NetworkInterfaceTypeDef") -> Interface:
    return Interface(
        id=raw.get("NetworkInterfaceId", ""),
        instance_id=raw.get("Attachment", {}).get("InstanceId", ""),
        vpc_id=raw.get("VpcId", ""),
        group_ids=tuple(sorted(one.get("GroupId", "") for one in raw.get("Groups", []))),
    )
